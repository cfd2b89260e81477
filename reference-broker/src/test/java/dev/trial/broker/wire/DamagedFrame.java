package dev.trial.broker.wire;

import dev.trial.core.world.RandomStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A frame as no client would send it. */
public final class DamagedFrame {
  private static final int PREFIX_BYTES = 4;
  private static final byte[] TELLING = {0, 1, 2, 0x7f, (byte) 0x80, (byte) 0xff};

  private DamagedFrame() {}

  /** Some bytes changed, cut or added; its length mostly fits what is left. */
  public static byte[] of(byte[] frame, RandomStream random) {
    byte[] damaged =
        switch (random.nextInt(4)) {
          case 0 -> Arrays.copyOf(frame, PREFIX_BYTES + random.nextInt(frame.length - 3));
          case 1 -> Arrays.copyOf(frame, frame.length + 1 + random.nextInt(16));
          case 2 -> noise(random);
          default -> frame.clone();
        };
    int changes = random.nextInt(4);
    for (int i = 0; i < changes && damaged.length > PREFIX_BYTES; i++) {
      int at = PREFIX_BYTES + random.nextInt(damaged.length - PREFIX_BYTES);
      damaged[at] =
          random.chance(0.5) ? TELLING[random.nextInt(TELLING.length)] : (byte) random.nextInt(256);
    }
    boolean fits = random.chance(0.9);
    int length = fits ? damaged.length - PREFIX_BYTES : (int) random.nextLong();
    ByteBuffer.wrap(damaged).putInt(length);
    return damaged;
  }

  private static byte[] noise(RandomStream random) {
    byte[] bytes = new byte[PREFIX_BYTES + random.nextInt(200)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
