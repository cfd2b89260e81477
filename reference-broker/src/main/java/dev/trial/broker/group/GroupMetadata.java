package dev.trial.broker.group;

import java.util.List;

/**
 * What a record of {@code __consumer_offsets} keeps of a group (Kafka's GroupMetadataValue).
 *
 * @param protocol null for an empty group
 * @param leader null for an empty group
 * @param stateSinceEpochMs when the state last changed
 */
record GroupMetadata(
    String protocolType,
    int generation,
    String protocol,
    String leader,
    long stateSinceEpochMs,
    List<MemberMetadata> members) {

  GroupMetadata {
    members = List.copyOf(members);
  }

  /** One member with its subscription and assignment. */
  record MemberMetadata(
      String memberId,
      String instanceId,
      String clientId,
      String clientHost,
      int rebalanceTimeoutMs,
      int sessionTimeoutMs,
      byte[] subscription,
      byte[] assignment) {}
}
