package dev.trial.workloads.program;

import dev.trial.core.history.Action.Close;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.Committed;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Action.Lookup;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Rebalance;
import dev.trial.core.history.Action.Seek;
import dev.trial.core.history.Action.Stamps;
import dev.trial.core.history.Action.Subscribe;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.history.Stamp;
import dev.trial.core.payload.Payload;
import dev.trial.core.payload.PayloadReader;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer that writes down every call and callback, and what came of it. */
final class RecordedConsumer {
  private static final Duration ANSWER = Duration.ofMillis(5_000);
  private static final Duration PATIENCE = Duration.ofMillis(30_000);

  private final Recorder recorder;
  private final int process;
  private final Consumer<byte[], byte[]> consumer;
  private final String group;
  private final boolean stampsTold;
  private final Map<PartitionId, List<Stamp>> stampsSeen = new TreeMap<>();
  private final Map<PartitionId, Integer> epochs = new TreeMap<>();

  RecordedConsumer(ClientContext context, Consumer<byte[], byte[]> consumer, String group) {
    this.recorder = context.recorder();
    this.process = context.process();
    this.consumer = consumer;
    this.group = group;
    this.stampsTold = context.parameters().flag("stamps", false);
  }

  /**
   * Opens a real consumer with the process's settings and, on top, {@code own} (a null value takes
   * a setting away).
   */
  static RecordedConsumer open(ClientContext context, Map<String, String> own) {
    Map<String, Object> settings = new TreeMap<>(context.settings());
    settings.keySet().removeIf(name -> name.startsWith(ClientPlan.OF_THE_PRODUCER));
    own.forEach((name, value) -> replace(settings, name, value));
    Object group = settings.get(ConsumerConfig.GROUP_ID_CONFIG);
    if (group != null && autoCommits(settings)) {
      hearAutoCommits(context, settings, group.toString());
    }
    return new RecordedConsumer(
        context,
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        group == null ? null : group.toString());
  }

  private static void replace(Map<String, Object> settings, String name, String value) {
    if (value == null) {
      settings.remove(name);
    } else {
      settings.put(name, value);
    }
  }

  /** Kafka's default for a consumer with a group is to commit by itself. */
  private static boolean autoCommits(Map<String, Object> settings) {
    Object auto = settings.get(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG);
    return auto == null || Boolean.parseBoolean(auto.toString());
  }

