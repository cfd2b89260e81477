package dev.trial.live.machine;

import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Files in a directory; a name's slashes become part of one flat file name. Nobody else changes the
 * directory, so it is read once: a broker of a thousand partitions lists names a thousand times.
 */
final class LiveDisk implements Disk {
  private final Path directory;
  private final Flushes flushes;
  private final NavigableSet<String> names = new TreeSet<>();
  private final Map<String, LiveFile> open = new TreeMap<>();

  /** What a power loss would keep of files that are closed: a crash alone flushes nothing. */
  private final Map<String, Long> flushedOfClosed = new TreeMap<>();

  LiveDisk(Path directory, Flushes flushes) {
    this.directory = directory;
    this.flushes = flushes;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new DiskException("cannot create the machine's directory", e);
    }
    readNames();
  }

  private void readNames() {
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(file -> names.add(file.getFileName().toString().replace('!', '/')));
    } catch (IOException e) {
      throw new DiskException("cannot list files", e);
    }
  }

  @Override
  public DiskFile open(String name) {
    LiveFile file = open.computeIfAbsent(name, this::opened);
    names.add(name);
    return file;
  }

  private LiveFile opened(String name) {
    return new LiveFile(path(name), flushedOfClosed.remove(name), flushes);
  }

  @Override
  public List<String> list(String prefix) {
    List<String> found = new ArrayList<>();
    for (String name : names.tailSet(prefix, true)) {
      if (!name.startsWith(prefix)) {
        break;
      }
      found.add(name);
    }
    return found;
  }

  @Override
  public void delete(String name) {
    close(name);
    flushedOfClosed.remove(name);
    try {
      Files.deleteIfExists(path(name));
      names.remove(name);
    } catch (IOException e) {
      throw new DiskException("cannot delete " + name, e);
    }
  }

  @Override
  public void rename(String from, String to) {
    close(from);
    close(to);
    try {
      flushedOfClosed.put(to, Files.size(path(from)));
      flushedOfClosed.remove(from);
      Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
      names.remove(from);
      names.add(to);
    } catch (IOException e) {
      throw new DiskException("cannot rename " + from + " to " + to, e);
    }
  }

  /** The process is gone: what was written stays. */
  void closeAll() {
    List.copyOf(open.keySet()).forEach(this::close);
    flushes.await();
  }

  /** Power is gone: every file goes back to what was flushed. */
  void losePower() {
    flushes.await();
    List.copyOf(flushedOfClosed.keySet()).forEach(this::open);
    open.values().forEach(LiveFile::losePower);
    closeAll();
  }

  private void close(String name) {
    LiveFile file = open.remove(name);
    if (file != null) {
      flushedOfClosed.put(name, file.flushed());
      file.close();
    }
  }

  private Path path(String name) {
    return directory.resolve(name.replace('/', '!'));
  }
}
