package dev.trial.broker.group;

import dev.trial.broker.group.consumer.ConsumerGroupRecord;
import dev.trial.broker.group.consumer.ConsumerGroupRecord.AssignmentEpoch;
import dev.trial.broker.group.consumer.ConsumerGroupRecord.GroupEpoch;
import dev.trial.broker.group.consumer.CurrentAssignment;
import dev.trial.broker.group.consumer.IdPartition;
import dev.trial.broker.group.consumer.MemberState;
import dev.trial.broker.group.consumer.Subscription;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.Uuid;

/**
 * Kafka's formats of the records of consumer groups (KIP-848): the key begins with the record's
 * type, the value with version 0 and then compact fields. ConsumerGroupPartitionMetadata (4) is no
 * longer written by Kafka 4.1 and later, regular expressions (16) are not resolved here; both are
 * passed over.
 */
final class ConsumerRecordFormat {
  private static final int EPOCH = 3;
  private static final int MEMBER = 5;
  private static final int TARGET_EPOCH = 6;
  private static final int TARGET = 7;
  private static final int CURRENT = 8;
  private static final int VERSION = 0;

  private ConsumerRecordFormat() {}

  static byte[] key(StateRecord.Consumer record) {
    Bytes bytes = new Bytes();
    ConsumerGroupRecord fact = record.fact();
    if (fact instanceof ConsumerGroupRecord.Epoch) {
      bytes.int16(EPOCH).string(record.group());
    } else if (fact instanceof ConsumerGroupRecord.TargetEpoch) {
      bytes.int16(TARGET_EPOCH).string(record.group());
    } else if (fact instanceof ConsumerGroupRecord.Member member) {
      bytes.int16(MEMBER).string(record.group()).string(member.memberId());
    } else if (fact instanceof ConsumerGroupRecord.Target target) {
      bytes.int16(TARGET).string(record.group()).string(target.memberId());
    } else if (fact instanceof ConsumerGroupRecord.Current current) {
      bytes.int16(CURRENT).string(record.group()).string(current.memberId());
    }
    return bytes.toArray();
  }

  /** The value's bytes, null for a tombstone. */
  static byte[] value(ConsumerGroupRecord fact) {
    if (fact instanceof ConsumerGroupRecord.Epoch epoch) {
      return epoch.value() == null
          ? null
          : epoch(epoch.value().epoch(), epoch.value().metadataHash());
    }
    if (fact instanceof ConsumerGroupRecord.TargetEpoch epoch) {
      return epoch.value() == null
          ? null
          : epoch(epoch.value().epoch(), epoch.value().computedEpochMs());
    }
    if (fact instanceof ConsumerGroupRecord.Member member) {
      return member.value() == null ? null : subscription(member.value());
    }
    if (fact instanceof ConsumerGroupRecord.Target target) {
      return target.value() == null ? null : target(target.value());
    }
    CurrentAssignment current = ((ConsumerGroupRecord.Current) fact).value();
    return current == null ? null : current(current);
  }

  /** ConsumerGroupMetadataValue and ConsumerGroupTargetAssignmentMetadataValue look the same. */
  private static byte[] epoch(int epoch, long tagged) {
    Bytes bytes = new Bytes().int16(VERSION).int32(epoch);
    if (tagged == 0) {
      return bytes.unsignedVarint(0).toArray();
    }
    return bytes
        .unsignedVarint(1)
        .unsignedVarint(0)
        .unsignedVarint(Long.BYTES)
        .int64(tagged)
        .toArray();
  }

  private static byte[] subscription(Subscription value) {
    Bytes bytes = new Bytes().int16(VERSION);
    bytes.compactString(value.instanceId()).compactString(value.rackId());
    bytes.compactString(value.clientId()).compactString(value.clientHost());
    bytes.unsignedVarint(value.topics().size() + 1);
    value.topics().forEach(bytes::compactString);
    bytes.compactString(value.regex()).int32(value.rebalanceTimeoutMs());
    bytes.compactString(value.assignor());
    ClassicTermsFormat.write(bytes, value.classic());
    return bytes.toArray();
  }

  private static byte[] target(SortedSet<IdPartition> partitions) {
    Bytes bytes = new Bytes().int16(VERSION);
    partitions(bytes, partitions, null);
    return bytes.unsignedVarint(0).toArray();
  }

  private static byte[] current(CurrentAssignment value) {
    Bytes bytes = new Bytes().int16(VERSION).int32(value.epoch()).int32(value.previousEpoch());
    bytes.int8(value.state().code());
    partitions(bytes, value.assigned().keySet(), value.assigned()::get);
    partitions(bytes, value.revoking().keySet(), value.revoking()::get);
    return bytes.unsignedVarint(0).toArray();
  }