  private static void hearAutoCommits(
      ClientContext context, Map<String, Object> settings, String group) {
    java.util.function.Consumer<Map<PartitionId, Long>> sink =
        offsets ->
            context
                .recorder()
                .complete(
                    context.process(),
                    Operation.NO_INVOCATION,
                    Stage.OK,
                    new Commit(group, Commit.Mode.AUTO, offsets, null));
    settings.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, CommitInterceptor.class.getName());
    settings.put(CommitInterceptor.SINK, sink);
  }

  // ---- which partitions

  void subscribe(List<String> topics, Reaction reaction) {
    recorder.fact(process, new Subscribe(group, List.copyOf(topics), List.of()));
    consumer.subscribe(topics, new Listener(reaction));
  }

  /** Subscribes to topics whose names match, by whichever side the group's protocol has do it. */
  void subscribe(String pattern, Reaction reaction) {
    recorder.fact(process, new Subscribe(group, List.of("/" + pattern + "/"), List.of()));
    PatternSubscription.of(consumer, pattern, new Listener(reaction));
  }

  void assign(List<PartitionId> partitions) {
    recorder.fact(process, new Subscribe(group, List.of(), List.copyOf(partitions)));
    consumer.assign(Partitions.of(partitions));
  }

  /** Every partition of the topics, as the cluster tells. */
  List<PartitionId> partitionsOf(List<String> topics) {
    List<PartitionId> all = new ArrayList<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic, PATIENCE)
          .forEach(info -> all.add(new PartitionId(info.topic(), info.partition())));
    }
    all.sort(null);
    return all;
  }

  void seek(PartitionId partition, long offset) {
    consumer.seek(Partitions.of(partition), offset);
    recorder.fact(process, new Seek(partition, offset, null));
  }

  void seekToBeginning(Collection<PartitionId> partitions) {
    consumer.seekToBeginning(Partitions.of(partitions));
    for (PartitionId partition : partitions) {
      recorder.fact(process, new Seek(partition, -1, "begin"));
    }
  }

  /**
   * Goes where the client found the log to part from what was read, which only a truncation tells
   * (KIP-320); to the beginning where nothing is told.
   */
  void seekToDivergence(InvalidOffsetException error) {
    Map<TopicPartition, OffsetAndMetadata> known =
        error instanceof LogTruncationException
            ? ((LogTruncationException) error).divergentOffsets()
            : Map.of();
    List<PartitionId> unknown = new ArrayList<>();
    for (PartitionId partition : Partitions.ids(error.partitions())) {
      OffsetAndMetadata offset = known.get(Partitions.of(partition));
      if (offset == null) {
        unknown.add(partition);
      } else {
        consumer.seek(Partitions.of(partition), offset);
        recorder.fact(process, new Seek(partition, offset.offset(), null));
      }
    }
    if (!unknown.isEmpty()) { // of no partitions means of all that are assigned
      seekToBeginning(unknown);
    }
  }

  long position(PartitionId partition) {
    return consumer.position(Partitions.of(partition), PATIENCE);
  }

  // ---- records

  /** One poll; an error is written down and thrown. */
  List<Delivered> poll(long timeoutMs) {
    long invocation = recorder.invoke(process, new Poll(List.of(), null));
    try {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(timeoutMs));
      List<Delivered> records = delivered(polled);
      recorder.complete(process, invocation, Stage.OK, new Poll(records, null));
      if (stampsTold) {
        tellStamps(polled);
      }
      return records;
    } catch (RuntimeException error) {
      recorder.complete(process, invocation, Stage.INFO, new Poll(List.of(), Errors.text(error)));
      throw error;
    }
  }

  private List<Delivered> delivered(ConsumerRecords<byte[], byte[]> records) {
    List<Delivered> delivered = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      PartitionId partition = new PartitionId(record.topic(), record.partition());
      record.leaderEpoch().ifPresent(epoch -> epochs.put(partition, epoch));
      delivered.add(
          PayloadReader.read(
              partition,
              record.offset(),
              record.key(),
              record.value(),
              header(record),
              timestampMs(record)));
    }
    return delivered;
  }

  /** Writes down the timestamps of what was read, a fact for each partition. */
  private void tellStamps(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      List<Stamp> stamps = new ArrayList<>();
      boolean byLog = false;
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        stamps.add(new Stamp(record.offset(), record.timestamp()));
        byLog |= record.timestampType() == TimestampType.LOG_APPEND_TIME;
      }
      PartitionId id = Partitions.id(partition);
      recorder.fact(process, new Stamps(id, Stamps.Source.READ, byLog, List.copyOf(stamps)));
      heardOf(id, stamps);
    }
  }

  private void heardOf(PartitionId partition, List<Stamp> stamps) {
    stampsSeen.computeIfAbsent(partition, unused -> new ArrayList<>()).addAll(stamps);
  }

  /** Timestamps of the records that were read, by partition; nothing unless asked to tell them. */
  Map<PartitionId, List<Stamp>> stampsSeen() {
    return stampsSeen;
  }

  /** Asks for the first record from a time on; an error is written down and thrown. */
  void lookUp(PartitionId partition, long askedMs) {
    long invocation = recorder.invoke(process, new Lookup(partition, askedMs, -1, -1, null));
    TopicPartition asked = Partitions.of(partition);
    try {
      OffsetAndTimestamp found =
          consumer.offsetsForTimes(Collections.singletonMap(asked, askedMs), ANSWER).get(asked);
      Lookup told =
          found == null
              ? new Lookup(partition, askedMs, -1, -1, null)
              : new Lookup(partition, askedMs, found.offset(), found.timestamp(), null);
      recorder.complete(process, invocation, Stage.OK, told);
    } catch (RuntimeException error) {
      Lookup failed = new Lookup(partition, askedMs, -1, -1, Errors.text(error));
      recorder.complete(process, invocation, Stage.INFO, failed);
      throw error;
    }
  }

  private static byte[] header(ConsumerRecord<byte[], byte[]> record) {
    Iterator<Header> headers = record.headers().iterator();
    if (!headers.hasNext()) {
      return null;
    }
    Header only = headers.next();
    return headers.hasNext() || !only.key().equals(Payload.HEADER) ? null : only.value();
  }

  private static long timestampMs(ConsumerRecord<byte[], byte[]> record) {
    return record.timestampType() == TimestampType.CREATE_TIME
        ? record.timestamp()
        : PayloadReader.UNCHECKED_TIMESTAMP;
  }

  // ---- offsets

  /** commitSync; an error is written down and returned, null for none. */
  RuntimeException commitSync(Map<PartitionId, Long> offsets) {
    Map<PartitionId, Long> copy = new TreeMap<>(offsets);
    long invocation = recorder.invoke(process, commit(Commit.Mode.SYNC, copy, null));
    try {
      consumer.commitSync(kafkaOffsets(copy));
      recorder.complete(process, invocation, Stage.OK, commit(Commit.Mode.SYNC, copy, null));
      return null;
    } catch (RuntimeException error) {
      Commit failed = commit(Commit.Mode.SYNC, copy, Errors.text(error));
      recorder.complete(process, invocation, CommitOutcome.sync(error), failed);
      return error;
    }
  }

  /** commitAsync; {@code failed} runs in the callback of a commit that did not succeed. */
  void commitAsync(
      Map<PartitionId, Long> offsets, BiConsumer<Map<PartitionId, Long>, Exception> failed) {
    Map<PartitionId, Long> copy = new TreeMap<>(offsets);
    long invocation = recorder.invoke(process, commit(Commit.Mode.ASYNC, copy, null));
    try {
      consumer.commitAsync(
          kafkaOffsets(copy),
          (done, error) -> {
            answered(invocation, copy, error);
            if (error != null) {
              failed.accept(copy, error);
            }
          });
    } catch (RuntimeException error) {
      answered(invocation, copy, error);
    }
  }

  private void answered(long invocation, Map<PartitionId, Long> offsets, Exception error) {
    Stage stage = error == null ? Stage.OK : CommitOutcome.async(error);
    recorder.complete(
        process, invocation, stage, commit(Commit.Mode.ASYNC, offsets, Errors.text(error)));
  }

  private Commit commit(Commit.Mode mode, Map<PartitionId, Long> offsets, String error) {
    return new Commit(group, mode, offsets, error);
  }

  /**
   * Offsets with the leader epoch of the last record before them, as commitSync() without arguments
   * gives them: without it a leader of the past, which has not heard of its successor, makes the
   * next reader throw the offset away as out of range (KIP-320).
   */
  Map<TopicPartition, OffsetAndMetadata> kafkaOffsets(Map<PartitionId, Long> offsets) {
    Map<TopicPartition, OffsetAndMetadata> kafka = new LinkedHashMap<>();
    offsets.forEach(
        (id, offset) ->
            kafka.put(
                Partitions.of(id),
                new OffsetAndMetadata(offset, Optional.ofNullable(epochs.get(id)), "")));
    return kafka;
  }

  /** Asks the coordinator for committed offsets; false if it did not answer. */
  boolean askCommitted(Collection<PartitionId> partitions) {
    List<TopicPartition> asked = Partitions.of(partitions);
    long invocation = recorder.invoke(process, new Committed(group, Map.of(), null));
    try {
      Map<PartitionId, Long> offsets =
          Partitions.committed(asked, consumer.committed(new LinkedHashSet<>(asked), ANSWER));
      recorder.complete(process, invocation, Stage.OK, new Committed(group, offsets, null));
      return true;
    } catch (RuntimeException error) {
      recorder.complete(
          process, invocation, Stage.INFO, new Committed(group, Map.of(), Errors.text(error)));
      return false;
    }
  }

  /** Asks the leaders for log starts and ends; an error is written down and thrown. */
  Map<PartitionId, Long> askEnds(Collection<PartitionId> partitions) {
    List<TopicPartition> asked = Partitions.of(partitions);
    long invocation = recorder.invoke(process, new Ends(Map.of(), Map.of(), null));
    try {
      Map<PartitionId, Long> starts =
          Partitions.offsets(consumer.beginningOffsets(asked, PATIENCE));
      Map<PartitionId, Long> ends = Partitions.offsets(consumer.endOffsets(asked, PATIENCE));
      recorder.complete(process, invocation, Stage.OK, new Ends(starts, ends, null));
      return ends;
    } catch (RuntimeException error) {
      recorder.complete(
          process, invocation, Stage.INFO, new Ends(Map.of(), Map.of(), Errors.text(error)));
      throw error;
    }
  }

  /** Asks for log starts and ends; an error is written down only. */
  void tryAskEnds(Collection<PartitionId> partitions) {
    try {
      askEnds(partitions);
    } catch (KafkaException error) {
      // written down; the application does not depend on the answer
    }
  }

  /** What a producer tells of the group with the offsets in its transaction (KIP-447). */
  ConsumerGroupMetadata groupMetadata() {
    return consumer.groupMetadata();
  }

  /** A call that changes nothing, and that only one thread at a time may make. */
  void touch() {
    consumer.assignment();
  }

  // ---- leaving

  /** Makes a poll on another thread end with a WakeupException. */
  void wakeup() {
    consumer.wakeup();
  }

  void close(long timeoutMs) {
    long invocation = recorder.invoke(process, new Close(null));
    try {
      consumer.close(Duration.ofMillis(timeoutMs));
      recorder.complete(process, invocation, Stage.OK, new Close(null));
    } catch (RuntimeException error) {
      recorder.complete(process, invocation, Stage.INFO, new Close(Errors.text(error)));
    }
  }

  /** What the application does when partitions come and go, after it was written down. */
  interface Reaction {

    void assigned(List<PartitionId> partitions);

    void revoked(List<PartitionId> partitions);

    void lost(List<PartitionId> partitions);
  }

  /** Writes rebalances down with the generation and member id that the client tells. */
  private final class Listener implements ConsumerRebalanceListener {
    private final Reaction reaction;

    Listener(Reaction reaction) {
      this.reaction = reaction;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      reaction.assigned(told(Rebalance.Change.ASSIGNED, partitions));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      reaction.revoked(told(Rebalance.Change.REVOKED, partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      reaction.lost(told(Rebalance.Change.LOST, partitions));
    }

    private List<PartitionId> told(Rebalance.Change change, Collection<TopicPartition> partitions) {
      List<PartitionId> ids = Partitions.ids(partitions);
      recorder.fact(
          process,
          new Rebalance(
              group,
              change,
              ids,
              consumer.groupMetadata().generationId(),
              consumer.groupMetadata().memberId()));
      return ids;
    }
  }
}
