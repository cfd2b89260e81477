/**
 * A cluster under test, whatever it is made of: its nodes, its roles, and what can be done to it.
 */
package dev.trial.core.cluster;
