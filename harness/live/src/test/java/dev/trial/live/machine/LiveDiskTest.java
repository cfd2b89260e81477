package dev.trial.live.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveDiskTest {
  @TempDir private Path directory;

  @Test
  void namesAreThoseOfTheFiles() {
    Disk disk = new LiveDisk(directory, new Flushes());
    for (String name : List.of("log/b/1", "log/a/0", "log/a/1", "log/ab", "state")) {
      write(disk, name, name);
    }
    assertEquals(List.of("log/a/0", "log/a/1"), disk.list("log/a/"));
    disk.delete("log/a/0");
    disk.delete("never/there");
    disk.rename("log/b/1", "log/a/2");
    disk.rename("state", "log/a/1");
    assertEquals(List.of("log/a/1", "log/a/2"), disk.list("log/a/"));
    assertEquals(List.of("log/a/1", "log/a/2", "log/ab"), disk.list(""));
    assertEquals("state", read(disk, "log/a/1"));
    // The next one to look finds the same in the directory.
    assertEquals(disk.list(""), new LiveDisk(directory, new Flushes()).list(""));
  }

  @Test
  void aPowerLossKeepsWhatWasFlushedOfEachFile() {
    LiveDisk disk = new LiveDisk(directory, new Flushes());
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < 50; i++) {
      String name = "log/" + i;
      DiskFile file = write(disk, name, "flushed");
      if (i % 2 == 0) {
        file.flush();
      }
      file.append(bytes("lost"));
      expected.put(name, i % 2 == 0 ? "flushed" : "");
    }
    write(disk, "aside", "replaced").flush();
    disk.rename("aside", "log/0");
    expected.put("log/0", "replaced");
    disk.losePower();
    Map<String, String> left =
        disk.list("").stream()
            .collect(
                Collectors.toMap(
                    name -> name, name -> read(disk, name), (a, b) -> a, TreeMap::new));
    assertEquals(expected, left);
    assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(disk.list("log/")));
  }

  private static DiskFile write(Disk disk, String name, String text) {
    DiskFile file = disk.open(name);
    file.append(bytes(text));
    return file;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(Disk disk, String name) {
    DiskFile file = disk.open(name);
    return StandardCharsets.UTF_8.decode(file.read(0, (int) file.size())).toString();
  }
}
