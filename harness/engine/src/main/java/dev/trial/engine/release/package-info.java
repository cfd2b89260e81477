/** What released Kafka jars say of themselves. */
package dev.trial.engine.release;
