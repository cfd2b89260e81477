package dev.trial.results.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Keeps two processes from writing the same runs into one directory, where each would replace the
 * other's files. Runs of other names, and of other seeds, go side by side. The operating system
 * takes the locks away from a process that has died, however it died, so a file that one of those
 * left behind locks nobody out.
 */
public final class RunsLock implements AutoCloseable {
  private static final String FILE = ".lock";

  /** A lock is on a range of bytes that need not be there: one byte a seed, beyond the name's. */
  private static final int SEED_BITS = 31;

  private static final long SEEDS = (1L << SEED_BITS) - 1;

  private final FileChannel channel;

  private RunsLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the directory, and holds no lock yet.
   *
   * @throws UncheckedIOException saying what to do, if nothing can be written there
   */
  public static RunsLock in(Path directory) {
    try {
      Files.createDirectories(directory);
      return new RunsLock(
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write to " + directory + " (" + FileProblem.reason(e) + "): choose another --out",
          e);
    }
  }

  /**
   * Takes the runs of that name with these seeds for as long as this is open; false if another
   * process is at some of them.
   */
  public boolean take(String name, long firstSeed, long seeds) {
    try {
      return channel.tryLock(position(name, firstSeed), seeds, false) != null;
    } catch (OverlappingFileLockException ours) {
      return false; // this very process
    } catch (IOException e) {
      throw new UncheckedIOException("runs cannot be locked: " + FileProblem.reason(e), e);
    }
  }

  private static long position(String name, long seed) {
    CRC32C checksum = new CRC32C();
    checksum.update(name.getBytes(StandardCharsets.UTF_8));
    return ((checksum.getValue() >>> 1) << SEED_BITS) + (seed & SEEDS);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
