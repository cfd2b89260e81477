package dev.trial.broker.metadata;

import dev.trial.broker.metadata.MetadataRecord.BrokerChanged;
import dev.trial.broker.metadata.MetadataRecord.BrokerRegistered;
import dev.trial.broker.metadata.MetadataRecord.BrokerUnregistered;
import dev.trial.broker.metadata.MetadataRecord.ClientQuotaChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.metadata.MetadataRecord.FeatureChanged;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.MetadataRecord.ProducerIdsAllocated;
import dev.trial.broker.metadata.MetadataRecord.TopicCreated;
import dev.trial.broker.metadata.MetadataRecord.TopicDeleted;
import dev.trial.core.history.Action.Leadership.Election;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** The records of one log entry as bytes: a count, then a type byte and the fields of each. */
public final class RecordCodec {
  private static final int BROKER_REGISTERED = 1;
  private static final int BROKER_CHANGED = 2;
  private static final int TOPIC_CREATED = 3;
  private static final int PARTITION_CHANGED = 4;
  private static final int TOPIC_DELETED = 5;
  private static final int CONFIG_CHANGED = 6;
  private static final int PRODUCER_IDS_ALLOCATED = 7;
  private static final int PARTITION_REASSIGNING = 8;
  private static final int PARTITION_WITH_ELIGIBLE = 9;
  private static final int CLIENT_QUOTA_CHANGED = 10;
  private static final int FEATURE_CHANGED = 11;
  private static final int BROKER_UNREGISTERED = 12;
  private static final Election[] ELECTIONS = Election.values();
  private static final ConfigScope[] SCOPES = ConfigScope.values();

  private RecordCodec() {}

