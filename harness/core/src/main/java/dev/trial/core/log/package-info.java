/** What SLF4J needs so that this project can say where the log lines of client code go. */
package dev.trial.core.log;
