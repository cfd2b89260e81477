package dev.trial.broker.group.consumer;

import java.util.Arrays;

/** One assignment protocol a classic member supports, with the metadata it sends for it. */
public record GroupProtocol(String name, byte[] metadata) {

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupProtocol that
        && name.equals(that.name)
        && Arrays.equals(metadata, that.metadata);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(metadata);
  }
}
