package dev.trial.sim.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFaults.Calls;
import dev.trial.core.world.DiskFile;
import dev.trial.core.world.RandomStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskFaultsTest {
  private static final byte[] FLUSHED = {1, 2, 3, 4};
  private static final byte[] WRITTEN = {5, 6, 7, 8};

  private static SimDisk disk(long seed) {
    SimDisk disk = new SimDisk(new RandomStream(seed), () -> 0, servedNs -> {});
    DiskFile file = disk.open("a.log");
    file.append(ByteBuffer.wrap(FLUSHED));
    file.flush();
    file.append(ByteBuffer.wrap(WRITTEN));
    return disk;
  }

  private static byte[] content(SimDisk disk) {
    DiskFile file = disk.open("a.log");
    byte[] bytes = new byte[(int) file.size()];
    file.read(0, bytes.length).get(bytes);
    return bytes;
  }

  @Test
  void aDiskThatCannotBeReadStillTakesEveryByte() {
    SimDisk disk = disk(1);
    disk.refuse(Calls.READS);
    DiskFile file = disk.open("a.log");
    file.append(ByteBuffer.wrap(WRITTEN));
    assertThrows(DiskException.class, () -> file.read(0, 1));
    disk.heal();
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 5, 6, 7, 8}, content(disk));
  }

  @Test
  void aFullDiskTakesAPartAndSaysSo() {
    for (long seed = 0; seed < 50; seed++) {
      SimDisk disk = disk(seed);
      disk.refuse(Calls.WRITES);
      DiskFile file = disk.open("a.log");
      long before = file.size();
      try {
        file.append(ByteBuffer.wrap(WRITTEN));
        assertEquals(before + WRITTEN.length, file.size(), "told nothing, so all must be there");
      } catch (DiskException full) {
        assertTrue(file.size() < before + WRITTEN.length);
      }
      assertThrows(DiskException.class, file::flush);
    }
  }

  @Test
  void aTornWriteKeepsWhatWasFlushedAndAPrefixOfTheRestPerhapsWithZeros() {
    boolean zeros = false;
    for (long seed = 0; seed < 100; seed++) {
      SimDisk disk = disk(seed);
      disk.tearAtPowerLoss();
      disk.losePower();
      byte[] left = content(disk);
      assertTrue(left.length >= FLUSHED.length && left.length <= 8);
      boolean over = false;
      for (int i = 0; i < left.length; i++) {
        over |= left[i] == 0;
        assertEquals(over ? 0 : i + 1, left[i]);
      }
      zeros |= over;
      disk.losePower();
      assertArrayEquals(left, content(disk), "what is there now is on the disk");
    }
    assertTrue(zeros);
  }

  @Test
  void oneBitFlipsAndViewsGivenOutBeforeStay() {
    SimDisk disk = disk(3);
    ByteBuffer view = disk.open("a.log").read(0, 8);
    byte[] before = content(disk);
    disk.flipBit();
    byte[] after = content(disk);
    int bits = 0;
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i], view.get(i));
      bits += Integer.bitCount((before[i] ^ after[i]) & 0xFF);
    }
    assertEquals(1, bits);
  }

  @Test
  void aLostDiskIsEmpty() {
    SimDisk disk = disk(4);
    disk.lose();
    assertEquals(List.of(), disk.list(""));
  }

  @Test
  void callsToASlowDiskWaitForOneAnother() {
    long[] nowNs = {0};
    long[] servedNs = {0};
    SimDisk disk = new SimDisk(new RandomStream(3), () -> nowNs[0], timeNs -> servedNs[0] = timeNs);
    DiskFile file = disk.open("a.log");
    file.append(ByteBuffer.wrap(WRITTEN));
    assertEquals(0, servedNs[0], "a healthy disk makes nobody wait");
    disk.slow(10, 0);
    file.append(ByteBuffer.wrap(WRITTEN));
    file.flush();
    assertEquals(20_000_000, servedNs[0]);
    nowNs[0] = 100_000_000;
    file.read(0, 1);
    assertEquals(110_000_000, servedNs[0]);
    disk.heal();
    file.flush();
    assertEquals(110_000_000, servedNs[0]);
  }
}
