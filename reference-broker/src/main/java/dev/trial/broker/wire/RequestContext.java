package dev.trial.broker.wire;

import org.apache.kafka.common.protocol.ApiKeys;

/**
 * Where a request came from.
 *
 * @param connection unique per connection on this node
 * @param clientId from the request header; null if absent
 * @param remoteHost the peer machine's name
 */
public record RequestContext(
    long connection, String clientId, String remoteHost, ApiKeys api, short version) {}
