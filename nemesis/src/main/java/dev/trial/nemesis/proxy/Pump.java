package dev.trial.nemesis.proxy;

import dev.trial.core.world.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Moves bytes one way, each piece at its due time, so that latency delays bytes and does not
 * throttle them. Toxics are looked at before each read and each write: bytes read before a cut wait
 * here until it heals.
 */
final class Pump implements Runnable {
  private static final int CHUNK_BYTES = 16 * 1024;
  private static final int TICK_MS = 5;
  private static final int FRAME_BYTES_MAX = 256 * 1024 * 1024;

  private final ProxiedConnection connection;
  private final String stream;
  private final Socket source;
  private final Socket sink;
  private final RandomStream random;
  private final long openedNs = System.nanoTime();
  private final Deque<Piece> pending = new ArrayDeque<>();
  private ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private volatile boolean stopped;
  private boolean sourceEnded;
  private long frozenBytes;
  private long passedBytes;
  private long lastDueNs = System.nanoTime();

  private record Piece(byte[] bytes, long dueNs) {}

  Pump(
      ProxiedConnection connection,
      String stream,
      Socket source,
      Socket sink,
      RandomStream random) {
    this.connection = connection;
    this.stream = stream;
    this.source = source;
    this.sink = sink;
    this.random = random;
  }

  void stop() {
    stopped = true;
  }

  /** Puts an answer of our own into the stream, behind what is already due. */
  void inject(byte[] frame) {
    synchronized (pending) {
      pending.add(new Piece(withLength(frame), Math.max(lastDueNs, System.nanoTime())));
    }
  }

  @Override
  public void run() {
    try {
      while (!stopped && !finished()) {
        if (broken()) {
          break;
        }
        writeDue();
        if (mayRead()) {
          read();
        } else {
          TimeUnit.MILLISECONDS.sleep(TICK_MS);
        }
      }
      end();
    } catch (IOException | RuntimeException e) {
      // A peer went away, or what it sent is not what this proxy carries.
      connection.close(false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connection.pumpEnded();
    }
  }

  private boolean finished() {
    synchronized (pending) {
      return sourceEnded && pending.isEmpty() && mayWrite();
    }
  }

  /** Passes the end of the stream on. */
  private void end() throws IOException, InterruptedException {
    if (stopped) {
      return;
    }
    for (Toxic toxic : mine("slow_close")) {
      TimeUnit.MILLISECONDS.sleep(toxic.number("delay"));
    }
    sink.shutdownOutput();
  }

  /** Ends the connection if a toxic says that its time has come. */
  private boolean broken() {
    long ageMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - openedNs);
    for (Toxic toxic : mine("timeout")) {
      if (toxic.number("timeout") > 0 && ageMs >= toxic.number("timeout")) {
        connection.close(false);
        return true;
      }
    }
    for (Toxic toxic : mine("reset_peer")) {
      if (ageMs >= toxic.number("timeout")) {
        connection.close(true);
        return true;
      }
    }
    return false;
  }

  private boolean held() {
    return !mine("cut").isEmpty()
        || mine("bandwidth").stream().anyMatch(toxic -> toxic.number("rate") == 0);
  }

  /** What a frozen connection has taken stays in its buffer. */
  private boolean mayWrite() {
    return !held() && mine("kafka_freeze").isEmpty();
  }

  private boolean mayRead() {
    if (sourceEnded || held()) {
      return false;
    }
    List<Toxic> freezes = mine("kafka_freeze");
    if (freezes.isEmpty()) {
      frozenBytes = 0;
    }
    return freezes.stream().allMatch(toxic -> frozenBytes < toxic.number("buffer"));
  }

  private void read() throws IOException {
    List<Toxic> freezes = mine("kafka_freeze");
    int room = CHUNK_BYTES;
    for (Toxic toxic : freezes) {
      room = (int) Math.min(room, toxic.number("buffer") - frozenBytes);
    }
    if (room <= 0) {
      return;
    }
    byte[] buffer = new byte[room];
    source.setSoTimeout(TICK_MS);
    int count;
    try {
      count = source.getInputStream().read(buffer);
    } catch (SocketTimeoutException e) {
      return;
    }
    if (count < 0) {
      sourceEnded = true;
      return;
    }
    frozenBytes += freezes.isEmpty() ? 0 : count;
    accept(Arrays.copyOf(buffer, count));
  }

