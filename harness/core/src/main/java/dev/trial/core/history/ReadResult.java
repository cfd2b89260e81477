package dev.trial.core.history;

/**
 * A history as read from a file.
 *
 * @param warning what was left out because the writer was interrupted, null if nothing was
 */
public record ReadResult(History history, String warning) {}
