package dev.trial.broker.replication;

import java.nio.ByteBuffer;

/** Finds the value id in a record's bytes; both buffers may be null. */
@FunctionalInterface
public interface ValueReader {
  long value(ByteBuffer key, ByteBuffer value);
}
