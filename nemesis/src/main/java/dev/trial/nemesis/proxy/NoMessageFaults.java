package dev.trial.nemesis.proxy;

import dev.trial.core.fault.Links;
import java.util.Collection;

/** Links on which nothing can be done by message: what stands there carries bytes only. */
public final class NoMessageFaults implements Links {
  private static final String WHY = "a Toxiproxy knows no messages";

  @Override
  public void cut(String id, Collection<String> from, Collection<String> to) {
    throw new UnsupportedOperationException(WHY);
  }

  @Override
  public void delay(
      String id, Collection<String> one, Collection<String> other, long delayMs, long jitterMs) {
    throw new UnsupportedOperationException(WHY);
  }

  @Override
  public void freeze(
      String id, Collection<String> clients, Collection<String> machines, int bufferBytes) {
    throw new UnsupportedOperationException(WHY);
  }

  @Override
  public void reset(Collection<String> one, Collection<String> other) {
    throw new UnsupportedOperationException(WHY);
  }

  @Override
  public void interfere(String id, Collection<String> machines, Interference interference) {
    throw new UnsupportedOperationException(WHY);
  }

  @Override
  public void heal(String id) {}

  @Override
  public void healAll() {}
}
