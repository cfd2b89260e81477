/**
 * Groups of the consumer protocol (KIP-848) as pure state: a group is an immutable value, and each
 * event — a heartbeat, a leave, an expired timer — is a function from one value to the next. The
 * records that carry the difference between two values are derived from them.
 */
package dev.trial.broker.group.consumer;
