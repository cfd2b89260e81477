package dev.trial.sim.world;

import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A machine's files: a page cache over what is flushed. */
final class SimDisk implements Disk {
  private final TreeMap<String, SimFile> files = new TreeMap<>();

  @Override
  public DiskFile open(String name) {
    return files.computeIfAbsent(name, unused -> new SimFile());
  }

  @Override
  public List<String> list(String prefix) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, SimFile> entry : files.tailMap(prefix).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      names.add(entry.getKey());
    }
    return names;
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public void rename(String from, String to) {
    SimFile file = files.remove(from);
    if (file == null) {
      throw new DiskException("can't rename " + from + " to " + to + ": there is no " + from);
    }
    file.flush();
    files.put(to, file);
  }

  /** Every file is again what its last flush made durable. */
  void losePower() {
    files.values().forEach(SimFile::losePower);
  }
}
