package dev.trial.live.machine;

import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files in a directory; a name's slashes become part of one flat file name. */
final class LiveDisk implements Disk {
  private final Path directory;
  private final Map<String, LiveFile> open = new TreeMap<>();

  /** What a power loss would keep of files that are closed: a crash alone flushes nothing. */
  private final Map<String, Long> flushedOfClosed = new TreeMap<>();

  LiveDisk(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new DiskException("cannot create the machine's directory", e);
    }
  }

  @Override
  public DiskFile open(String name) {
    return open.computeIfAbsent(name, key -> new LiveFile(path(key), flushedOfClosed.remove(key)));
  }

  @Override
  public List<String> list(String prefix) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString().replace('!', '/'))
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DiskException("cannot list files", e);
    }
  }

  @Override
  public void delete(String name) {
    close(name);
    flushedOfClosed.remove(name);
    try {
      Files.deleteIfExists(path(name));
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
    } catch (IOException e) {
      throw new DiskException("cannot rename " + from + " to " + to, e);
    }
  }

  /** The process is gone: what was written stays. */
  void closeAll() {
    List.copyOf(open.keySet()).forEach(this::close);
  }

  /** Power is gone: every file goes back to what was flushed. */
  void losePower() {
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
