package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.kafka.common.network.ByteBufferSend;
import org.apache.kafka.common.network.NetworkSend;

/**
 * Watches the bytes that were handed to {@code send()}: until they are on the wire they must not
 * change. A client that reuses a buffer too early (KAFKA-19012) corrupts a request silently.
 */
final class WireGuard {
  private static final Field SEND = field(NetworkSend.class, "send");
  private static final Field BUFFERS = field(ByteBufferSend.class, "buffers");
  private static final ByteBuffer[] NOTHING = {};

  private final ByteBuffer[] unwritten;
  private final CRC32 sum = new CRC32();
  private long expected;
  private boolean reported;

  private WireGuard(ByteBuffer[] unwritten) {
    this.unwritten = unwritten;
    this.expected = checksum();
  }

  static WireGuard over(NetworkSend send) {
    try {
      if (!(SEND.get(send) instanceof ByteBufferSend bytes)) {
        return new WireGuard(NOTHING);
      }
      ByteBuffer[] theirs = (ByteBuffer[]) BUFFERS.get(bytes);
      ByteBuffer[] views = new ByteBuffer[theirs.length];
      for (int i = 0; i < theirs.length; i++) {
        views[i] = theirs[i].duplicate();
      }
      return new WireGuard(views);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot look into a send", e);
    }
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(
          "this kafka-clients keeps its bytes elsewhere; teach WireGuard where", e);
    }
  }

  void check(Kernel kernel, String connection) {
    if (!reported && checksum() != expected) {
      reported = true;
      kernel.oracle(
          "buffer-changed", "bytes of a request to node " + connection + " changed in its buffer");
    }
  }

  void wrote(long count) {
    long left = count;
    for (int i = 0; i < unwritten.length && left > 0; i++) {
      int step = (int) Math.min(left, unwritten[i].remaining());
      unwritten[i].position(unwritten[i].position() + step);
      left -= step;
    }
    expected = checksum();
  }

  private long checksum() {
    sum.reset();
    for (ByteBuffer buffer : unwritten) {
      sum.update(buffer.duplicate());
    }
    return sum.getValue();
  }
}