  private void accept(byte[] bytes) throws IOException {
    if (!connection.proxy().kafka()) {
      schedule(bytes, 0);
      return;
    }
    partial.write(bytes);
    byte[] all = partial.toByteArray();
    int at = 0;
    while (all.length - at >= Integer.BYTES) {
      int length = ByteBuffer.wrap(all, at, Integer.BYTES).getInt();
      if (length < 0 || length > FRAME_BYTES_MAX) {
        throw new IOException("not a Kafka frame: length " + length);
      }
      if (all.length - at - Integer.BYTES < length) {
        break;
      }
      at += Integer.BYTES + length;
      frame(Arrays.copyOfRange(all, at - length, at));
    }
    if (at > 0) {
      partial = new ByteArrayOutputStream();
      partial.write(all, at, all.length - at);
    }
  }

  private void frame(byte[] frame) {
    if (stream.equals(Toxic.UPSTREAM)) {
      int apiKey = frame.length < Short.BYTES ? -1 : ByteBuffer.wrap(frame).getShort();
      byte[] forwarded = connection.request(frame);
      if (forwarded != null) {
        schedule(withLength(forwarded), delayMs(apiKey));
      }
      return;
    }
    int apiKey = connection.answeredApi();
    if (mine("kafka_drop").stream().anyMatch(toxic -> hits(toxic, apiKey))) {
      connection.swallow();
    }
    schedule(withLength(frame), delayMs(apiKey));
    connection.answered();
  }

  private long delayMs(int apiKey) {
    long delayMs = 0;
    for (Toxic toxic : mine("kafka_delay")) {
      delayMs += hits(toxic, apiKey) ? toxic.number("delay") : 0;
    }
    return delayMs;
  }

  private boolean hits(Toxic toxic, int apiKey) {
    return connection.proxy().codec().apiKey(toxic.text("api")) == apiKey && toxic.take();
  }

  private void schedule(byte[] bytes, long extraMs) {
    boolean swallowed = stream.equals(Toxic.DOWNSTREAM) && connection.swallowing();
    if (swallowed || !mine("timeout").isEmpty()) {
      return;
    }
    long dueNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(extraMs);
    for (Toxic toxic : mine("latency")) {
      long jitterMs = toxic.number("jitter");
      long delayMs = toxic.number("latency") + random.between(-jitterMs, jitterMs);
      dueNs += TimeUnit.MILLISECONDS.toNanos(Math.max(0, delayMs));
    }
    for (byte[] slice : slices(bytes)) {
      synchronized (pending) {
        lastDueNs = Math.max(lastDueNs, dueNs) + paceNs(slice.length);
        pending.add(new Piece(slice, lastDueNs));
      }
    }
  }

  /** What a slicer's delay and a bandwidth add after the piece before. */
  private long paceNs(int bytes) {
    long paceNs = 0;
    for (Toxic toxic : mine("slicer")) {
      paceNs += TimeUnit.MICROSECONDS.toNanos(toxic.number("delay"));
    }
    for (Toxic toxic : mine("bandwidth")) {
      long rate = toxic.number("rate");
      paceNs += rate == 0 ? 0 : bytes * 1_000_000_000L / (rate * 1_024);
    }
    return paceNs;
  }

  private List<byte[]> slices(byte[] bytes) {
    List<Toxic> slicers = mine("slicer");
    if (slicers.isEmpty()) {
      return List.of(bytes);
    }
    long average = Math.max(1, slicers.get(0).number("average_size"));
    long variation = Math.min(average - 1, slicers.get(0).number("size_variation"));
    List<byte[]> slices = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int size = (int) random.between(average - variation, average + variation);
      int to = Math.min(bytes.length, from + size);
      slices.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return slices;
  }

  private void writeDue() throws IOException {
    while (!stopped && mayWrite()) {
      Piece piece;
      synchronized (pending) {
        piece = pending.peek();
        if (piece == null || piece.dueNs > System.nanoTime()) {
          return;
        }
        pending.remove();
      }
      write(piece.bytes);
    }
  }

  private void write(byte[] bytes) throws IOException {
    int length = bytes.length;
    for (Toxic toxic : mine("limit_data")) {
      length = (int) Math.min(length, Math.max(0, toxic.number("bytes") - passedBytes));
    }
    sink.getOutputStream().write(bytes, 0, length);
    passedBytes += length;
    if (length < bytes.length) {
      connection.close(false);
    }
  }

  private List<Toxic> mine(String type) {
    List<Toxic> found = List.of();
    for (Toxic toxic : connection.proxy().toxics()) {
      if (toxic.is(type) && toxic.stream().equals(stream) && connection.affectedBy(toxic)) {
        found = found.isEmpty() ? new ArrayList<>() : found;
        found.add(toxic);
      }
    }
    return found;
  }

  private static byte[] withLength(byte[] frame) {
    return ByteBuffer.allocate(Integer.BYTES + frame.length)
        .putInt(frame.length)
        .put(frame)
        .array();
  }
}
