/**
 * Record values that say what they are: which send they belong to, where it should go, and a
 * checksum over all of it. Plain JDK, so that clients in a realm, brokers and log dumps read the
 * same bytes.
 */
package dev.trial.core.payload;
