package dev.trial.broker.transaction;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.group.CoordinatedTopic;
import dev.trial.broker.group.GroupCoordinator;
import dev.trial.broker.metadata.Feature;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.replication.InternalLog;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.Peers;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Host;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.Errors;

/**
 * A broker's transaction coordinator: it decides the transactions whose partition of {@code
 * __transaction_state} this broker leads. {@link TransactionHandlers} puts it on the wire.
 */
public final class TransactionCoordinator {

  /** The internal topic that keeps the state of transactions. */
  public static final String TOPIC = "__transaction_state";

  /** FindCoordinator's key type for transactional ids. */
  private static final byte KEY_TYPE = 1;

  private final Host host;
  private final TransactionSettings settings;
  private final InternalLog log;
  private final Supplier<MetadataImage> image;
  private final Defects defects;
  private final Ending ending;
  private final ProducerInit init;
  private final Enlisting enlisting;
  private final Map<Integer, TransactionShard> shards = new TreeMap<>();
  private boolean watching;

  /**
   * @param peers connections for markers only
   * @param image the newest metadata of this broker
   * @param producerIds ids never given out before; empty while there is none
   */
  public TransactionCoordinator(
      Host host,
      BrokerSettings settings,
      Defects defects,
      InternalLog log,
      Peers peers,
      Supplier<MetadataImage> image,
      Supplier<OptionalLong> producerIds) {
    this.host = host;
    this.settings =
        TransactionSettings.of(
            settings, () -> Feature.TRANSACTION_VERSION.level(image.get(), settings));
    this.defects = defects;
    this.log = log;
    this.image = image;
    MarkerSender markers = new MarkerSender(host, peers, image, this.settings);
    this.ending = new Ending(this, markers, producerIds);
    this.init = new ProducerInit(this, this.settings, ending, producerIds);
    this.enlisting = new Enlisting(this);
    log.onLeadership(TOPIC, this::leadership);
  }

  /** Where a transactional id is kept, or why it is not here: then {@code shard} is null. */
  record Found(TransactionShard shard, Errors error) {}

  /** How FindCoordinator finds coordinators of transactions. */
  public CoordinatedTopic topic() {
    return new CoordinatedTopic(
            KEY_TYPE, TOPIC, settings.partitions(), settings.replicationFactor())
        .config("unclean.leader.election.enable", "false")
        .config("compression.type", "uncompressed")
        .config("cleanup.policy", "compact")
        .config("min.insync.replicas", settings.minInSync())
        .config("segment.bytes", settings.segmentBytes());
  }

  TransactionSettings settings() {
    return settings;
  }

  Supplier<MetadataImage> image() {
    return image;
  }

  Ending ending() {
    return ending;
  }

  ProducerInit init() {
    return init;
  }

  Enlisting enlisting() {
    return enlisting;
  }

  Collection<TransactionShard> shards() {
    return shards.values();
  }

  long nowMs() {
    return host.clock().epochMs();
  }

  /** The shard of that transactional id on this broker. */
  Found find(String transactionalId) {
    TopicState topic = image.get().topics().get(TOPIC);
    int partitions = topic == null ? settings.partitions() : topic.partitions().size();
    TransactionShard shard = shards.get(GroupCoordinator.partitionOf(transactionalId, partitions));
    if (shard == null || shard.closed()) {
      return new Found(null, Errors.NOT_COORDINATOR);
    }
    return shard.loaded()
        ? new Found(shard, Errors.NONE)
        : new Found(null, Errors.COORDINATOR_LOAD_IN_PROGRESS);
  }

  // ---- gaining and losing partitions

  /** A new leader epoch is a new term even of the same broker: the log is read anew. */
  private void leadership(PartitionId partition, int leaderEpoch) {
    TransactionShard last = shards.remove(partition.partition());
    if (last != null) {
      last.close();
    }
    if (leaderEpoch >= 0) {
      TransactionShard shard =
          new TransactionShard(partition, leaderEpoch, log, host, settings, defects);
      shards.put(partition.partition(), shard);
      host.timers().after(0, () -> load(shard));
    }
  }

  private void load(TransactionShard shard) {
    if (shard.closed() || !log.leads(shard.partition())) {
      return;
    }
    shard.load();
    ending.resume(shard);
    if (!watching) {
      watching = true;
      every(settings.abortTimedOutIntervalMs(), this::abortTimedOut);
      every(settings.expireIntervalMs(), this::expire);
    }
  }

  // ---- time

  private void every(long periodMs, Runnable action) {
    host.timers()
        .after(
            periodMs,
            () -> {
              action.run();
              every(periodMs, action);
            });
  }

  /** transaction.timeout.ms: an open transaction is aborted and its producer fenced. */
  private void abortTimedOut() {
    for (TransactionShard shard : new ArrayList<>(shards.values())) {
      for (Transaction transaction : new ArrayList<>(shard.transactions().values())) {
        if (timedOut(transaction) && shard.loaded()) {
          ending.abort(
              transaction,
              transaction.fence(),
              settings.transactionVersion(),
              (error, producerId, epoch) ->
                  host.log("transaction of " + transaction.id() + " timed out: " + error));
        }
      }
    }
  }

  private boolean timedOut(Transaction transaction) {
    TransactionValue value = transaction.value();
    return !defects.has(Defect.TRANSACTION_NEVER_TIMES_OUT)
        && transaction.pending() == null
        && value.state() == TransactionState.ONGOING
        && value.timeoutMs() != Integer.MAX_VALUE // two-phase commit waits for ever (KIP-939)
        && value.startMs() + value.timeoutMs() < nowMs();
  }

  /** transactional.id.expiration.ms. */
  private void expire() {
    for (TransactionShard shard : new ArrayList<>(shards.values())) {
      for (Transaction transaction : new ArrayList<>(shard.transactions().values())) {
        TransactionValue value = transaction.value();
        boolean old = value.updateMs() <= nowMs() - settings.idExpirationMs();
        if (transaction.pending() == null && value.state().idle() && old) {
          shard.forget(transaction);
        }
      }
    }
  }
}
