/** What released Kafka jars say of themselves. */
package dev.trial.app.release;
