package dev.trial.sim.world;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Rolling 128-bit hash over everything that happens: entries of (virtual time, kind, party, two
 * numbers), every wire byte among them as the checksum of its segment. Two runs with equal hashes
 * did the same things at the same times.
 */
public final class Trace {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;

  private final CRC32C checksum = new CRC32C();
  private final TraceProbe probe;
  private long low = PRIME_1;
  private long high = PRIME_2;
  private long entries;
  private int[] prefixes;

  Trace(boolean keepPrefixes, TraceProbe probe) {
    this.prefixes = keepPrefixes ? new int[4096] : null;
    this.probe = probe;
  }

  /** How many entries were mixed in. */
  public long entries() {
    return entries;
  }

  /** The hash so far, 32 hexadecimal digits. */
  public String hash() {
    return hex(finish(low ^ entries)) + hex(finish(high + low));
  }

  /**
   * The hash after each entry, cut to 32 bits; empty unless the options asked for it. The first
   * index at which two runs differ is the number of the first entry that diverged.
   */
  public int[] prefixes() {
    return prefixes == null ? new int[0] : Arrays.copyOf(prefixes, (int) entries);
  }

  /** Number of the first entry in which two runs differ; −1 if they are the same. */
  public static long firstDifference(int[] one, int[] other) {
    int mismatch = Arrays.mismatch(one, other);
    return mismatch;
  }

  void mix(long timeNs, TraceKind kind, int party, long first, long second) {
    absorb(timeNs, ((long) kind.ordinal() << 32) ^ (party & 0xFFFFFFFFL));
    absorb(first, second);
    if (prefixes != null) {
      keepPrefix();
    }
    if (probe != null) {
      probe.entry(entries, timeNs, kind, party, first, second);
    }
    entries++;
  }

  void bytes(long timeNs, TraceKind kind, int party, long what, byte[] bytes) {
    checksum.reset();
    checksum.update(bytes, 0, bytes.length);
    mix(timeNs, kind, party, what, checksum.getValue() ^ ((long) bytes.length << 32));
  }

  void text(long timeNs, TraceKind kind, int party, String text, long first, long second) {
    long mixed = text.length();
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * PRIME_1;
      mixed ^= mixed >>> 29;
    }
    mix(timeNs, kind, party, mixed ^ (first * PRIME_2), second);
    if (probe != null) {
      probe.note(entries - 1, text);
    }
  }

  /** Describes the entry to come, if somebody looks at it. */
  boolean watched() {
    return probe != null && probe.wants(entries);
  }

  void describe(String text) {
    probe.note(entries, text);
  }

  private void absorb(long first, long second) {
    low = Long.rotateLeft(low ^ (first * PRIME_1), 31) * PRIME_2 + second;
    high = Long.rotateLeft(high + (second * PRIME_2), 27) * PRIME_1 ^ low;
  }

  private void keepPrefix() {
    if (entries == prefixes.length) {
      prefixes = Arrays.copyOf(prefixes, prefixes.length * 2);
    }
    prefixes[(int) entries] = (int) (finish(low) >>> 32);
  }

  private static long finish(long value) {
    long z = (value ^ (value >>> 32)) * PRIME_1;
    z = (z ^ (z >>> 29)) * PRIME_2;
    return z ^ (z >>> 32);
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
