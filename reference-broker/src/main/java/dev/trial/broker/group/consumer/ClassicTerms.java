package dev.trial.broker.group.consumer;

import java.util.List;

/**
 * What a member of the classic protocol said when it joined, as a consumer group keeps it
 * (ClassicMemberMetadata of ConsumerGroupMemberMetadataValue, KIP-848).
 *
 * @param sessionTimeoutMs the member's own; the group's is for members of the consumer protocol
 * @param protocols what it supports, with its subscription in each; never empty
 */
public record ClassicTerms(int sessionTimeoutMs, List<GroupProtocol> protocols) {

  public ClassicTerms {
    protocols = List.copyOf(protocols);
  }

  /** The protocol it is told to use: here the coordinator assigns, whatever its name. */
  public GroupProtocol preferred() {
    return protocols.get(0);
  }

  boolean supports(String name) {
    return protocols.stream().anyMatch(own -> own.name().equals(name));
  }
}
