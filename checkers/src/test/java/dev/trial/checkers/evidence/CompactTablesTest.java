package dev.trial.checkers.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The tables made for speed answer as plain maps do, in whatever order things come. */
class CompactTablesTest {

  @Property(tries = 500)
  void offsetsInAnyOrder(@ForAll long seed) {
    Random random = new Random(seed);
    OffsetOrder order = new OffsetOrder();
    TreeMap<Long, Long> model = new TreeMap<>();
    long next = 0;
    for (int i = random.nextInt(200); i > 0; i--) {
      long offset = random.nextInt(3) == 0 ? random.nextInt(150) : next++;
      long value = random.nextInt(1_000);
      if (random.nextBoolean()) {
        order.put(offset, value);
        model.put(offset, value);
      } else {
        order.putIfAbsent(offset, value);
        model.putIfAbsent(offset, value);
      }
    }
    order.settle();
    assertArrayEquals(longs(model.keySet().stream().toList()), order.offsets());
    assertArrayEquals(longs(model.values().stream().toList()), order.values());
  }

  @Property(tries = 500)
  void rowsOfAscendingOffsets(@ForAll long seed) {
    Random random = new Random(seed);
    int sparseness = 1 + random.nextInt(12);
    long[] offsets = new long[random.nextInt(60)];
    long next = random.nextInt(50) - 10;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = next;
      next += 1 + random.nextInt(sparseness);
    }
    OffsetRows rows = new OffsetRows(offsets);
    for (long offset = -15; offset < next + 5; offset++) {
      int found = java.util.Arrays.binarySearch(offsets, offset);
      assertEquals(found >= 0 ? found : -found - 1, rows.from(offset));
      assertEquals(found < 0 ? -1 : found, rows.of(offset));
    }
  }

  @Property(tries = 500)
  void placesOfValues(@ForAll long seed) {
    Random random = new Random(seed);
    ValuePlaces places = new ValuePlaces(random.nextInt(3) * 100_000);
    java.util.List<TreeMap<Long, Long>> model =
        java.util.List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    long next = 0;
    for (int i = 0; i < 400; i++) {
      int place = random.nextInt(3);
      long value =
          switch (random.nextInt(5)) {
            case 0 -> random.nextInt(60) - 5;
            case 1 -> random.nextLong();
            case 2 -> random.nextInt(100_000);
            default -> next++;
          };
      places.putIfAbsent(place, value, i);
      model.get(place).putIfAbsent(value, (long) i);
    }
    for (int place = 0; place < 3; place++) {
      for (TreeMap<Long, Long> each : model) {
        for (long value : each.keySet()) {
          long expected = model.get(place).getOrDefault(value, ValuePlaces.NONE);
          assertEquals(expected, places.get(place, value));
        }
      }
    }
  }

  private static long[] longs(java.util.List<Long> list) {
    return list.stream().mapToLong(Long::longValue).toArray();
  }

  @Property(tries = 300)
  void sendsOfAnyNumber(@ForAll long seed) {
    Random random = new Random(seed);
    SendTable table = new SendTable();
    Map<Long, SendFact> model = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      long number =
          switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(200_000);
            default -> i;
          };
      SendFact send = new SendFact(number, null, "orders", 0, 0, i, i);
      assertSame(model.putIfAbsent(number, send), table.putIfAbsent(number, send));
    }
    model.forEach((number, send) -> assertSame(send, table.get(number)));
    assertSame(null, table.get(Long.MIN_VALUE + 1));
  }
}
