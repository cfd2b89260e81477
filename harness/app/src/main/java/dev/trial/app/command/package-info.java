/** The command line: what users type, checked, and turned into work for the rest. */
package dev.trial.app.command;
