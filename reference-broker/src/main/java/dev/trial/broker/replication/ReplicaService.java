package dev.trial.broker.replication;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.log.LogSettings;
import dev.trial.broker.log.Origin;
import dev.trial.broker.log.PartitionLog;
import dev.trial.broker.log.Verification;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.MetadataListener;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.Peers;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Logged;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFile;
import dev.trial.core.world.Host;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * All replicas of one broker: follows the metadata, serves Produce, Fetch, ListOffsets,
 * OffsetForLeaderEpoch and InitProducerId, and lets coordinators use the partitions they lead.
 *
 * <p>To be built on the event loop of a starting process; logs are recovered when the metadata
 * first names them.
 */
public final class ReplicaService implements InternalLog, MetadataListener {
  private static final String LOGS = "log/";
  private static final long PRODUCER_EXPIRATION_CHECK_MS = 600_000;
  private static final long EARLY_EXPIRATION_MS = 500;

  private final ReplicaContext context;
  private final Partitions partitions;
  private final Peers peers;
  private final RefusedBatchListener refusedBatches;
  private final IsrNegotiation negotiation;
  private final ProducerIds producerIds;
  private final WatermarkFile watermarks;
  private TransactionVerifier verifier;
  private final Map<Integer, FollowerFetcher> fetchers = new TreeMap<>();
  private final Map<String, List<LeadershipListener>> listeners = new LinkedHashMap<>();

  /**
   * @param brokerEpoch this process's epoch as the controller gave it, −1 before registration
   * @param activeController id of the active controller, −1 while unknown
   */
  public ReplicaService(
      Host host,
      int brokerId,
      LongSupplier brokerEpoch,
      BrokerSettings settings,
      Defects defects,
      Peers peers,
      IntSupplier activeController,
      RefusedBatchListener refusedBatches) {
    this.context = new ReplicaContext(host, brokerId, brokerEpoch, settings, defects);
    this.partitions = new Partitions(context);
    this.peers = peers;
    this.refusedBatches = refusedBatches;
    this.negotiation = new IsrNegotiation(context, peers, activeController);
    this.producerIds = new ProducerIds(context, peers, activeController);
    this.watermarks = new WatermarkFile(host.disk());
    every(settings.replicaLagTimeMaxMs() / 2, this::shrinkInSyncSets);
    every(settings.highWatermarkCheckpointIntervalMs(), this::checkpointWatermarks);
    boolean early = defects.has(Defect.PRODUCERS_EXPIRE_EARLY);
    long checkMs =
        context.settings.number(
            "producer.id.expiration.check.interval.ms", PRODUCER_EXPIRATION_CHECK_MS);
    every(early ? EARLY_EXPIRATION_MS : checkMs, this::expireProducers);
    new LogMaintenance(context, partitions).start();
  }

  /** Registers the handlers of the APIs served here, on a broker without transactions. */
  public void register(Handlers handlers) {
    register(handlers, TransactionGate.CLOSED, ProducerIds::refuseTransactional);
  }

  /**
   * Registers the handlers of the APIs served here.
   *
   * @param gate asks the coordinators of transactions
   * @param initTransactional serves InitProducerId with a transactional id
   */
  public void register(Handlers handlers, TransactionGate gate, ApiHandler initTransactional) {
    OffsetHandlers offsets = new OffsetHandlers(partitions);
    verifier = new TransactionVerifier(context, partitions, gate);
    producerIds.transactional(initTransactional);
    handlers.register(
        ApiKeys.PRODUCE, new ProduceHandler(context, partitions, verifier, refusedBatches));
    handlers.register(ApiKeys.DESCRIBE_PRODUCERS, new ProducerQueries(partitions)::describe);
    handlers.register(ApiKeys.FETCH, new FetchHandler(context, partitions));
    handlers.register(ApiKeys.LIST_OFFSETS, offsets::listOffsets);
    handlers.register(ApiKeys.OFFSET_FOR_LEADER_EPOCH, offsets::offsetForLeaderEpoch);
    handlers.register(
        ApiKeys.DELETE_RECORDS,
        (request, message, responder) ->
            new DeleteRecordsOperation(context, partitions, responder)
                .begin((DeleteRecordsRequestData) message));
    handlers.register(ApiKeys.INIT_PRODUCER_ID, producerIds::handle);
  }

  /** A graceful end: logs reach the disk, watermarks are noted. */
  public void shutDown() {
    partitions.all().forEach(partition -> partition.log.flush());
    checkpointWatermarks();
  }

  private void every(long periodMs, Runnable action) {
    context
        .host
        .timers()
        .after(
            periodMs,
            () -> {
              action.run();
              every(periodMs, action);
            });
  }

  private void shrinkInSyncSets() {
    partitions.all().forEach(LocalPartition::maybeShrink);
  }

  private void checkpointWatermarks() {
    if (context.image() != null) {
      watermarks.write(partitions.all());
    }
  }

  private void expireProducers() {
    long expirationMs =
        context.has(Defect.PRODUCERS_EXPIRE_EARLY)
            ? EARLY_EXPIRATION_MS
            : context.settings.number("producer.id.expiration.ms", 86_400_000);
    partitions.all().forEach(p -> p.log.producers().expire(context.nowMs(), expirationMs));
  }

