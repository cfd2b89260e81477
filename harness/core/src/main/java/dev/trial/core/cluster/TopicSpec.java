package dev.trial.core.cluster;

import java.util.Map;

/** A topic to create. */
public record TopicSpec(
    String name, int partitions, int replicationFactor, Map<String, String> configs) {}
