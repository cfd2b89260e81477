/** Settings files of other programs: what they say in Kafka's own names, and what is left out. */
package dev.trial.claims.settings;
