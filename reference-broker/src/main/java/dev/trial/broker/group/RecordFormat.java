package dev.trial.broker.group;

import dev.trial.core.history.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * Kafka's formats of the records of {@code __consumer_offsets}: OffsetCommitKey (version 1, also
 * read as 0) and OffsetCommitValue (written as 1 or 4, read from 0), GroupMetadataKey (version 2)
 * and GroupMetadataValue (written as 3, read from 0 to 3), so that any tool can read the topic.
 * Records of the consumer protocol are with {@link ConsumerRecordFormat}.
 */
final class RecordFormat {
  private static final int OFFSET_KEY_VERSION = 1;
  private static final int GROUP_KEY_VERSION = 2;
  private static final int OFFSET_VALUE_WITH_EXPIRY = 1;
  private static final int OFFSET_VALUE_VERSION = 4;
  private static final int GROUP_VALUE_VERSION = 3;
  private static final int TOPIC_ID_TAG = 0;
  private static final int UUID_BYTES = 16;

  private RecordFormat() {}

  static byte[] key(StateRecord record) {
    if (record instanceof StateRecord.Consumer consumer) {
      return ConsumerRecordFormat.key(consumer);
    }
    Bytes bytes = new Bytes();
    if (record instanceof StateRecord.Offset offset) {
      bytes.int16(OFFSET_KEY_VERSION).string(offset.group()).string(offset.partition().topic());
      bytes.int32(offset.partition().partition());
    } else {
      bytes.int16(GROUP_KEY_VERSION).string(record.group());
    }
    return bytes.toArray();
  }

  /** The value's bytes, null for a tombstone. */
  static byte[] value(StateRecord record) {
    if (record instanceof StateRecord.Consumer consumer) {
      return ConsumerRecordFormat.value(consumer.fact());
    }
    if (record instanceof StateRecord.Offset offset) {
      return offset.value() == null ? null : offsetValue(offset.value());
    }
    GroupMetadata metadata = ((StateRecord.Group) record).value();
    return metadata == null ? null : groupValue(metadata);
  }

  private static byte[] offsetValue(CommittedOffset committed) {
    Bytes bytes = new Bytes();
    if (committed.expireEpochMs() >= 0) {
      bytes.int16(OFFSET_VALUE_WITH_EXPIRY).int64(committed.offset());
      bytes.string(committed.metadata()).int64(committed.commitEpochMs());
      return bytes.int64(committed.expireEpochMs()).toArray();
    }
    bytes.int16(OFFSET_VALUE_VERSION).int64(committed.offset()).int32(committed.leaderEpoch());
    bytes.compactString(committed.metadata()).int64(committed.commitEpochMs());
    Uuid topicId = committed.topicId();
    if (topicId.equals(Uuid.ZERO_UUID)) {
      return bytes.unsignedVarint(0).toArray();
    }
    bytes.unsignedVarint(1).unsignedVarint(TOPIC_ID_TAG).unsignedVarint(UUID_BYTES);
    bytes.int64(topicId.getMostSignificantBits()).int64(topicId.getLeastSignificantBits());
    return bytes.toArray();
  }

  private static byte[] groupValue(GroupMetadata metadata) {
    Bytes bytes = new Bytes();
    bytes.int16(GROUP_VALUE_VERSION).string(metadata.protocolType()).int32(metadata.generation());
    bytes.string(metadata.protocol()).string(metadata.leader());
    bytes.int64(metadata.stateSinceEpochMs()).int32(metadata.members().size());
    for (GroupMetadata.MemberMetadata member : metadata.members()) {
      bytes.string(member.memberId()).string(member.instanceId()).string(member.clientId());
      bytes.string(member.clientHost()).int32(member.rebalanceTimeoutMs());
      bytes.int32(member.sessionTimeoutMs()).sized(member.subscription());
      bytes.sized(member.assignment());
    }
    return bytes.toArray();
  }

  /**
   * Reads a record.
   *
   * @param value null for a tombstone
   * @return null for a kind of record that this coordinator does not know
   */
  static StateRecord read(ByteBuffer key, ByteBuffer value) {
    int version = key.getShort();
    return switch (version) {
      case 0, OFFSET_KEY_VERSION -> {
        String group = Bytes.readString(key);
        PartitionId partition = new PartitionId(Bytes.readString(key), key.getInt());
        yield new StateRecord.Offset(group, partition, value == null ? null : readOffset(value));
      }
      case GROUP_KEY_VERSION ->
          new StateRecord.Group(Bytes.readString(key), value == null ? null : readGroup(value));
      default -> ConsumerRecordFormat.read(version, key, value);
    };
  }

  private static CommittedOffset readOffset(ByteBuffer value) {
    int version = value.getShort();
    if (version < 0 || version > OFFSET_VALUE_VERSION) {
      throw new IllegalArgumentException("OffsetCommitValue of unknown version " + version);
    }
    long offset = value.getLong();
    int leaderEpoch = version >= 3 ? value.getInt() : -1;
    boolean compact = version >= OFFSET_VALUE_VERSION;
    String metadata = compact ? Bytes.readCompactString(value) : Bytes.readString(value);
    long commitEpochMs = value.getLong();
    long expireEpochMs = version == OFFSET_VALUE_WITH_EXPIRY ? value.getLong() : -1;
    Uuid topicId = compact ? readTopicId(value) : Uuid.ZERO_UUID;
    return new CommittedOffset(
        offset, leaderEpoch, metadata, commitEpochMs, expireEpochMs, topicId);
  }

  private static Uuid readTopicId(ByteBuffer value) {
    Uuid topicId = Uuid.ZERO_UUID;
    int tags = Bytes.readUnsignedVarint(value);
    for (int i = 0; i < tags; i++) {
      int tag = Bytes.readUnsignedVarint(value);
      int size = Bytes.readUnsignedVarint(value);
      if (tag == TOPIC_ID_TAG) {
        topicId = new Uuid(value.getLong(), value.getLong());
      } else {
        value.position(value.position() + size);
      }
    }
    return topicId;
  }

  private static GroupMetadata readGroup(ByteBuffer value) {
    int version = value.getShort();
    if (version < 0 || version > GROUP_VALUE_VERSION) {
      throw new IllegalArgumentException("GroupMetadataValue of unknown version " + version);
    }
    String protocolType = Bytes.readString(value);
    int generation = value.getInt();
    String protocol = Bytes.readString(value);
    String leader = Bytes.readString(value);
    long since = version >= 2 ? value.getLong() : -1;
    int count = value.getInt();
    List<GroupMetadata.MemberMetadata> members = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      members.add(readMember(value, version));
    }
    return new GroupMetadata(protocolType, generation, protocol, leader, since, members);
  }

  private static GroupMetadata.MemberMetadata readMember(ByteBuffer value, int version) {
    String memberId = Bytes.readString(value);
    String instanceId = version >= 3 ? Bytes.readString(value) : null;
    String clientId = Bytes.readString(value);
    String clientHost = Bytes.readString(value);
    int rebalanceTimeoutMs = version >= 1 ? value.getInt() : -1;
    int sessionTimeoutMs = value.getInt();
    return new GroupMetadata.MemberMetadata(
        memberId,
        instanceId,
        clientId,
        clientHost,
        rebalanceTimeoutMs < 0 ? sessionTimeoutMs : rebalanceTimeoutMs,
        sessionTimeoutMs,
        Bytes.readSized(value),
        Bytes.readSized(value));
  }
}
