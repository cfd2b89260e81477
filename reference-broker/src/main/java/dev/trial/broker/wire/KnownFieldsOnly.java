package dev.trial.broker.wire;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.types.RawTaggedField;

/**
 * A frame whose unknown tagged fields are passed over: whoever does not know a tag ignores it
 * (KIP-482). Kept, they would be written again with the request, and readers accept them in an
 * order that writers refuse.
 */
final class KnownFieldsOnly extends ByteBufferAccessor {
  private final ByteBuffer frame;

  KnownFieldsOnly(ByteBuffer frame) {
    super(frame);
    this.frame = frame;
  }

  @Override
  public List<RawTaggedField> readUnknownTaggedField(
      List<RawTaggedField> unknowns, int tag, int size) {
    if (size > frame.remaining()) {
      throw new IllegalArgumentException(
          "tag " + tag + " has " + size + " bytes, but only " + frame.remaining() + " are left");
    }
    frame.position(frame.position() + size);
    return unknowns;
  }
}
