package dev.trial.sim.world;

import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFaults;
import dev.trial.core.world.DiskFile;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A machine's files: a page cache over what is flushed. It can be made to fail. */
final class SimDisk implements Disk, DiskFaults {
  private static final String LOG = ".log";

  private final TreeMap<String, SimFile> files = new TreeMap<>();
  private final RandomStream random;
  private Calls refused;
  private boolean torn;

  /**
   * @param random decides which bits flip and what of a torn write is left
   */
  SimDisk(RandomStream random) {
    this.random = random;
  }

  // ---- faults

  @Override
  public void refuse(Calls calls) {
    refused = calls;
  }

  @Override
  public void heal() {
    refused = null;
  }

  @Override
  public void flipBit() {
    List<SimFile> logs = new ArrayList<>();
    files.forEach(
        (name, file) -> {
          if (name.endsWith(LOG) && file.size() > 0) {
            logs.add(file);
          }
        });
    if (!logs.isEmpty()) {
      random.pick(logs).flipBit(random);
    }
  }

  @Override
  public void tearAtPowerLoss() {
    torn = true;
  }

  @Override
  public void lose() {
    files.clear();
  }

  void checkRead() {
    if (refused == Calls.ALL || refused == Calls.READS) {
      throw new DiskException("read error");
    }
  }

  void checkWrite() {
    if (refused == Calls.ALL || refused == Calls.WRITES) {
      throw new DiskException(refused == Calls.ALL ? "write error" : "no space left on device");
    }
  }

  /** How many of so many bytes still fit. */
  int room(int bytes) {
    if (refused == Calls.WRITES) {
      return random.nextInt(bytes + 1);
    }
    return refused == Calls.ALL ? 0 : bytes;
  }

  // ---- files

  @Override
  public DiskFile open(String name) {
    return files.computeIfAbsent(name, unused -> new SimFile(this));
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
    checkWrite();
    SimFile file = files.remove(from);
    if (file == null) {
      throw new DiskException("can't rename " + from + " to " + to + ": there is no " + from);
    }
    file.flush();
    files.put(to, file);
  }

  /** Every file is again what its last flush made durable. */
  void losePower() {
    for (SimFile file : files.values()) {
      file.losePower(torn ? random : null);
    }
    torn = false;
  }
}
