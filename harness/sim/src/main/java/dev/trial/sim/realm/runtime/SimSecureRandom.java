package dev.trial.sim.realm.runtime;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/** {@code new SecureRandom()}, fed by the simulation. */
public class SimSecureRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  public SimSecureRandom() {
    super(new Source(), null);
  }

  private static final class Source extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Rt.entropy().nextLong();
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      byte[] seed = new byte[length];
      engineNextBytes(seed);
      return seed;
    }
  }
}
