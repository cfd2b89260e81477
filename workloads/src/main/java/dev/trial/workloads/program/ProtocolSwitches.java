package dev.trial.workloads.program;

import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientFleet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which group.protocol a member uses when, as a deployment rolls out one after the other: {@code
 * protocols} in turn, each until its time of {@code switch-at-ms} since the member first started,
 * be it in another process. Without them a member uses what its settings say.
 */
final class ProtocolSwitches {
  private final List<String> protocols;
  private final List<Long> atMs;
  private final long beganMs;

  private ProtocolSwitches(List<String> protocols, List<Long> atMs, long beganMs) {
    this.protocols = protocols;
    this.atMs = atMs;
    this.beganMs = beganMs;
  }

  /** Those of a process that begins now. */
  static ProtocolSwitches of(ClientContext context) {
    long ageMs = context.parameters().number(ClientFleet.AGE_MS, 0);
    return new ProtocolSwitches(
        context.parameters().list("protocols"),
        context.parameters().list("switch-at-ms").stream()
            .map(Long::parseLong)
            .collect(Collectors.toList()),
        context.clock().millis() - ageMs);
  }

  /** When the member is to close and come back with the next protocol; never if there is none. */
  long nextMs(long nowMs) {
    int current = current(nowMs);
    return current < atMs.size() ? beganMs + atMs.get(current) : Long.MAX_VALUE;
  }

  /**
   * Settings of the protocol of that time. Of the consumer protocol (KIP-848) sessions and
   * heartbeats are the coordinator's, and it assigns: the client refuses such settings.
   */
  Map<String, String> settings(long nowMs) {
    Map<String, String> own = new TreeMap<>();
    if (protocols.isEmpty()) {
      return own;
    }
    String protocol = protocols.get(current(nowMs));
    own.put("group.protocol", protocol);
    if (protocol.equals("consumer")) {
      own.put("session.timeout.ms", null);
      own.put("heartbeat.interval.ms", null);
      own.put("partition.assignment.strategy", null);
    }
    return own;
  }

  private int current(long nowMs) {
    int passed = 0;
    while (passed < atMs.size() && beganMs + atMs.get(passed) <= nowMs) {
      passed++;
    }
    return passed;
  }
}
