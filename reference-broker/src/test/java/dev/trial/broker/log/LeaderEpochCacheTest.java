package dev.trial.broker.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.EpochStart;
import dev.trial.core.world.RandomStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LeaderEpochCacheTest {
  private final MemoryDisk disk = new MemoryDisk();

  private LeaderEpochCache cache() {
    return new LeaderEpochCache(new TextFile(disk, "epochs"));
  }

  @Test
  void answersAsTheProtocolSays() {
    LeaderEpochCache cache = cache();
    assertEquals(EpochEnd.UNDEFINED, cache.endOffsetFor(0, 9));
    cache.assign(2, 10);
    cache.assign(5, 20);
    assertEquals(new EpochEnd(1, 10), cache.endOffsetFor(1, 30), "below the first known epoch");
    assertEquals(new EpochEnd(2, 20), cache.endOffsetFor(2, 30));
    assertEquals(new EpochEnd(2, 20), cache.endOffsetFor(4, 30), "the largest one not above");
    assertEquals(new EpochEnd(5, 30), cache.endOffsetFor(5, 30), "the latest ends at the log end");
    assertEquals(EpochEnd.UNDEFINED, cache.endOffsetFor(6, 30));
    assertEquals(EpochEnd.UNDEFINED, cache.endOffsetFor(-1, 30));
    assertEquals(2, cache.epochAt(19));
    assertEquals(-1, cache.epochAt(9));
  }

  @Test
  void isDurableAtOnce() {
    cache().assign(1, 0);
    disk.losePower();
    assertEquals(List.of(new EpochStart(1, 0)), cache().entries());
    LeaderEpochCache cache = cache();
    cache.assign(2, 5);
    cache.truncateFromEnd(5);
    assertEquals(List.of(new EpochStart(1, 0)), cache().entries());
  }

  @Property(tries = 500)
  void staysMonotonic(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    LeaderEpochCache cache = cache();
    for (int i = 0; i < 30; i++) {
      switch (random.nextInt(4)) {
        case 0 -> cache.truncateFromEnd(random.nextLong(40));
        case 1 -> cache.truncateFromStart(random.nextLong(10));
        default -> cache.assign(random.nextInt(12), random.nextLong(40));
      }
      assertTrue(cache.monotonic(), () -> cache.entries().toString());
      assertEquals(cache.entries(), cache().entries());
    }
  }
}
