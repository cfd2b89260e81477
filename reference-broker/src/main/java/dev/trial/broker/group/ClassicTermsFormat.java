package dev.trial.broker.group;

import dev.trial.broker.group.consumer.ClassicTerms;
import dev.trial.broker.group.consumer.GroupProtocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The tagged field of ConsumerGroupMemberMetadataValue that tells members of the classic protocol
 * apart: its struct may be null, which is written as well.
 */
final class ClassicTermsFormat {
  private static final int TAG = 0;
  private static final int PRESENT = 1;
  private static final int ABSENT = 0;

  private ClassicTermsFormat() {}

  /** The value's tagged fields, of which this is the only one. */
  static void write(Bytes bytes, ClassicTerms terms) {
    bytes.unsignedVarint(1).unsignedVarint(TAG);
    if (terms == null) {
      bytes.unsignedVarint(1).unsignedVarint(ABSENT);
      return;
    }
    Bytes struct = new Bytes().unsignedVarint(PRESENT).int32(terms.sessionTimeoutMs());
    struct.unsignedVarint(terms.protocols().size() + 1);
    for (GroupProtocol protocol : terms.protocols()) {
      struct.compactString(protocol.name()).unsignedVarint(protocol.metadata().length + 1);
      struct.bytes(protocol.metadata()).unsignedVarint(0);
    }
    struct.unsignedVarint(0);
    bytes.unsignedVarint(struct.size()).bytes(struct.toArray());
  }

  /** Null for a member of the consumer protocol. */
  static ClassicTerms read(ByteBuffer value) {
    ClassicTerms terms = null;
    int tags = Bytes.readUnsignedVarint(value);
    for (int i = 0; i < tags; i++) {
      int tag = Bytes.readUnsignedVarint(value);
      int size = Bytes.readUnsignedVarint(value);
      int next = value.position() + size;
      if (tag == TAG && Bytes.readUnsignedVarint(value) == PRESENT) {
        terms = readStruct(value);
      }
      value.position(next);
    }
    return terms;
  }

  private static ClassicTerms readStruct(ByteBuffer value) {
    int sessionTimeoutMs = value.getInt();
    int count = Bytes.readUnsignedVarint(value) - 1;
    List<GroupProtocol> protocols = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String name = Bytes.readCompactString(value);
      byte[] metadata = Bytes.readBytes(value, Bytes.readUnsignedVarint(value) - 1);
      int tags = Bytes.readUnsignedVarint(value);
      for (int t = 0; t < tags; t++) {
        Bytes.readUnsignedVarint(value);
        value.position(value.position() + Bytes.readUnsignedVarint(value));
      }
      protocols.add(new GroupProtocol(name, metadata));
    }
    return new ClassicTerms(sessionTimeoutMs, protocols);
  }
}
