package dev.trial.core.world;

import java.util.List;

/**
 * A machine's disk: flat, named files that outlive the process.
 *
 * <p>Written bytes are in the page cache: they survive a crash of the process and are lost at a
 * power loss unless flushed. Deleting and creating are durable at once.
 */
public interface Disk {

  /** Opens the file, creating it empty. Opening twice gives the same content. */
  DiskFile open(String name);

  /** Names that start with {@code prefix}, sorted. */
  List<String> list(String prefix);

  /** Removes the file if it is there. */
  void delete(String name);

  /** Atomically replaces {@code to} by {@code from} (both flushed), as rename(2) does. */
  void rename(String from, String to);
}
