package dev.trial.nemesis.proxy;

import java.util.Optional;

/** What a proxy must know of Kafka's messages; frames are without their four length bytes. */
public interface RefusalCodec {

  /** The key of an API's name as in {@code ApiKeys}; −1 if unknown. */
  int apiKey(String api);

  /** False for a request that the broker never answers (Produce with acks=0). */
  boolean expectsAnswer(byte[] request);

  /** The answer that refuses this request with that error; empty if it can't be built. */
  Optional<byte[]> refuse(byte[] request, String error);
}
