package dev.trial.core.history;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.trial.core.fault.FaultJson;
import dev.trial.core.history.Action.Close;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.Committed;
import dev.trial.core.history.Action.Described;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Action.Leadership;
import dev.trial.core.history.Action.Lookup;
import dev.trial.core.history.Action.Nemesis;
import dev.trial.core.history.Action.Node;
import dev.trial.core.history.Action.Note;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Process;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Rebalance;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Action.Seek;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Stamps;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.Action.Subscribe;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes operations as JSON lines, one object per operation, fields always in the same order and
 * maps sorted by key: the same operations give the same bytes on every machine.
 *
 * <p>Every line starts with {@code i} (index), {@code t} (nanoseconds since the run began), {@code
 * p} (process), {@code s} (invoke, ok, fail, info), {@code of} (the invocation it completes, left
 * out where there is none) and {@code f} (what was done); the action's fields follow. Absent texts
 * are left out. A partition used as a key is spelled {@code topic/number}; a delivered record is
 * {@code [topic, partition, offset, value, key, defect]} without trailing nulls, a logged one
 * {@code [offset, leader epoch, value]} with {@code true} appended for control records.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class HistoryJsonWriter implements AutoCloseable {

  private static final int FLUSH_BYTES = 48 << 10;

  private final OutputStream out;
  private final JsonBytes json = new JsonBytes();

  /** Writes plain JSON lines to {@code out}, in large pieces. */
  public HistoryJsonWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes zstd-compressed JSON lines with a checksum. */
  public static HistoryJsonWriter compressed(OutputStream out) throws IOException {
    return new HistoryJsonWriter(new ZstdOutputStreamNoFinalizer(out).setChecksum(true));
  }

  /** Writes as the file's name says: compressed if it ends in {@code .zst}, else plain. */
  public static HistoryJsonWriter named(String fileName, OutputStream out) throws IOException {
    return fileName.endsWith(".zst") ? compressed(out) : new HistoryJsonWriter(out);
  }

  /** Writes a whole history and flushes it. */
  public void write(History history) throws IOException {
    for (Operation operation : history.operations()) {
      write(operation);
    }
    flush();
  }

  /** Writes one operation. */
  public void write(Operation operation) throws IOException {
    json.beginObject();
    number("i", operation.index());
    number("t", operation.timeNs());
    number("p", operation.process());
    constant("s", operation.stage());
    if (operation.invocation() != Operation.NO_INVOCATION) {
      number("of", operation.invocation());
    }
    text("f", operation.action().name());
    action(operation.action());
    json.endObject();
    json.newLine();
    if (json.size() >= FLUSH_BYTES) {
      json.writeTo(out);
    }
  }

  /** Hands everything written so far to the stream and flushes that. */
  public void flush() throws IOException {
    json.writeTo(out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    json.writeTo(out);
    out.close();
  }

  private void action(Action action) {
    if (action instanceof Send send) {
      send(send);
    } else if (action instanceof Poll poll) {
      delivered(poll.records());
      text("error", poll.error());
    } else if (action instanceof Process process) {
      partition(process.partition());
      number("offset", process.offset());
      number("value", process.value());
      text("key", process.key());
    } else {
      rareAction(action);
    }
  }

  private void rareAction(Action action) {
    if (action instanceof Commit commit) {
      text("group", commit.group());
      constant("mode", commit.mode());
      offsets("offsets", commit.offsets());
      text("error", commit.error());
    } else if (action instanceof Committed committed) {
      text("group", committed.group());
      offsets("offsets", committed.offsets());
      text("error", committed.error());
    } else if (action instanceof Described described) {
      described(described);
    } else if (action instanceof Ends ends) {
      offsets("starts", ends.starts());
      offsets("ends", ends.ends());
      text("error", ends.error());
    } else if (action instanceof Subscribe subscribe) {
      text("group", subscribe.group());
      texts("topics", subscribe.topics());
      partitions(subscribe.partitions());
    } else if (action instanceof Rebalance rebalance) {
      rebalance(rebalance);
    } else if (action instanceof Seek seek) {
      partition(seek.partition());
      number("offset", seek.offset());
      text("to", seek.to());
    } else if (action instanceof Lookup lookup) {
      lookup(lookup);
    } else if (action instanceof Stamps stamps) {
      stamps(stamps);
    } else if (action instanceof Producing producing) {
      text("transactional_id", producing.transactionalId());
      text("error", producing.error());
    } else {
      processOrHarness(action);
    }
  }

  private void processOrHarness(Action action) {
    if (action instanceof Start start) {
      text("client", start.client());
      number("incarnation", start.incarnation());
      constant("kind", start.kind());
      settings(start.settings());
    } else if (action instanceof End end) {
      constant("how", end.how());
      text("error", end.error());
    } else if (action instanceof Close close) {
      text("error", close.error());
    } else if (action instanceof Phase phase) {
      constant("phase", phase.phase());
    } else if (action instanceof Nemesis nemesis) {
      nemesis(nemesis);
    } else if (action instanceof Leadership leadership) {
      leadership(leadership);
    } else if (action instanceof Node node) {
      text("node", node.node());
      constant("change", node.change());
    } else if (action instanceof ReplicaLog log) {
      replicaLog(log);
    } else if (action instanceof Oracle oracle) {
      text("oracle", oracle.oracle());
      text("party", oracle.party());
      text("detail", oracle.detail());
    } else {
      text("text", ((Note) action).text());
    }
  }

  private void send(Send send) {
    number("value", send.value());
    text("key", send.key());
    text("topic", send.topic());
    number("partition", send.partition());
    number("offset", send.offset());
    text("error", send.error());
    if (send.tombstone()) {
      json.name("tombstone");
      json.bool(true);
    }
  }

  private void described(Described described) {
    text("group", described.group());
    text("type", described.type());
    text("state", described.state());
    number("classic_members", described.classicMembers());
    number("consumer_members", described.consumerMembers());
    text("error", described.error());
  }

  private void lookup(Lookup lookup) {
    partition(lookup.partition());
    number("asked_ms", lookup.askedMs());
    number("offset", lookup.offset());
    number("timestamp_ms", lookup.timestampMs());
    text("error", lookup.error());
  }

  private void stamps(Stamps stamps) {
    partition(stamps.partition());
    constant("source", stamps.source());
    json.name("by_log");
    json.bool(stamps.byLog());
    json.name("stamps");
    json.beginArray();
    for (Stamp each : stamps.stamps()) {
      json.beginArray();
      json.number(each.offset());
      json.number(each.timestampMs());
      json.endArray();
    }
    json.endArray();
  }

  private void rebalance(Rebalance rebalance) {
    text("group", rebalance.group());
    constant("change", rebalance.change());
    partitions(rebalance.partitions());
    number("generation", rebalance.generation());
    text("member", rebalance.member());
  }

  private void nemesis(Nemesis nemesis) {
    constant("edge", nemesis.edge());
    texts("hit", nemesis.hit());
    json.name("fault");
    json.document(FaultJson.write(nemesis.fault()).toString());
    text("error", nemesis.error());
  }

  private void leadership(Leadership leadership) {
    partition(leadership.partition());
    number("leader", leadership.leader());
    number("epoch", leadership.leaderEpoch());
    constant("election", leadership.election());
    json.name("isr");
    json.beginArray();
    for (int broker : leadership.inSyncReplicas()) {
      json.number(broker);
    }
    json.endArray();
  }

  private void replicaLog(ReplicaLog log) {
    partition(log.partition());
    number("broker", log.broker());
    json.name("in_sync");
    json.bool(log.inSync());
    number("log_start", log.logStart());
    number("high_watermark", log.highWatermark());
    number("log_end", log.logEnd());
    json.name("epochs");
    json.beginArray();
    for (EpochStart epoch : log.epochs()) {
      json.beginArray();
      json.number(epoch.leaderEpoch());
      json.number(epoch.startOffset());
      json.endArray();
    }
    json.endArray();
    logged(log.records());
  }

  private void logged(List<Logged> records) {
    json.name("log");
    json.beginArray();
    for (Logged each : records) {
      json.beginArray();
      json.number(each.offset());
      json.number(each.leaderEpoch());
      json.number(each.value());
      if (each.control()) {
        json.bool(true);
      }
      json.endArray();
    }
    json.endArray();
  }

  private void delivered(List<Delivered> records) {
    json.name("records");
    json.beginArray();
    for (Delivered each : records) {
      json.beginArray();
      json.text(each.partition().topic());
      json.number(each.partition().partition());
      json.number(each.offset());
      json.number(each.value());
      if (each.key() != null) {
        json.text(each.key());
      } else if (each.defect() != null) {
        json.nothing();
      }
      if (each.defect() != null) {
        json.text(each.defect());
      }
      json.endArray();
    }
    json.endArray();
  }

  private void partition(PartitionId partition) {
    text("topic", partition.topic());
    number("partition", partition.partition());
  }

  private void partitions(List<PartitionId> partitions) {
    json.name("partitions");
    json.beginArray();
    for (PartitionId partition : partitions) {
      json.text(key(partition));
    }
    json.endArray();
  }

  private void offsets(String name, Map<PartitionId, Long> offsets) {
    json.name(name);
    json.beginObject();
    for (Map.Entry<PartitionId, Long> entry : sorted(offsets).entrySet()) {
      json.anyName(key(entry.getKey()));
      json.number(entry.getValue());
    }
    json.endObject();
  }

  private void settings(Map<String, String> settings) {
    json.name("settings");
    json.beginObject();
    for (Map.Entry<String, String> entry : sorted(settings).entrySet()) {
      json.anyName(entry.getKey());
      json.text(entry.getValue());
    }
    json.endObject();
  }

  private void texts(String name, List<String> texts) {
    json.name(name);
    json.beginArray();
    for (String text : texts) {
      json.text(text);
    }
    json.endArray();
  }

  private void text(String name, String text) {
    if (text != null) {
      json.name(name);
      json.text(text);
    }
  }

  private void number(String name, long value) {
    json.name(name);
    json.number(value);
  }

  private void constant(String name, Enum<?> value) {
    json.name(name);
    json.constant(value);
  }

  private static String key(PartitionId partition) {
    return partition.topic() + '/' + partition.partition();
  }

  private static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
    boolean natural = map instanceof SortedMap<K, V> sorted && sorted.comparator() == null;
    return natural || map.size() < 2 ? map : new TreeMap<>(map);
  }
}
