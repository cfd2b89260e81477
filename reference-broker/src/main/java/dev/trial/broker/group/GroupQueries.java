package dev.trial.broker.group;

import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.wire.AuthorizedOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroupMember;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;
import org.apache.kafka.common.protocol.Errors;

/** What administrators are told of groups: DescribeGroups, ListGroups. */
final class GroupQueries {
  private static final String CLASSIC = "classic";
  private static final String CONSUMER = "consumer";
  private static final int GROUP_ID_NOT_FOUND_SINCE = 6;

  private GroupQueries() {}

  static DescribedGroup describe(Shard shard, String id, int version, boolean operations) {
    ClassicGroup group = shard.groupsSeen().get(id);
    DescribedGroup described = new DescribedGroup().setGroupId(id);
    described.setAuthorizedOperations(AuthorizedOperations.ofGroup(operations));
    if (group == null) {
      described.setGroupState(GroupState.DEAD.text());
      return version < GROUP_ID_NOT_FOUND_SINCE
          ? described
          : described
              .setAuthorizedOperations(AuthorizedOperations.NOT_ASKED)
              .setErrorCode(Errors.GROUP_ID_NOT_FOUND.code())
              .setErrorMessage(
                  "Group "
                      + id
                      + (shard.consumers().committed(id) == null
                          ? " not found."
                          : " is not a classic group."));
    }
    boolean stable = state(group) == GroupState.STABLE;
    described.setGroupState(state(group).text());
    described.setProtocolType(group.protocolType() == null ? "" : group.protocolType());
    described.setProtocolData(stable ? group.protocol() : "");
    for (Member member : group.members()) {
      described.members().add(describe(member, stable ? group.protocol() : null));
    }
    return described;
  }

  /** A group that gives way to a consumer group is as it was until that is committed. */
  private static GroupState state(ClassicGroup group) {
    return group.is(GroupState.DEAD) ? group.previousState() : group.state();
  }

  private static DescribedGroupMember describe(Member member, String protocol) {
    DescribedGroupMember described =
        new DescribedGroupMember()
            .setMemberId(member.id())
            .setGroupInstanceId(member.instanceId())
            .setClientId(member.clientId())
            .setClientHost(member.clientHost());
    return protocol == null
        ? described
        : described
            .setMemberMetadata(member.metadata(protocol))
            .setMemberAssignment(member.assignment());
  }

  /** The groups that pass both filters (KIP-518, KIP-848); an empty filter passes all. */
  static List<ListedGroup> list(Shard shard, ListGroupsRequestData asked) {
    List<ListedGroup> listed = new ArrayList<>();
    if (asked.typesFilter().isEmpty() || matches(asked.typesFilter(), CLASSIC)) {
      classic(shard, asked, listed);
    }
    if (asked.typesFilter().isEmpty() || matches(asked.typesFilter(), CONSUMER)) {
      consumer(shard, asked, listed);
    }
    return listed;
  }

  private static void consumer(Shard shard, ListGroupsRequestData asked, List<ListedGroup> listed) {
    for (ConsumerGroup group : shard.consumers().allCommitted()) {
      if (asked.statesFilter().isEmpty() || matches(asked.statesFilter(), group.state().text())) {
        listed.add(
            new ListedGroup()
                .setGroupId(group.id())
                .setProtocolType(CONSUMER)
                .setGroupState(group.state().text())
                .setGroupType(CONSUMER));
      }
    }
  }

  private static void classic(Shard shard, ListGroupsRequestData asked, List<ListedGroup> listed) {
    for (ClassicGroup group : shard.groupsSeen().values()) {
      String state = state(group).text();
      if (asked.statesFilter().isEmpty() || matches(asked.statesFilter(), state)) {
        listed.add(
            new ListedGroup()
                .setGroupId(group.id())
                .setProtocolType(group.protocolType() == null ? "" : group.protocolType())
                .setGroupState(state)
                .setGroupType(CLASSIC));
      }
    }
  }

  private static boolean matches(List<String> filter, String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return filter.stream().anyMatch(each -> each.trim().toLowerCase(Locale.ROOT).equals(wanted));
  }
}