  /**
   * Partitions by topic.
   *
   * @param since their assignment epochs (KIP-1251), null where there are none
   */
  private static void partitions(
      Bytes bytes, Collection<IdPartition> partitions, ToIntFunction<IdPartition> since) {
    SortedMap<Uuid, SortedSet<IdPartition>> byTopic = new TreeMap<>();
    partitions.forEach(
        partition ->
            byTopic.computeIfAbsent(partition.topicId(), id -> new TreeSet<>()).add(partition));
    bytes.unsignedVarint(byTopic.size() + 1);
    byTopic.forEach(
        (topic, own) -> {
          bytes.int64(topic.getMostSignificantBits()).int64(topic.getLeastSignificantBits());
          bytes.unsignedVarint(own.size() + 1);
          own.forEach(partition -> bytes.int32(partition.partition()));
          if (since == null) {
            bytes.unsignedVarint(0);
          } else {
            Bytes epochs = new Bytes().unsignedVarint(own.size() + 1);
            own.forEach(partition -> epochs.int32(since.applyAsInt(partition)));
            bytes.unsignedVarint(1).unsignedVarint(0).unsignedVarint(epochs.size());
            bytes.bytes(epochs.toArray());
          }
        });
  }

  // ---- reading

  /**
   * Reads a record.
   *
   * @param type as the key had it
   * @param value null for a tombstone
   * @return null for a type that is not known here
   */
  static StateRecord read(int type, ByteBuffer key, ByteBuffer value) {
    if (type < EPOCH || type > CURRENT || type == 4) {
      return null;
    }
    String group = Bytes.readString(key);
    String member = type == EPOCH || type == TARGET_EPOCH ? null : Bytes.readString(key);
    if (value != null && value.getShort() != VERSION) {
      throw new IllegalArgumentException(
          "a record of type " + type + " of group " + group + " has an unknown version");
    }
    ConsumerGroupRecord fact =
        switch (type) {
          case EPOCH -> new ConsumerGroupRecord.Epoch(value == null ? null : readEpoch(value));
          case TARGET_EPOCH ->
              new ConsumerGroupRecord.TargetEpoch(value == null ? null : readTargetEpoch(value));
          case MEMBER ->
              new ConsumerGroupRecord.Member(
                  member, value == null ? null : readSubscription(value));
          case TARGET ->
              new ConsumerGroupRecord.Target(
                  member, value == null ? null : new TreeSet<>(readPartitions(value, 0).keySet()));
          default ->
              new ConsumerGroupRecord.Current(member, value == null ? null : readCurrent(value));
        };
    return new StateRecord.Consumer(group, fact);
  }

  private static GroupEpoch readEpoch(ByteBuffer value) {
    return new GroupEpoch(value.getInt(), readTaggedLong(value));
  }

  private static AssignmentEpoch readTargetEpoch(ByteBuffer value) {
    return new AssignmentEpoch(value.getInt(), readTaggedLong(value));
  }

  private static long readTaggedLong(ByteBuffer value) {
    long found = 0;
    int tags = Bytes.readUnsignedVarint(value);
    for (int i = 0; i < tags; i++) {
      int tag = Bytes.readUnsignedVarint(value);
      int size = Bytes.readUnsignedVarint(value);
      if (tag == 0) {
        found = value.getLong();
      } else {
        value.position(value.position() + size);
      }
    }
    return found;
  }

  private static Subscription readSubscription(ByteBuffer value) {
    String instanceId = Bytes.readCompactString(value);
    String rackId = Bytes.readCompactString(value);
    String clientId = Bytes.readCompactString(value);
    String clientHost = Bytes.readCompactString(value);
    SortedSet<String> topics = new TreeSet<>();
    int count = Bytes.readUnsignedVarint(value) - 1;
    for (int i = 0; i < count; i++) {
      topics.add(Bytes.readCompactString(value));
    }
    String regex = Bytes.readCompactString(value);
    int rebalanceTimeoutMs = value.getInt();
    String assignor = Bytes.readCompactString(value);
    return new Subscription(
        instanceId,
        rackId,
        clientId,
        clientHost,
        topics,
        regex,
        rebalanceTimeoutMs,
        assignor,
        ClassicTermsFormat.read(value));
  }

  private static CurrentAssignment readCurrent(ByteBuffer value) {
    int epoch = value.getInt();
    int previous = value.getInt();
    MemberState state = MemberState.of(value.get());
    SortedMap<IdPartition, Integer> assigned = readPartitions(value, epoch);
    return new CurrentAssignment(epoch, previous, state, assigned, readPartitions(value, epoch));
  }

  /** Partitions without assignment epochs, as older brokers wrote them, have the member's epoch. */
  private static SortedMap<IdPartition, Integer> readPartitions(ByteBuffer value, int epoch) {
    SortedMap<IdPartition, Integer> partitions = new TreeMap<>();
    int topics = Bytes.readUnsignedVarint(value) - 1;
    for (int i = 0; i < topics; i++) {
      Uuid topic = new Uuid(value.getLong(), value.getLong());
      int[] numbers = readNumbers(value);
      int[] since = new int[0];
      int tags = Bytes.readUnsignedVarint(value);
      for (int t = 0; t < tags; t++) {
        int tag = Bytes.readUnsignedVarint(value);
        int size = Bytes.readUnsignedVarint(value);
        if (tag == 0) {
          since = readNumbers(value);
        } else {
          value.position(value.position() + size);
        }
      }
      for (int p = 0; p < numbers.length; p++) {
        boolean told = since.length == numbers.length;
        partitions.put(new IdPartition(topic, numbers[p]), told ? since[p] : epoch);
      }
    }
    return partitions;
  }

  private static int[] readNumbers(ByteBuffer value) {
    int[] numbers = new int[Bytes.readUnsignedVarint(value) - 1];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = value.getInt();
    }
    return numbers;
  }
}
