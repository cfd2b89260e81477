package dev.trial.sim.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.world.RandomStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DiskTest {
  /** A file as the contract has it: what is written, and what a power loss goes back to. */
  private static final class Model {
    byte[] written = new byte[0];
    byte[] flushed = new byte[0];
  }

  private final SimDisk disk = new SimDisk(new RandomStream(7), () -> 0, servedNs -> {});

  @Test
  void viewsStayTrueAfterTruncation() {
    disk.open("a").append(ByteBuffer.wrap("hello".getBytes()));
    ByteBuffer view = disk.open("a").read(0, 5);
    disk.open("a").truncate(0);
    disk.open("a").append(ByteBuffer.wrap("HELLO".getBytes()));
    assertArrayEquals("hello".getBytes(), bytes(view));
  }

  @Test
  void namesAreListedByPrefixInOrder() {
    for (String name : List.of("b/2", "a", "b/1", "c")) {
      disk.open(name);
    }
    assertEquals(List.of("b/1", "b/2"), disk.list("b/"));
  }

  @Property(tries = 300)
  void behavesLikeTheModel(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    SimDisk real = new SimDisk(new RandomStream(7), () -> 0, servedNs -> {});
    Map<String, Model> model = new TreeMap<>();
    for (int step = 0; step < 120; step++) {
      act(random, real, model);
      assertEquals(List.copyOf(model.keySet()), real.list(""));
      model.forEach(
          (name, file) ->
              assertArrayEquals(file.written, bytes(real.open(name).read(0, 1 << 20)), name));
    }
  }

  private static void act(RandomStream random, SimDisk real, Map<String, Model> model) {
    String name = "f" + random.nextInt(3);
    Model file = model.computeIfAbsent(name, unused -> new Model());
    real.open(name);
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> {
        byte[] bytes = new byte[random.nextInt(600)];
        Arrays.fill(bytes, (byte) random.nextInt(256));
        int old = file.written.length;
        file.written = Arrays.copyOf(file.written, old + bytes.length);
        System.arraycopy(bytes, 0, file.written, old, bytes.length);
        real.open(name).append(ByteBuffer.wrap(bytes));
      }
      case 3, 4 -> {
        int size = random.nextInt(file.written.length + 1);
        file.written = Arrays.copyOf(file.written, size);
        real.open(name).truncate(size);
      }
      case 5 -> {
        file.flushed = file.written;
        real.open(name).flush();
      }
      case 6 -> {
        model.remove(name);
        real.delete(name);
      }
      case 7 -> {
        file.flushed = file.written;
        model.remove(name);
        model.put("f9", file);
        real.rename(name, "f9");
      }
      default -> {
        model.values().forEach(each -> each.written = each.flushed);
        real.losePower();
      }
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
