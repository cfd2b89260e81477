package dev.trial.live.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.world.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is harmed, and what is spared. Segments end in zeroes that were given in advance. */
class DiskDamageTest {
  private static final int PREALLOCATED = 500;
  private static final byte[] NAME = {1, 2, 3};

  @TempDir private Path disk;
  private Path segment;
  private byte[] first;
  private byte[] both;

  @BeforeEach
  void disk() throws IOException {
    segment = Files.createDirectories(disk.resolve("orders-1")).resolve("00000000000000000000.log");
    first = batch(0);
    both = join(first, batch(1));
    Files.write(segment, join(both, new byte[PREALLOCATED]));
    Files.write(disk.resolve("meta.properties"), NAME);
    Path metadata = Files.createDirectories(disk.resolve("__cluster_metadata-0"));
    Files.write(metadata.resolve("00000000000000000000.log"), both);
  }

  @Test
  void oneBitOfTheBatchesIsFlipped() throws IOException {
    damage(1).flipBit();
    byte[] now = Files.readAllBytes(segment);
    int flipped = 0;
    for (int i = 0; i < both.length; i++) {
      flipped += Integer.bitCount((now[i] ^ both[i]) & 0xff);
    }
    assertEquals(1, flipped);
    assertEquals(both.length + PREALLOCATED, now.length);
    assertMetadataSpared();
  }

  @Test
  void theLastBatchIsTorn() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      disk();
      damage(seed).tear();
      byte[] now = Files.readAllBytes(segment);
      assertTrue(now.length >= first.length && now.length < both.length, "length " + now.length);
      assertEquals(1, SegmentFile.batches(segment).size());
      assertMetadataSpared();
    }
  }

  @Test
  void aLostDiskKeepsItsNameOnly() throws IOException {
    damage(1).lose();
    assertFalse(Files.exists(disk.resolve("orders-1")));
    assertFalse(Files.exists(disk.resolve("__cluster_metadata-0")));
    assertArrayEquals(NAME, Files.readAllBytes(disk.resolve("meta.properties")));
  }

  @Test
  void anEmptyDiskCannotBeHarmed() throws IOException {
    damage(1).lose();
    damage(2).tear();
    damage(3).flipBit();
    assertArrayEquals(NAME, Files.readAllBytes(disk.resolve("meta.properties")));
  }

  private void assertMetadataSpared() throws IOException {
    Path log = disk.resolve("__cluster_metadata-0").resolve("00000000000000000000.log");
    assertArrayEquals(both, Files.readAllBytes(log));
  }

  private DiskDamage damage(long seed) {
    return new DiskDamage(disk, new RandomStream(seed));
  }

  private static byte[] batch(long offset) {
    SimpleRecord record = new SimpleRecord("key".getBytes(), ("value " + offset).getBytes());
    return Utils.toArray(
        MemoryRecords.withRecords(offset, Compression.NONE, record).buffer().duplicate());
  }

  private static byte[] join(byte[] one, byte[] other) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(one);
    joined.writeBytes(other);
    return joined.toByteArray();
  }
}
