package dev.trial.broker.group;

import dev.trial.broker.group.consumer.GroupProtocol;
import dev.trial.core.world.Timers.Timer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.SyncGroupResponseData;

/** A member of a classic group. */
final class Member {
  static final byte[] NO_BYTES = new byte[0];

  private final String id;
  private final String instanceId;
  private final String clientId;
  private final String clientHost;
  private final String protocolType;
  private List<GroupProtocol> protocols;
  private int rebalanceTimeoutMs;
  private int sessionTimeoutMs;
  private byte[] assignment = NO_BYTES;
  private boolean fresh;
  private Consumer<JoinGroupResponseData> join;
  private Consumer<SyncGroupResponseData> sync;
  private Timer session;

  Member(
      String id,
      String instanceId,
      String clientId,
      String clientHost,
      String protocolType,
      List<GroupProtocol> protocols,
      int rebalanceTimeoutMs,
      int sessionTimeoutMs) {
    this.id = id;
    this.instanceId = instanceId;
    this.clientId = clientId;
    this.clientHost = clientHost;
    this.protocolType = protocolType;
    this.protocols = protocols;
    this.rebalanceTimeoutMs = rebalanceTimeoutMs;
    this.sessionTimeoutMs = sessionTimeoutMs;
  }

  /** This member under a new id, as a static member that comes back has (KIP-345). */
  Member renamed(String newId) {
    Member renamed =
        new Member(
            newId,
            instanceId,
            clientId,
            clientHost,
            protocolType,
            protocols,
            rebalanceTimeoutMs,
            sessionTimeoutMs);
    renamed.assignment = assignment;
    return renamed;
  }

  String id() {
    return id;
  }

  /** Null for a dynamic member. */
  String instanceId() {
    return instanceId;
  }

  boolean isStatic() {
    return instanceId != null;
  }

  String clientId() {
    return clientId;
  }

  String clientHost() {
    return clientHost;
  }

  String protocolType() {
    return protocolType;
  }

  List<GroupProtocol> protocols() {
    return protocols;
  }

  int rebalanceTimeoutMs() {
    return rebalanceTimeoutMs;
  }

  int sessionTimeoutMs() {
    return sessionTimeoutMs;
  }

  byte[] assignment() {
    return assignment;
  }

  void assignment(byte[] bytes) {
    this.assignment = bytes;
  }

  /** True until its first join is answered: it sends no heartbeat before. */
  boolean fresh() {
    return fresh;
  }

  void fresh(boolean isFresh) {
    this.fresh = isFresh;
  }

  void update(List<GroupProtocol> newProtocols, int newRebalanceMs, int newSessionMs) {
    this.protocols = newProtocols;
    this.rebalanceTimeoutMs = newRebalanceMs;
    this.sessionTimeoutMs = newSessionMs;
  }

  boolean supports(String protocol) {
    return protocols.stream().anyMatch(own -> own.name().equals(protocol));
  }

  /** Metadata for a protocol; empty if it does not support it. */
  byte[] metadata(String protocol) {
    return protocols.stream()
        .filter(own -> own.name().equals(protocol))
        .findFirst()
        .map(GroupProtocol::metadata)
        .orElse(NO_BYTES);
  }

  /** The first protocol of its own list that everybody supports. */
  String vote(Set<String> candidates) {
    return protocols.stream()
        .map(GroupProtocol::name)
        .filter(candidates::contains)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(id + " supports none of " + candidates));
  }

  /** True if it would join again with the very same protocols. */
  boolean matches(List<GroupProtocol> others) {
    if (protocols.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < others.size(); i++) {
      if (!protocols.get(i).name().equals(others.get(i).name())
          || !Arrays.equals(protocols.get(i).metadata(), others.get(i).metadata())) {
        return false;
      }
    }
    return true;
  }

  boolean awaitsJoin() {
    return join != null;
  }

  boolean awaitsSync() {
    return sync != null;
  }

  void awaitJoin(Consumer<JoinGroupResponseData> answer) {
    this.join = answer;
  }

  void awaitSync(Consumer<SyncGroupResponseData> answer) {
    this.sync = answer;
  }

  /** Answers the pending join; false if there is none. */
  boolean completeJoin(JoinGroupResponseData response) {
    Consumer<JoinGroupResponseData> answer = join;
    join = null;
    if (answer != null) {
      answer.accept(response);
    }
    return answer != null;
  }

  /** Answers the pending sync; false if there is none. */
  boolean completeSync(SyncGroupResponseData response) {
    Consumer<SyncGroupResponseData> answer = sync;
    sync = null;
    if (answer != null) {
      answer.accept(response);
    }
    return answer != null;
  }

  /** Replaces the running session timer. */
  void session(Timer timer) {
    endSession();
    this.session = timer;
  }

  void endSession() {
    if (session != null) {
      session.cancel();
      session = null;
    }
  }
}
