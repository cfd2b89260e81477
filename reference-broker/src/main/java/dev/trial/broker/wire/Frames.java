package dev.trial.broker.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Puts length-prefixed frames together again from a byte stream cut anywhere. A frame that lies
 * within one received chunk is a view of it; the sink may keep what it gets.
 *
 * <p>Memory is taken for what has arrived, and not for what a length announces: many nodes share a
 * heap here, where a broker of Kafka has its own (NetworkReceive takes it all at once).
 */
public final class Frames {

  /** socket.request.max.bytes: Kafka closes a connection that announces more. */
  public static final int MAX_BYTES = 100 * 1024 * 1024;

  private static final int PREFIX_BYTES = 4;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final int maxBytes;
  private final Consumer<ByteBuffer> sink;
  private final ByteBuffer prefix = ByteBuffer.allocate(PREFIX_BYTES);
  private int length;
  private ByteBuffer partial;

  public Frames(Consumer<ByteBuffer> sink) {
    this(MAX_BYTES, sink);
  }

  public Frames(int maxBytes, Consumer<ByteBuffer> sink) {
    this.maxBytes = maxBytes;
    this.sink = sink;
  }

  /**
   * Takes the next bytes of the stream and hands every complete frame to the sink.
   *
   * @return false when a frame's length is negative or too large: the stream is of no more use
   */
  public boolean received(byte[] bytes) {
    ByteBuffer chunk = ByteBuffer.wrap(bytes);
    while (chunk.hasRemaining()) {
      if (partial == null && !beginFrame(chunk)) {
        return false;
      }
      if (partial != null) {
        continueFrame(chunk);
      }
    }
    return true;
  }

  private boolean beginFrame(ByteBuffer chunk) {
    move(chunk, prefix);
    if (prefix.hasRemaining()) {
      return true;
    }
    length = prefix.getInt(0);
    prefix.clear();
    if (length < 0 || length > maxBytes) {
      return false;
    }
    if (chunk.remaining() >= length) {
      ByteBuffer frame = chunk.slice(chunk.position(), length);
      chunk.position(chunk.position() + length);
      sink.accept(frame);
    } else {
      partial = NOTHING;
    }
    return true;
  }

  private void continueFrame(ByteBuffer chunk) {
    int missing = length - partial.position();
    makeRoom(Math.min(chunk.remaining(), missing));
    move(chunk, partial);
    if (partial.position() == length) {
      ByteBuffer frame = partial.flip();
      partial = null;
      sink.accept(frame);
    }
  }

  /** Doubles, so that each byte is copied twice or so, whatever the size of the chunks. */
  private void makeRoom(int bytes) {
    if (partial.remaining() >= bytes) {
      return;
    }
    int needed = partial.position() + bytes;
    int capacity = (int) Math.min(length, Math.max(needed, 2L * partial.capacity()));
    partial = ByteBuffer.allocate(capacity).put(partial.flip());
  }

  /** Bytes of memory that the frame holds which has arrived in part. */
  public int heldBytes() {
    return partial == null ? 0 : partial.capacity();
  }

  private static void move(ByteBuffer from, ByteBuffer to) {
    int length = Math.min(from.remaining(), to.remaining());
    to.put(to.position(), from, from.position(), length);
    to.position(to.position() + length);
    from.position(from.position() + length);
  }
}
