package dev.trial.claims.settings;

/** Whom a setting in a file is meant for. */
public enum Whose {
  /** Every client that knows it. */
  CLIENTS,
  PRODUCER,
  CONSUMER,
  TOPIC,
  BROKER
}
