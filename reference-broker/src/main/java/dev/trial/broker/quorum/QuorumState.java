package dev.trial.broker.quorum;

import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskFile;
import java.nio.ByteBuffer;

/** What a voter must never forget: the epoch, whom it voted for in it, and who leads it. */
record QuorumState(int epoch, int votedFor, int leader) {
  static final int NOBODY = -1;

  private static final String FILE = "quorum-state";
  private static final int BYTES = 12;

  static QuorumState load(Disk disk) {
    DiskFile file = disk.open(FILE);
    if (file.size() < BYTES) {
      return new QuorumState(0, NOBODY, NOBODY);
    }
    ByteBuffer bytes = file.read(0, BYTES);
    return new QuorumState(bytes.getInt(), bytes.getInt(), bytes.getInt());
  }

  void save(Disk disk) {
    DiskFile file = disk.open(FILE + ".tmp");
    file.truncate(0);
    file.append(ByteBuffer.allocate(BYTES).putInt(epoch).putInt(votedFor).putInt(leader).flip());
    file.flush();
    disk.rename(FILE + ".tmp", FILE);
  }
}
