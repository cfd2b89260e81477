package dev.trial.live.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ByteBufferAccessor;

/**
 * The few records of KRaft's metadata log (KIP-500, KIP-631) that tell which brokers serve, who
 * leads which partition and which features there are: RegisterBrokerRecord,
 * BrokerRegistrationChangeRecord, TopicRecord, RemoveTopicRecord, PartitionRecord,
 * PartitionChangeRecord and FeatureLevelRecord. A value begins with the frame version, the record's
 * key and its version as unsigned varints; the rest is a flexible message.
 */
final class MetadataRecords {
  private static final int REGISTER_BROKER = 0;
  private static final int TOPIC = 2;
  private static final int PARTITION = 3;
  private static final int PARTITION_CHANGE = 5;
  private static final int REMOVE_TOPIC = 9;
  private static final int FEATURE_LEVEL = 12;
  private static final int REGISTRATION_CHANGE = 17;
  private static final int UNCHANGED = -2;

  private MetadataRecords() {}

  /** What a record says; other kinds of records say nothing here. */
  sealed interface Change {
    /** A new incarnation of a broker registered; it is fenced until told otherwise. */
    record Registered(int broker) implements Change {}

    /** A broker may serve now, or no more. */
    record Fencing(int broker, boolean fenced) implements Change {}

    /** A feature has that level now; 0 is as good as none (KIP-584). */
    record Feature(String name, int level) implements Change {}

    /** A topic was created. */
    record Topic(String name, Uuid id) implements Change {}

    /** A topic is gone. */
    record Gone(Uuid id) implements Change {}

    /** A partition came to be. */
    record Created(
        Uuid topic, int partition, List<Integer> replicas, List<Integer> isr, int leader, int epoch)
        implements Change {}

    /**
     * A partition changed; null or empty fields are as before.
     *
     * @param leader null if unchanged; −1 for none
     */
    record Changed(
        Uuid topic,
        int partition,
        List<Integer> replicas,
        List<Integer> isr,
        List<Integer> eligible,
        Integer leader)
        implements Change {}
  }

  /** The change in a record's value; null if it is of no interest. */
  static Change read(ByteBuffer value) {
    ByteBufferAccessor in = new ByteBufferAccessor(value);
    in.readUnsignedVarint();
    int key = in.readUnsignedVarint();
    in.readUnsignedVarint(); // version: the fields read here are the same in all
    return switch (key) {
      case REGISTER_BROKER -> new Change.Registered(in.readInt());
      case REGISTRATION_CHANGE -> registration(in);
      case TOPIC -> new Change.Topic(string(in), in.readUuid());
      case REMOVE_TOPIC -> new Change.Gone(in.readUuid());
      case FEATURE_LEVEL -> new Change.Feature(string(in), in.readShort());
      case PARTITION -> created(in);
      case PARTITION_CHANGE -> changed(in);
      default -> null;
    };
  }

  private static Change registration(ByteBufferAccessor in) {
    int broker = in.readInt();
    in.readLong(); // broker epoch
    Map<Integer, ByteBufferAccessor> tagged = tagged(in);
    ByteBufferAccessor fenced = tagged.get(0);
    return fenced == null ? null : new Change.Fencing(broker, fenced.readByte() > 0);
  }

  private static Change created(ByteBufferAccessor in) {
    int partition = in.readInt();
    Uuid topic = in.readUuid();
    List<Integer> replicas = integers(in);
    List<Integer> isr = integers(in);
    integers(in); // removing
    integers(in); // adding
    int leader = in.readInt();
    int epoch = in.readInt();
    return new Change.Created(topic, partition, replicas, isr, leader, epoch);
  }

  private static Change changed(ByteBufferAccessor in) {
    int partition = in.readInt();
    Uuid topic = in.readUuid();
    Map<Integer, ByteBufferAccessor> tagged = tagged(in);
    List<Integer> isr = tagged.containsKey(0) ? integers(tagged.get(0)) : null;
    int leader = tagged.containsKey(1) ? tagged.get(1).readInt() : UNCHANGED;
    List<Integer> replicas = tagged.containsKey(2) ? integers(tagged.get(2)) : null;
    List<Integer> eligible = tagged.containsKey(6) ? integers(tagged.get(6)) : null;
    Integer changed = leader == UNCHANGED ? null : leader;
    return new Change.Changed(topic, partition, replicas, isr, eligible, changed);
  }

  private static Map<Integer, ByteBufferAccessor> tagged(ByteBufferAccessor in) {
    Map<Integer, ByteBufferAccessor> fields = new TreeMap<>();
    int count = in.readUnsignedVarint();
    for (int i = 0; i < count; i++) {
      int tag = in.readUnsignedVarint();
      int size = in.readUnsignedVarint();
      fields.put(tag, new ByteBufferAccessor(ByteBuffer.wrap(in.readArray(size))));
    }
    return fields;
  }

  private static String string(ByteBufferAccessor in) {
    return in.readString(in.readUnsignedVarint() - 1);
  }

  private static List<Integer> integers(ByteBufferAccessor in) {
    int count = in.readUnsignedVarint() - 1;
    if (count < 0) {
      return null;
    }
    List<Integer> integers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      integers.add(in.readInt());
    }
    return integers;
  }
}
