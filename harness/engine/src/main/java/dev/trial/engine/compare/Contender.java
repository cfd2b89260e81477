package dev.trial.engine.compare;

import dev.trial.core.profile.Profile;

/**
 * What is compared with others.
 *
 * @param name what it is called, unique among them
 * @param client version of kafka-clients
 */
public record Contender(String name, Profile profile, String client) {}