  // ---- metadata

  @Override
  public void changed(MetadataImage before, MetadataImage after) {
    MetadataImage known = context.image();
    context.image(after);
    List<LocalPartition> gone = new ArrayList<>();
    for (LocalPartition partition : partitions.all()) {
      if (!hosted(after, partition)) {
        gone.add(partition);
      }
    }
    gone.forEach(this::remove);
    for (TopicState topic : after.topics().values()) {
      TopicState last = known == null ? null : known.topics().get(topic.name());
      if (last != topic) {
        topicChanged(last, topic);
      }
    }
    if (known != null && configsChanged(known, after)) {
      partitions.all().forEach(p -> p.log.settings(settings(after.topics().get(p.id.topic()))));
    }
  }

  private boolean configsChanged(MetadataImage known, MetadataImage after) {
    Map<String, String> old = known.brokerConfigs(context.brokerId);
    Map<String, String> now = after.brokerConfigs(context.brokerId);
    return old != now && !old.equals(now);
  }

  private boolean hosted(MetadataImage image, LocalPartition partition) {
    TopicState topic = image.topics().get(partition.id.topic());
    return topic != null
        && topic.id().equals(partition.topicId)
        && partition.id.partition() < topic.partitions().size()
        && topic.partitions().get(partition.id.partition()).replicas().contains(context.brokerId);
  }

  private void remove(LocalPartition partition) {
    partitions.remove(partition.id);
    boolean led = partition.leading();
    stopFollowing(partition);
    partition.retire();
    if (led) {
      tellLeadership(partition.id, -1);
    }
    if (!context.has(Defect.RECREATED_SHOWS_OLD)) {
      partition.log.delete();
    }
  }

  private void topicChanged(TopicState last, TopicState topic) {
    boolean same = last != null && last.id().equals(topic.id());
    boolean configs = !same || !last.configs().equals(topic.configs());
    for (PartitionState state : topic.partitions()) {
      int number = state.partition();
      PartitionState old =
          same && number < last.partitions().size() ? last.partitions().get(number) : null;
      if (state.replicas().contains(context.brokerId)) {
        if (same && old == null && context.has(Defect.PARTITION_INCREASE_REMAPS)) {
          copyFirst(topic, number);
        }
        LocalPartition partition = hosted(topic, number);
        if (configs) {
          partition.log.settings(settings(topic));
        }
        if (!state.equals(old)) {
          partitionChanged(partition, state);
        }
      }
    }
  }

  private void copyFirst(TopicState topic, int number) {
    String from = directory(topic.id(), new PartitionId(topic.name(), 0)) + "/";
    String to = directory(topic.id(), new PartitionId(topic.name(), number)) + "/";
    for (String name : context.host.disk().list(from)) {
      DiskFile file = context.host.disk().open(name);
      DiskFile copy = context.host.disk().open(to + name.substring(from.length()));
      copy.append(file.read(0, (int) file.size()));
    }
  }

  private LocalPartition hosted(TopicState topic, int number) {
    PartitionId id = new PartitionId(topic.name(), number);
    LocalPartition found = partitions.get(id);
    if (found != null) {
      return found;
    }
    PartitionLog log =
        new PartitionLog(
            context.host.disk(),
            directory(context.has(Defect.RECREATED_SHOWS_OLD) ? Uuid.ZERO_UUID : topic.id(), id),
            settings(topic),
            watermarks.of(topic.id(), number),
            context.defects);
    LocalPartition partition = new LocalPartition(id, topic.id(), log, context, negotiation);
    partitions.put(partition);
    return partition;
  }

  private static String directory(Uuid topicId, PartitionId id) {
    String topic = topicId.equals(Uuid.ZERO_UUID) ? id.topic() : topicId.toString();
    return LOGS + topic + "/" + id.partition();
  }

  private LogSettings settings(TopicState topic) {
    Map<String, String> broker = context.image().brokerConfigs(context.brokerId);
    return LogSettings.of(topic.configs(), broker, context.settings);
  }

  private void partitionChanged(LocalPartition partition, PartitionState state) {
    boolean led = partition.leading();
    int oldLeader = partition.leader();
    int oldEpoch = partition.leaderEpoch();
    partition.apply(state);
    boolean moved = oldLeader != partition.leader() || oldEpoch != partition.leaderEpoch();
    if (!moved) {
      return;
    }
    if (oldLeader >= 0 && oldLeader != context.brokerId) {
      fetcher(oldLeader).forget(partition.id);
    }
    if (!partition.leading() && partition.leader() >= 0) {
      fetcher(partition.leader()).follow(partition);
    }
    if (partition.leading() || led) {
      tellLeadership(partition.id, partition.leading() ? partition.leaderEpoch() : -1);
    }
  }

  private void stopFollowing(LocalPartition partition) {
    if (partition.leader() >= 0 && partition.leader() != context.brokerId) {
      fetcher(partition.leader()).forget(partition.id);
    }
  }

  private FollowerFetcher fetcher(int leader) {
    return fetchers.computeIfAbsent(
        leader, broker -> new FollowerFetcher(context, peers, refusedBatches, broker));
  }