  /** The entry's payload. */
  public static byte[] encode(List<MetadataRecord> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * records.size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(records.size());
      for (MetadataRecord record : records) {
        write(out, record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads a payload; an empty one (the mark of a new leader) has no records. */
  public static List<MetadataRecord> decode(byte[] payload) {
    List<MetadataRecord> records = new ArrayList<>();
    if (payload.length == 0) {
      return records;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        records.add(read(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  private static void write(DataOutputStream out, MetadataRecord record) throws IOException {
    if (record instanceof BrokerRegistered registered) {
      out.writeByte(BROKER_REGISTERED);
      writeBroker(out, registered.broker());
    } else if (record instanceof BrokerChanged changed) {
      out.writeByte(BROKER_CHANGED);
      out.writeInt(changed.id());
      out.writeBoolean(changed.fenced());
      out.writeBoolean(changed.inControlledShutdown());
    } else if (record instanceof TopicCreated created) {
      out.writeByte(TOPIC_CREATED);
      out.writeUTF(created.name());
      writeUuid(out, created.id());
    } else if (record instanceof PartitionChanged changed) {
      writeChange(out, changed.topicId(), changed.state());
    } else if (record instanceof TopicDeleted deleted) {
      out.writeByte(TOPIC_DELETED);
      writeUuid(out, deleted.id());
    } else if (record instanceof ConfigChanged changed) {
      out.writeByte(CONFIG_CHANGED);
      writeConfig(out, changed);
    } else if (record instanceof ProducerIdsAllocated allocated) {
      out.writeByte(PRODUCER_IDS_ALLOCATED);
      out.writeLong(allocated.next());
    } else if (record instanceof ClientQuotaChanged changed) {
      out.writeByte(CLIENT_QUOTA_CHANGED);
      writeQuota(out, changed);
    } else if (record instanceof FeatureChanged changed) {
      out.writeByte(FEATURE_CHANGED);
      out.writeUTF(changed.feature());
      out.writeShort(changed.level());
    } else if (record instanceof BrokerUnregistered unregistered) {
      out.writeByte(BROKER_UNREGISTERED);
      out.writeInt(unregistered.id());
    }
  }

  private static MetadataRecord read(DataInputStream in) throws IOException {
    int type = in.readByte();
    return switch (type) {
      case BROKER_REGISTERED -> new BrokerRegistered(readBroker(in));
      case BROKER_CHANGED -> new BrokerChanged(in.readInt(), in.readBoolean(), in.readBoolean());
      case TOPIC_CREATED -> new TopicCreated(in.readUTF(), readUuid(in));
      case PARTITION_CHANGED -> new PartitionChanged(readUuid(in), readPartition(in));
      case PARTITION_REASSIGNING ->
          new PartitionChanged(readUuid(in), readReassigning(in, readPartition(in)));
      case PARTITION_WITH_ELIGIBLE ->
          new PartitionChanged(
              readUuid(in), readEligible(in, readReassigning(in, readPartition(in))));
      case TOPIC_DELETED -> new TopicDeleted(readUuid(in));
      case CONFIG_CHANGED ->
          new ConfigChanged(SCOPES[in.readByte()], in.readUTF(), in.readUTF(), readText(in));
      case PRODUCER_IDS_ALLOCATED -> new ProducerIdsAllocated(in.readLong());
      case CLIENT_QUOTA_CHANGED ->
          new ClientQuotaChanged(readEntity(in), in.readUTF(), readRate(in));
      case FEATURE_CHANGED -> new FeatureChanged(in.readUTF(), in.readShort());
      case BROKER_UNREGISTERED -> new BrokerUnregistered(in.readInt());
      default -> throw new IOException("unknown metadata record type " + type);
    };
  }

  private static void writeBroker(DataOutputStream out, BrokerState broker) throws IOException {
    out.writeInt(broker.id());
    out.writeLong(broker.epoch());
    writeUuid(out, broker.incarnation());
    out.writeUTF(broker.host());
    out.writeInt(broker.port());
    out.writeBoolean(broker.fenced());
    out.writeBoolean(broker.inControlledShutdown());
    writeText(out, broker.rack());
  }

  private static BrokerState readBroker(DataInputStream in) throws IOException {
    return new BrokerState(
        in.readInt(),
        in.readLong(),
        readUuid(in),
        in.readUTF(),
        in.readInt(),
        in.readBoolean(),
        in.readBoolean(),
        readText(in));
  }

  /** What most partitions do not have is left out. */
  private static void writeChange(DataOutputStream out, Uuid topic, PartitionState state)
      throws IOException {
    boolean eligible = state.keepsEligible();
    boolean reassigning = state.reassigning();
    out.writeByte(
        eligible
            ? PARTITION_WITH_ELIGIBLE
            : reassigning ? PARTITION_REASSIGNING : PARTITION_CHANGED);
    writeUuid(out, topic);
    writePartition(out, state);
    if (reassigning || eligible) {
      writeIds(out, state.adding());
      writeIds(out, state.removing());
    }
    if (eligible) {
      writeIds(out, state.eligible());
      out.writeInt(state.lastKnownLeader());
    }
  }

  private static PartitionState readEligible(DataInputStream in, PartitionState state)
      throws IOException {
    return new PartitionState(
        state.partition(),
        state.replicas(),
        state.inSyncReplicas(),
        state.leader(),
        state.leaderEpoch(),
        state.partitionEpoch(),
        state.election(),
        state.adding(),
        state.removing(),
        readIds(in),
        in.readInt());
  }

  private static void writePartition(DataOutputStream out, PartitionState state)
      throws IOException {
    out.writeInt(state.partition());
    writeIds(out, state.replicas());
    writeIds(out, state.inSyncReplicas());
    out.writeInt(state.leader());
    out.writeInt(state.leaderEpoch());
    out.writeInt(state.partitionEpoch());
    out.writeByte(state.election().ordinal());
  }

  private static PartitionState readPartition(DataInputStream in) throws IOException {
    return new PartitionState(
        in.readInt(),
        readIds(in),
        readIds(in),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        ELECTIONS[in.readByte()]);
  }

  private static PartitionState readReassigning(DataInputStream in, PartitionState state)
      throws IOException {
    return new PartitionState(
        state.partition(),
        state.replicas(),
        state.inSyncReplicas(),
        state.leader(),
        state.leaderEpoch(),
        state.partitionEpoch(),
        state.election(),
        readIds(in),
        readIds(in));
  }

  private static void writeConfig(DataOutputStream out, ConfigChanged changed) throws IOException {
    out.writeByte(changed.scope().ordinal());
    out.writeUTF(changed.name());
    out.writeUTF(changed.key());
    writeText(out, changed.value());
  }

  private static void writeQuota(DataOutputStream out, ClientQuotaChanged changed)
      throws IOException {
    out.writeByte(changed.entity().parts().size());
    for (Map.Entry<String, String> part : changed.entity().parts().entrySet()) {
      out.writeUTF(part.getKey());
      writeText(out, part.getValue());
    }
    out.writeUTF(changed.key());
    out.writeBoolean(changed.value() != null);
    if (changed.value() != null) {
      out.writeDouble(changed.value());
    }
  }

  private static QuotaEntity readEntity(DataInputStream in) throws IOException {
    TreeMap<String, String> parts = new TreeMap<>();
    int count = in.readByte();
    for (int i = 0; i < count; i++) {
      String kind = in.readUTF();
      parts.put(kind, readText(in));
    }
    return new QuotaEntity(parts);
  }

  private static Double readRate(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readDouble() : null;
  }

  private static void writeText(DataOutputStream out, String textOrNull) throws IOException {
    out.writeBoolean(textOrNull != null);
    if (textOrNull != null) {
      out.writeUTF(textOrNull);
    }
  }

  private static String readText(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }

  private static void writeIds(DataOutputStream out, List<Integer> ids) throws IOException {
    out.writeInt(ids.size());
    for (int id : ids) {
      out.writeInt(id);
    }
  }

  private static List<Integer> readIds(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Integer> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(in.readInt());
    }
    return ids;
  }

  private static void writeUuid(DataOutputStream out, Uuid id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  private static Uuid readUuid(DataInputStream in) throws IOException {
    return new Uuid(in.readLong(), in.readLong());
  }
}
