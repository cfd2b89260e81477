package dev.trial.claims.settings;

/**
 * One setting of a file.
 *
 * @param key how the file calls it
 * @param name how Kafka calls it
 */
public record ForeignSetting(String key, Whose whose, String name, String value) {}
