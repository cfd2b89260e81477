package dev.trial.broker.quorum;

import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The log on disk: entries of an epoch and a payload, one offset each. It stays short, so it is
 * held in memory too; a snapshot (KIP-630) would replace a prefix of it.
 *
 * <p>Entry: length of the rest, CRC-32 of what follows it, epoch, payload. A torn or damaged tail
 * is cut off at opening.
 */
public final class MetadataLog {
  private static final String FILE = "metadata-log";
  private static final int PREFIX_BYTES = 8;
  private static final int EPOCH_BYTES = 4;

  private final DiskFile file;
  private final List<Entry> entries = new ArrayList<>();

  /** One entry; {@code position} is where it begins in the file. */
  public record Entry(long position, int epoch, byte[] payload) {}

  /** The last offset of an epoch plus one, as KIP-595 calls it. */
  public record EpochEnd(int epoch, long endOffset) {}

  public MetadataLog(Disk disk) {
    this.file = disk.open(FILE);
    ByteBuffer bytes = file.read(0, (int) file.size());
    long valid = decode(bytes, entries);
    if (valid < file.size()) {
      file.truncate(valid);
    }
  }

  /** The offset that the next entry gets. */
  public long endOffset() {
    return entries.size();
  }

  /** Epoch of the last entry, 0 when empty. */
  public int lastEpoch() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).epoch();
  }

  public Entry entry(long offset) {
    return entries.get((int) offset);
  }

  /** Appends and flushes: who answers a fetch or a vote relies on what is on disk. */
  public void append(int epoch, byte[] payload) {
    appendFramed(encode(epoch, payload));
  }

  /** Appends entries as another node's {@link #read} gave them, and flushes. */
  public void appendFramed(ByteBuffer framed) {
    List<Entry> fresh = new ArrayList<>();
    long length = decode(framed.duplicate(), fresh);
    long base = file.size();
    file.append(framed.duplicate().limit(framed.position() + (int) length));
    file.flush();
    fresh.forEach(e -> entries.add(new Entry(base + e.position(), e.epoch(), e.payload())));
  }

  /** Bytes of whole entries from {@code offset}, at least one if there is one. */
  public ByteBuffer read(long offset, int maxBytes) {
    if (offset >= entries.size()) {
      return ByteBuffer.allocate(0);
    }
    long from = entry(offset).position();
    long to = from;
    for (long next = offset; next < entries.size(); next++) {
      long end = next + 1 < entries.size() ? entry(next + 1).position() : file.size();
      if (to > from && end - from > maxBytes) {
        break;
      }
      to = end;
    }
    return file.read(from, (int) (to - from));
  }

  /** Cuts everything from {@code offset}, and flushes. */
  public void truncate(long offset) {
    if (offset < entries.size()) {
      file.truncate(entry(offset).position());
      file.flush();
      entries.subList((int) offset, entries.size()).clear();
    }
  }

  /** True if the entry before {@code offset} exists and has that epoch. */
  public boolean contains(long offset, int lastEpoch) {
    if (offset < 0 || offset > entries.size()) {
      return false;
    }
    return lastEpoch == (offset == 0 ? 0 : entry(offset - 1).epoch());
  }

  /** The newest epoch not above {@code epoch}, and where it ends (0, 0 if there is none). */
  public EpochEnd endOf(int epoch) {
    int end = entries.size();
    while (end > 0 && entries.get(end - 1).epoch() > epoch) {
      end--;
    }
    return new EpochEnd(end == 0 ? 0 : entries.get(end - 1).epoch(), end);
  }

  private static ByteBuffer encode(int epoch, byte[] payload) {
    ByteBuffer bytes = ByteBuffer.allocate(PREFIX_BYTES + EPOCH_BYTES + payload.length);
    bytes.putInt(payload.length + EPOCH_BYTES).putInt(0).putInt(epoch).put(payload).flip();
    bytes.putInt(4, crc(bytes.array(), PREFIX_BYTES, EPOCH_BYTES + payload.length));
    return bytes;
  }

  /** Decodes whole, undamaged entries and returns how many bytes they took. */
  private static long decode(ByteBuffer bytes, List<Entry> into) {
    int start = bytes.position();
    while (bytes.remaining() >= PREFIX_BYTES + EPOCH_BYTES) {
      int position = bytes.position();
      int length = bytes.getInt();
      int crc = bytes.getInt();
      if (length < EPOCH_BYTES || length > bytes.remaining()) {
        return position - start;
      }
      byte[] body = new byte[length];
      bytes.get(body);
      if (crc(body, 0, length) != crc) {
        return position - start;
      }
      byte[] payload = new byte[length - EPOCH_BYTES];
      System.arraycopy(body, EPOCH_BYTES, payload, 0, payload.length);
      into.add(new Entry(position - start, ByteBuffer.wrap(body).getInt(), payload));
    }
    return bytes.position() - start;
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
