package dev.trial.broker.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FramesTest {

  @Property(tries = 300)
  void anySplitGivesTheSameFrames(
      @ForAll @Size(max = 12) List<@IntRange(max = 40) Integer> lengths,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 30) Integer> cuts) {
    int total = lengths.stream().mapToInt(length -> 4 + length).sum();
    ByteBuffer stream = ByteBuffer.allocate(total);
    for (int i = 0; i < lengths.size(); i++) {
      byte[] body = new byte[lengths.get(i)];
      Arrays.fill(body, (byte) i);
      stream.putInt(body.length).put(body);
    }
    List<String> got = new ArrayList<>();
    Frames frames = new Frames(frame -> got.add(text(frame)));
    for (int from = 0, i = 0; from < total; i++) {
      int to = Math.min(total, from + cuts.get(i % cuts.size()));
      frames.received(Arrays.copyOfRange(stream.array(), from, to));
      from = to;
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      expected.add((i + ",").repeat(lengths.get(i)));
    }
    assertEquals(expected, got);
  }

  @Test
  void takesMemoryForWhatHasArrivedAlone() {
    List<ByteBuffer> got = new ArrayList<>();
    Frames frames = new Frames(got::add);
    frames.received(new byte[] {6, 64, 0, 0}); // 100 MB are to come
    assertEquals(0, frames.heldBytes());
    byte[] chunk = new byte[64 * 1024];
    for (int arrived = chunk.length; arrived <= 50 * chunk.length; arrived += chunk.length) {
      assertTrue(frames.received(chunk));
      assertTrue(frames.heldBytes() >= arrived);
      assertTrue(frames.heldBytes() <= 2 * arrived, frames.heldBytes() + " of " + arrived);
    }
    assertTrue(got.isEmpty());
  }

  @Test
  void refusesImpossibleLengths() {
    assertFalse(new Frames(10, frame -> {}).received(new byte[] {0, 0, 0, 11}));
    assertFalse(new Frames(10, frame -> {}).received(new byte[] {-1, 0, 0, 0}));
  }

  private static String text(ByteBuffer frame) {
    StringBuilder text = new StringBuilder();
    while (frame.hasRemaining()) {
      text.append(frame.get()).append(',');
    }
    return text.toString();
  }
}
