package dev.trial.broker.controller;

import dev.trial.broker.defect.Defects;
import dev.trial.broker.metadata.ImageStore;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.ProducerIdsAllocated;
import dev.trial.broker.metadata.RecordCodec;
import dev.trial.broker.quorum.Quorum;
import dev.trial.broker.quorum.QuorumListener;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.ApiVersions;
import dev.trial.broker.wire.ErrorAnswers;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.NodeServer;
import dev.trial.broker.wire.PeerConnections;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.Timers.Timer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.AllocateProducerIdsRequestData;
import org.apache.kafka.common.message.AllocateProducerIdsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.BrokerHeartbeatRequestData;
import org.apache.kafka.common.message.BrokerRegistrationRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * A dedicated controller: a voter of the quorum, and while it leads, the one that decides. It
 * decides at once on what it has appended and answers when that is committed; when it loses the
 * quorum's leadership it forgets what was not committed.
 */
public final class ControllerNode implements QuorumListener {
  private static final int PRODUCER_ID_BLOCK = 1_000;

  private final Host host;
  private final Quorum quorum;
  private final ImageStore committed = new ImageStore();
  private final ControlState state;
  private final BrokerControl brokers;
  private final InSyncControl inSync;
  private final LeaderControl leaders;
  private final TopicControl topics;
  private final ReassignmentControl reassignments;
  private final Administration administration;
  private final UnheededSettings unheeded;
  private final ConfigControl configs;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Handlers handlers = new Handlers();
  private boolean active;
  private Timer sessionTimer;
  private Timer balanceTimer;

  /** An answer that waits for the commit of an offset. */
  private record Waiting(
      long offset, RequestContext context, ApiMessage request, ApiMessage answer, Responder to) {}

  /**
   * @param addresses where the other voters listen
   */
  public ControllerNode(
      Host host,
      int id,
      List<Integer> voters,
      BrokerSettings settings,
      Defects defects,
      IntFunction<Optional<Address>> addresses) {
    this.host = host;
    String client = "controller-" + id;
    this.quorum =
        new Quorum(
            host,
            id,
            voters,
            settings,
            new PeerConnections(host, client, addresses),
            new PeerConnections(host, client, addresses),
            addresses,
            this);
    this.state = new ControlState(settings, defects);
    this.brokers = new BrokerControl(state);
    this.inSync = new InSyncControl(state);
    this.leaders = new LeaderControl(state);
    RandomStream random = host.random("controller");
    ReplicaPlacement placement = new ReplicaPlacement(state, random);
    this.topics = new TopicControl(state, placement, random);
    this.configs = new ConfigControl(state);
    this.reassignments = new ReassignmentControl(state, placement);
    this.administration = new Administration(id, state, configs, brokers);
    this.unheeded = new UnheededSettings(host::log);
  }

  /** Listens and takes part in the quorum. */
  public void start() {
    registerHandlers();
    quorum.register(handlers);
    ApiVersions versions =
        new ApiVersions(
            handlers,
            () -> committed.image().offset(),
            feature -> feature.level(committed.image(), state.settings()));
    versions.register();
    new NodeServer(host, handlers, versions).listen(NodeServer.CONTROLLER_PORT);
    quorum.start();
  }

  /** Hands the quorum over before the process stops. */
  public void stop() {
    quorum.resign();
  }

  /** True while this node decides. */
  public boolean active() {
    return active;
  }

  /** The leader of the quorum as far as this node knows. */
  public OptionalInt leader() {
    return quorum.leader();
  }

  /** The epoch of the quorum as far as this node knows. */
  public int epoch() {
    return quorum.epoch();
  }

  /** What this node knows to be committed. */
  public MetadataImage image() {
    return committed.image();
  }

  /** Committed changes in order, for observers of the run. */
  public ImageStore images() {
    return committed;
  }

  // ---- requests

  private void registerHandlers() {
    serve(
        ApiKeys.BROKER_REGISTRATION,
        request -> brokers.register((BrokerRegistrationRequestData) request, nowMs()));
    serve(
        ApiKeys.BROKER_HEARTBEAT,
        request -> brokers.heartbeat((BrokerHeartbeatRequestData) request, nowMs()));
    serve(ApiKeys.ALTER_PARTITION, request -> inSync.alter((AlterPartitionRequestData) request));
    serve(ApiKeys.ELECT_LEADERS, request -> leaders.elect((ElectLeadersRequestData) request));
    serve(ApiKeys.CREATE_TOPICS, request -> topics.create((CreateTopicsRequestData) request));
    serve(ApiKeys.DELETE_TOPICS, request -> topics.delete((DeleteTopicsRequestData) request));
    serve(
        ApiKeys.CREATE_PARTITIONS,
        request -> topics.createPartitions((CreatePartitionsRequestData) request));
    serve(
        ApiKeys.ALTER_PARTITION_REASSIGNMENTS,
        request -> reassignments.alter((AlterPartitionReassignmentsRequestData) request));
    serve(
        ApiKeys.LIST_PARTITION_REASSIGNMENTS,
        request -> reassignments.list((ListPartitionReassignmentsRequestData) request));
    serve(ApiKeys.INCREMENTAL_ALTER_CONFIGS, this::alterConfigs);
    serve(
        ApiKeys.ALLOCATE_PRODUCER_IDS,
        request -> allocate((AllocateProducerIdsRequestData) request));
    Administration.SERVED.forEach(api -> serve(api, this::administer));
  }

