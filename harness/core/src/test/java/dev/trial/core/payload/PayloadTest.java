package dev.trial.core.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Delivered;
import dev.trial.core.history.PartitionId;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private static final Payload SENT = new Payload(7, "orders", 2, "k1", 1_000);

  @Property
  void whatIsEncodedIsRead(
      @ForAll("payloads") Payload sent, @ForAll @IntRange(max = 600) int sizeBytes) {
    byte[] bytes = sent.encode(sizeBytes);
    assertTrue(bytes.length >= sizeBytes);
    assertEquals(sent, PayloadReader.decode(bytes));
    assertEquals(sent.value(), PayloadReader.valueOf(keyOf(sent), bytes));
    assertNull(read(sent, bytes).defect());
  }

  @Property
  void oneFlippedBitIsNoticed(
      @ForAll("payloads") Payload sent, @ForAll @IntRange(max = 8 * 300 - 1) int bit) {
    byte[] bytes = sent.encode(300);
    bytes[(bit / 8) % bytes.length] ^= (byte) (1 << (bit % 8));
    assertEquals(Delivered.NO_VALUE, PayloadReader.valueOf(null, bytes));
    assertTrue(read(sent, bytes).defect().startsWith("checksum"));
  }

  @Property
  void arbitraryBytesCarryNoValue(@ForAll byte[] bytes) {
    assertEquals(Delivered.NO_VALUE, PayloadReader.valueOf(null, bytes));
    assertNull(PayloadReader.decode(bytes));
  }

  @Property
  void aValueIsTheSameEachTime(@ForAll("payloads") Payload sent) {
    assertArrayEquals(sent.encode(200), sent.encode(200));
  }

  @Test
  void noBytesCarryNoValue() {
    assertEquals(Delivered.NO_VALUE, PayloadReader.valueOf(null, null));
  }

  @Test
  void eachDifferenceIsNamed() {
    assertEquals(
        "topic: sent to orders, read from refunds",
        defect(new PartitionId("refunds", 2), "k1", SENT.header(), 1_000));
    assertEquals("partition: sent to 2, read from 1", defect(at(1), "k1", SENT.header(), 1_000));
    assertEquals("key: sent k1, read k2", defect(at(2), "k2", SENT.header(), 1_000));
    assertEquals("key: sent k1, read null", defect(at(2), null, SENT.header(), 1_000));
    assertEquals("header: sent 7, read none", defect(at(2), "k1", null, 1_000));
    assertEquals("header: sent 7, read 8", defect(at(2), "k1", Payload.header(8), 1_000));
    assertEquals("timestamp: sent 1000, read 1001", defect(at(2), "k1", SENT.header(), 1_001));
    assertNull(defect(at(2), "k1", SENT.header(), PayloadReader.UNCHECKED_TIMESTAMP));
  }

  @Test
  void aSmallRecordFitsTheSmallestBatchThatIsReused() {
    // 61 bytes of batch and at most 21 of record overhead, lengths of key, value, header count and
    // header: what a client estimates must not exceed batch.size=128, or its buffer is never
    // pooled.
    int value = new Payload(7, "f1", 1, null, 1_000).encode(0).length;
    assertTrue(61 + 21 + 1 + 1 + value + 1 + (1 + 1) + (1 + 8) <= 128, "value of " + value);
  }

  @Test
  void aKeyThatDoesNotFitIsRefused() {
    Payload payload = new Payload(1, "orders", 0, "k".repeat(255), 0);
    assertThrows(IllegalArgumentException.class, () -> payload.encode(0));
  }

  private static String defect(PartitionId at, String key, byte[] header, long timestampMs) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    return PayloadReader.read(at, 0, keyBytes, SENT.encode(64), header, timestampMs).defect();
  }

  private static PartitionId at(int partition) {
    return new PartitionId("orders", partition);
  }

  private static Delivered read(Payload sent, byte[] bytes) {
    PartitionId at = new PartitionId(sent.topic(), Math.max(0, sent.partition()));
    return PayloadReader.read(at, 5, keyOf(sent), bytes, sent.header(), sent.timestampMs());
  }

  private static byte[] keyOf(Payload sent) {
    return sent.key() == null ? null : sent.key().getBytes(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<Payload> payloads() {
    Arbitrary<String> names =
        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(40);
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(0),
            names,
            Arbitraries.integers().between(-1, 1_000),
            names.injectNull(0.2),
            Arbitraries.longs().greaterOrEqual(0))
        .as(Payload::new);
  }
}
