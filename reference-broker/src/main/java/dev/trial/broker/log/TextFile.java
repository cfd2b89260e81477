package dev.trial.broker.log;

import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A small text file that is replaced as a whole: written aside, flushed, renamed. */
public final class TextFile {
  private final Disk disk;
  private final String name;

  public TextFile(Disk disk, String name) {
    this.disk = disk;
    this.name = name;
  }

  /** The content, empty if there is none. */
  public String read() {
    if (!disk.list(name).contains(name)) {
      return "";
    }
    DiskFile file = disk.open(name);
    ByteBuffer bytes = file.read(0, (int) file.size());
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  /** Replaces the content; durable when it returns. */
  public void write(String content) {
    String aside = name + ".tmp";
    DiskFile file = disk.open(aside);
    file.truncate(0);
    file.append(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
    file.flush();
    disk.rename(aside, name);
  }
}
