package dev.trial.core.fault;

import java.util.Collection;

/**
 * Faults on the network. A party is a machine's name or a client process's name. Each fault has an
 * id under which it is healed.
 */
public interface Links {

  /** Stops all bytes from each {@code from} to each {@code to}; they arrive after healing. */
  void cut(String id, Collection<String> from, Collection<String> to);

  /** Adds delay both ways between each pair. */
  void delay(
      String id, Collection<String> one, Collection<String> other, long delayMs, long jitterMs);

  /** The connections of these clients to these machines stall with a small socket buffer. */
  void freeze(String id, Collection<String> clients, Collection<String> machines, int bufferBytes);

  /** Resets every open connection between each pair, now. */
  void reset(Collection<String> one, Collection<String> other);

  /** Interferes with requests by API on client connections of these machines. */
  void interfere(String id, Collection<String> machines, Interference interference);

  /** Ends the fault of that id. */
  void heal(String id);

  /** Ends every fault. */
  void healAll();

  /** A fault on single requests or answers of one API, {@code count} times. */
  sealed interface Interference {
    String api();

    int count();

    record DropAnswer(String api, int count) implements Interference {}

    record DelayAnswer(String api, long delayMs, int count) implements Interference {}

    record DelayRequest(String api, long delayMs, int count) implements Interference {}

    record Refuse(String api, String error, int count) implements Interference {}
  }
}
