/** The fault vocabulary: what goes wrong, for whom and when, as plain data; and who can do it. */
package dev.trial.core.fault;
