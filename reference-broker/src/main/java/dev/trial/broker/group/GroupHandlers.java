package dev.trial.broker.group;

import dev.trial.broker.group.GroupCoordinator.Found;
import dev.trial.broker.group.GroupCoordinator.Service;
import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** The coordinator's APIs on the wire. Offsets are with {@link OffsetHandler}. */
public final class GroupHandlers {

  /** LeaveGroup v3 names several members (KIP-345). */
  private static final int LEAVE_BATCH_SINCE = 3;

  /** From this version of SyncGroup on a member names its protocol and the protocol's type. */
  private static final short PROTOCOL_NAMED_SINCE = 5;

  private final GroupCoordinator coordinator;

  private GroupHandlers(GroupCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  /** Serves the coordinator's APIs. */
  public static void register(GroupCoordinator coordinator, Handlers handlers) {
    GroupHandlers own = new GroupHandlers(coordinator);
    handlers.register(ApiKeys.FIND_COORDINATOR, own::findCoordinator);
    handlers.register(ApiKeys.JOIN_GROUP, own::join);
    handlers.register(ApiKeys.SYNC_GROUP, own::sync);
    handlers.register(ApiKeys.HEARTBEAT, own::heartbeat);
    handlers.register(ApiKeys.LEAVE_GROUP, own::leave);
    handlers.register(ApiKeys.DESCRIBE_GROUPS, own::describe);
    handlers.register(ApiKeys.LIST_GROUPS, own::list);
    handlers.register(ApiKeys.DELETE_GROUPS, own::delete);
    handlers.register(ApiKeys.OFFSET_DELETE, own::deleteOffsets);
    OffsetHandler offsets = new OffsetHandler(coordinator);
    ApiHandler commit = offsets::commit;
    handlers.register(ApiKeys.OFFSET_COMMIT, commit);
    handlers.register(ApiKeys.OFFSET_FETCH, offsets::fetch);
    ConsumerGroupHandlers.register(coordinator, handlers);
    handlers.register(ApiKeys.TXN_OFFSET_COMMIT, coordinator.transactionalCommits()::handle);
  }

  private void findCoordinator(RequestContext context, ApiMessage request, Responder responder) {
    responder.answer(
        coordinator.finder().find((FindCoordinatorRequestData) request, context.version()));
  }

  /** NONE and a service, INVALID_GROUP_ID for a group without name, or why there is none. */
  private Found find(String group) {
    return group.isEmpty() ? new Found(null, Errors.INVALID_GROUP_ID) : coordinator.find(group);
  }

  private void join(RequestContext context, ApiMessage request, Responder responder) {
    JoinGroupRequestData asked = (JoinGroupRequestData) request;
    Found found = find(asked.groupId());
    Errors error = found.error();
    boolean sessionFits =
        asked.sessionTimeoutMs() >= coordinator.settings().minSessionTimeoutMs()
            && asked.sessionTimeoutMs() <= coordinator.settings().maxSessionTimeoutMs();
    if (error != Errors.INVALID_GROUP_ID && !sessionFits) {
      error = Errors.INVALID_SESSION_TIMEOUT;
    }
    if (error != Errors.NONE) {
      responder.answer(onWire(Rebalance.refusedJoin(asked.memberId(), error), context));
      return;
    }
    found
        .service()
        .joining()
        .join(context, asked, response -> responder.answer(onWire(response, context)));
  }

  /** Before v7 the protocol's name may not be null (KIP-559). */
  private static ApiMessage onWire(
      org.apache.kafka.common.message.JoinGroupResponseData response, RequestContext context) {
    if (response.leader() == null) {
      response.setLeader("");
    }
    if (context.version() < 7 && response.protocolName() == null) {
      response.setProtocolName("");
    }
    return response;
  }

  private void sync(RequestContext context, ApiMessage request, Responder responder) {
    SyncGroupRequestData asked = (SyncGroupRequestData) request;
    boolean unnamed = asked.protocolType() == null || asked.protocolName() == null;
    if (unnamed && context.version() >= PROTOCOL_NAMED_SINCE) { // KIP-559
      responder.answer(Rebalance.refusedSync(Errors.INCONSISTENT_GROUP_PROTOCOL));
      return;
    }
    Found found = find(asked.groupId());
    if (found.error() != Errors.NONE) {
      responder.answer(Rebalance.refusedSync(found.error()));
      return;
    }
    found.service().membership().sync(asked, responder::answer);
  }

  private void heartbeat(RequestContext context, ApiMessage request, Responder responder) {
    HeartbeatRequestData asked = (HeartbeatRequestData) request;
    Found found = find(asked.groupId());
    if (found.error() == Errors.NONE) {
      found.service().membership().heartbeat(asked, responder::answer);
      return;
    }
    // While the coordinator loads, sessions do not run: the member may believe it is alive.
    boolean loading = found.error() == Errors.COORDINATOR_LOAD_IN_PROGRESS;
    Errors told = loading ? Errors.NONE : found.error();
    responder.answer(new HeartbeatResponseData().setErrorCode(told.code()));
  }

  private void leave(RequestContext context, ApiMessage request, Responder responder) {
    LeaveGroupRequestData asked = (LeaveGroupRequestData) request;
    boolean batch = context.version() >= LEAVE_BATCH_SINCE;
    Found found = find(asked.groupId());
    if (found.error() != Errors.NONE) {
      responder.answer(new LeaveGroupResponseData().setErrorCode(found.error().code()));
      return;
    }
    List<MemberIdentity> members =
        batch ? asked.members() : List.of(new MemberIdentity().setMemberId(asked.memberId()));
    ConsumerGroup consumers = found.service().shard().consumers().newest(asked.groupId());
    if (consumers != null) {
      found
          .service()
          .consumers()
          .remove(consumers, members, response -> responder.answer(left(response, batch)));
    } else {
      responder.answer(left(found.service().membership().leave(asked, members), batch));
    }
  }

  private static LeaveGroupResponseData left(LeaveGroupResponseData response, boolean batch) {
    if (batch) {
      return response;
    }
    short own = response.members().isEmpty() ? 0 : response.members().get(0).errorCode();
    short error = response.errorCode() != 0 ? response.errorCode() : own;
    return new LeaveGroupResponseData().setErrorCode(error);
  }

  // ---- administration

  private void describe(RequestContext context, ApiMessage request, Responder responder) {
    DescribeGroupsResponseData response = new DescribeGroupsResponseData();
    DescribeGroupsRequestData asked = (DescribeGroupsRequestData) request;
    for (String group : asked.groups()) {
      Found found =
          coordinator.find(group); // even of a group without name (GroupCoordinatorService)
      response
          .groups()
          .add(
              found.error() == Errors.NONE
                  ? GroupQueries.describe(
                      found.service().shard(),
                      group,
                      context.version(),
                      asked.includeAuthorizedOperations())
                  : new DescribedGroup().setGroupId(group).setErrorCode(found.error().code()));
    }
    responder.answer(response);
  }

  private void list(RequestContext context, ApiMessage request, Responder responder) {
    ListGroupsResponseData response = new ListGroupsResponseData();
    for (Service service : coordinator.services()) {
      if (service.shard().loaded()) {
        response
            .groups()
            .addAll(GroupQueries.list(service.shard(), (ListGroupsRequestData) request));
      } else {
        response.setErrorCode(Errors.COORDINATOR_LOAD_IN_PROGRESS.code());
      }
    }
    responder.answer(response);
  }

  private void delete(RequestContext context, ApiMessage request, Responder responder) {
    new GroupDeletion(((DeleteGroupsRequestData) request).groupsNames(), coordinator::find)
        .run(responder::answer);
  }

  private void deleteOffsets(RequestContext context, ApiMessage request, Responder responder) {
    OffsetDeleteRequestData asked = (OffsetDeleteRequestData) request;
    Found found = find(asked.groupId());
    if (found.error() != Errors.NONE) {
      responder.answer(new OffsetDeleteResponseData().setErrorCode(found.error().code()));
      return;
    }
    found.service().commits().delete(asked, coordinator.image().get(), responder::answer);
  }

  /** Names of the groups as asked, each once. */
  static List<String> distinct(List<String> names) {
    return new ArrayList<>(new java.util.LinkedHashSet<>(names));
  }
}
