package dev.trial.broker.metadata;

import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/** One place where a setting has a value. */
public record ConfigOrigin(ConfigSource source, String name, String value) {}