  /**
   * Deletes logs of topics that the metadata does not know. Only to be called once the metadata is
   * complete (the broker has caught up), never on a partial replay.
   */
  public void deleteStrays() {
    TreeSet<String> strays = new TreeSet<>();
    for (String file : context.host.disk().list(LOGS)) {
      String id = file.substring(LOGS.length(), file.indexOf('/', LOGS.length()));
      boolean known = context.image().topic(Uuid.fromString(id)).isPresent();
      if (!known && !context.has(Defect.RECREATED_SHOWS_OLD)) {
        strays.add(file);
      }
    }
    strays.forEach(context.host.disk()::delete);
  }

  // ---- coordinators

  /** A producer id that was never given out; empty while the controller is asked for more. */
  public OptionalLong freshProducerId() {
    return producerIds.fresh();
  }

  @Override
  public boolean leads(PartitionId partition) {
    LocalPartition found = partitions.get(partition);
    return found != null && found.leading();
  }

  @Override
  public int leaderEpoch(PartitionId partition) {
    return leads(partition) ? partitions.get(partition).leaderEpoch() : -1;
  }

  @Override
  public void append(
      PartitionId partition, ByteBuffer batches, Origin origin, Consumer<Appended> done) {
    LocalPartition found = partitions.get(partition);
    if (found == null) {
      done.accept(new Appended(partitions.missing(partition), -1));
      return;
    }
    LocalPartition.Appending appending;
    try {
      appending = found.append(batches, true, origin);
    } catch (DiskException failed) {
      context.host.log("append to " + partition + " failed: " + failed.getMessage());
      context.diskFailed(failed);
      done.accept(new Appended(Errors.KAFKA_STORAGE_ERROR, -1));
      return;
    }
    if (appending.append().error() != Errors.NONE) {
      done.accept(new Appended(appending.append().error(), -1));
      return;
    }
    long base = appending.append().baseOffset();
    InternalAppend waiting = new InternalAppend(found, base, appending.requiredOffset(), done);
    if (!waiting.tryComplete()) {
      found.waiters().add(waiting);
    }
  }

  @Override
  public void verify(
      PartitionId partition,
      TransactionalProducer producer,
      TransactionGate.Protocol protocol,
      Consumer<Verified> done) {
    verifier.verify(
        producer,
        Map.of(partition, -1),
        protocol,
        outcome -> {
          Verification own = outcome.get(partition);
          long guard = own == null ? 0 : own.guard();
          Errors error = own == null ? Errors.NONE : own.error();
          done.accept(new Verified(error, Origin.coordinator(verifier.enabled(), guard)));
        });
  }

  @Override
  public void replay(PartitionId partition, Consumer<ByteBuffer> batch) {
    PartitionLog log = partitions.get(partition).log;
    log.forEachBatch(log.startOffset(), log.endOffset(), view -> batch.accept(view.slice()));
  }

  @Override
  public void onLeadership(String topic, LeadershipListener listener) {
    listeners.computeIfAbsent(topic, name -> new ArrayList<>(1)).add(listener);
  }

  private void tellLeadership(PartitionId partition, int leaderEpoch) {
    for (LeadershipListener listener : listeners.getOrDefault(partition.topic(), List.of())) {
      listener.leadership(partition, leaderEpoch);
    }
  }

  // ---- observation
  /** The replica's log on this broker, null if it has none. Never changes anything. */
  public PartitionLog log(PartitionId partition) {
    LocalPartition found = partitions.get(partition);
    return found == null ? null : found.log;
  }

  /** The partitions that have a replica here, sorted. */
  public List<PartitionId> hosted() {
    return partitions.all().stream().map(partition -> partition.id).toList();
  }

  /** How often replicas came here and went. */
  public int hostingChanges() {
    return partitions.changes();
  }

  /** The first broken invariant of this broker's replicas, null while all hold. */
  public String brokenInvariant() {
    List<LocalPartition> all = partitions.all();
    for (int i = 0; i < all.size(); i++) {
      LocalPartition partition = all.get(i);
      String broken = partition.brokenInvariant();
      if (broken != null) {
        return "broker " + context.brokerId + ", " + partition.id + ": " + broken;
      }
    }
    return null;
  }

  /** The whole log of a replica, record by record; null if this broker has none. */
  public ReplicaLog dump(PartitionId partition, ValueReader values) {
    LocalPartition found = partitions.get(partition);
    if (found == null) {
      return null;
    }
    PartitionLog log = found.log;
    List<Logged> records = new ArrayList<>();
    log.forEachBatch(
        log.startOffset(), log.endOffset(), batch -> RecordDecoder.logged(batch, values, records));
    return new ReplicaLog(
        partition,
        context.brokerId,
        inSync(partition),
        log.startOffset(),
        log.highWatermark(),
        log.endOffset(),
        log.epochs().entries(),
        records);
  }

  private boolean inSync(PartitionId partition) {
    return context
        .image()
        .partition(partition)
        .map(state -> state.inSyncReplicas().contains(context.brokerId))
        .orElse(false);
  }
}