  private void serve(ApiKeys api, Function<ApiMessage, Decision> decider) {
    serve(api, (context, request) -> decider.apply(request));
  }

  private void serve(ApiKeys api, BiFunction<RequestContext, ApiMessage, Decision> decider) {
    handlers.register(
        api,
        (context, request, responder) -> {
          if (!active) {
            responder.answer(ErrorAnswers.of(context, request, Errors.NOT_CONTROLLER));
            return;
          }
          Decision decision;
          try {
            decision = decider.apply(context, request);
          } catch (ApiException refusal) {
            responder.answer(ErrorAnswers.of(context, request, refusal));
            return;
          }
          unheeded.look(decision.records());
          long offset = append(decision.records());
          if (offset <= committed.image().offset()) {
            responder.answer(decision.response());
          } else {
            waiting.add(new Waiting(offset, context, request, decision.response(), responder));
          }
        });
  }

  private Decision alterConfigs(ApiMessage request) {
    Decision decision = configs.alter((IncrementalAlterConfigsRequestData) request);
    // With unclean elections just enabled, leaderless partitions need not wait for the next event.
    host.timers().after(0, () -> appendIfActive(state::leaderless));
    return decision;
  }

  private Decision administer(RequestContext context, ApiMessage request) {
    Decision decision = administration.decide(context.version(), request);
    host.timers().after(0, () -> appendIfActive(state::leaderless));
    return decision;
  }

  private Decision allocate(AllocateProducerIdsRequestData request) {
    boolean known =
        state.image().brokers().containsKey(request.brokerId())
            && state.image().brokers().get(request.brokerId()).epoch() == request.brokerEpoch();
    AllocateProducerIdsResponseData response = new AllocateProducerIdsResponseData();
    if (!known) {
      return new Decision(List.of(), response.setErrorCode(Errors.STALE_BROKER_EPOCH.code()));
    }
    long start = state.image().nextProducerId();
    return new Decision(
        List.of(new ProducerIdsAllocated(start + PRODUCER_ID_BLOCK)),
        response.setProducerIdStart(start).setProducerIdLen(PRODUCER_ID_BLOCK));
  }

  /**
   * Appends the records, if any, and gives the offset whose commit makes them and all before sure.
   */
  private long append(List<MetadataRecord> records) {
    if (records.isEmpty()) {
      return state.image().offset();
    }
    long offset = state.nextOffset();
    // The state first: the append may commit, and lead back here, at once.
    state.reset(state.image().after(offset, records));
    long appended = quorum.append(RecordCodec.encode(records));
    if (appended != offset) {
      throw new IllegalStateException("appended at " + appended + ", expected " + offset);
    }
    return offset;
  }

  private void appendIfActive(java.util.function.Supplier<List<MetadataRecord>> records) {
    if (active) {
      append(records.get());
    }
  }

  // ---- the quorum

  @Override
  public void committed(long offset, byte[] payload) {
    committed.apply(offset, payload);
    while (!waiting.isEmpty() && waiting.peek().offset() <= offset) {
      Waiting done = waiting.poll();
      done.to().answer(done.answer());
    }
  }

  @Override
  public void leading(int epoch) {
    host.log("controller: active in epoch " + epoch);
    active = true;
    state.reset(committed.image());
    state.activated();
    brokers.activate(nowMs());
    scheduleSessions();
    scheduleBalance();
  }

  @Override
  public void resigned() {
    host.log("controller: no more active");
    active = false;
    cancel(sessionTimer);
    cancel(balanceTimer);
    while (!waiting.isEmpty()) {
      Waiting lost = waiting.poll();
      lost.to().answer(ErrorAnswers.of(lost.context(), lost.request(), Errors.NOT_CONTROLLER));
    }
  }

  // ---- time

  private void scheduleSessions() {
    cancel(sessionTimer);
    long now = nowMs();
    sessionTimer = host.timers().after(brokers.nextExpiryMs(now) - now, this::fenceExpired);
  }

  /** One broker per entry, so that each fencing sees the effect of the one before. */
  private void fenceExpired() {
    List<MetadataRecord> records = brokers.fenceOneExpired(nowMs());
    while (active && !records.isEmpty()) {
      append(records);
      records = brokers.fenceOneExpired(nowMs());
    }
    if (active) {
      scheduleSessions();
    }
  }

  private void scheduleBalance() {
    cancel(balanceTimer);
    if (!state.settings().flag("auto.leader.rebalance.enable", true)) {
      return;
    }
    long periodMs = 1_000 * state.settings().number("leader.imbalance.check.interval.seconds", 300);
    balanceTimer =
        host.timers()
            .after(
                periodMs,
                () -> {
                  appendIfActive(leaders::balance);
                  if (active) {
                    scheduleBalance();
                  }
                });
  }

  private static void cancel(Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private long nowMs() {
    return host.clock().millis();
  }
}
