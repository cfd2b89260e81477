package dev.trial.broker.controller;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.BrokerChanged;
import dev.trial.broker.metadata.MetadataRecord.BrokerRegistered;
import dev.trial.broker.metadata.MetadataRecord.BrokerUnregistered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.BrokerHeartbeatRequestData;
import org.apache.kafka.common.message.BrokerHeartbeatResponseData;
import org.apache.kafka.common.message.BrokerRegistrationRequestData;
import org.apache.kafka.common.message.BrokerRegistrationResponseData;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.message.UnregisterBrokerResponseData;
import org.apache.kafka.common.protocol.Errors;

/** Registrations, heartbeats and sessions of brokers (KIP-631). Sessions live in memory only. */
final class BrokerControl {
  private final ControlState state;
  private final Map<Integer, Session> sessions = new TreeMap<>();

  /** A broker process as its heartbeats tell. */
  private static final class Session {
    private long epoch;
    private long contactMs;
    private boolean live;
    private long metadataOffset = -1;
    private long shutdownOffset = -1;
  }

  BrokerControl(ControlState state) {
    this.state = state;
  }

  /** A new active controller gives every broker a full session from now. */
  void activate(long nowMs) {
    sessions.clear();
    for (BrokerState broker : state.image().brokers().values()) {
      touch(session(broker.id(), broker.epoch()), nowMs);
    }
  }

  Decision register(BrokerRegistrationRequestData request, long nowMs) {
    BrokerState existing = state.image().brokers().get(request.brokerId());
    boolean sameProcess =
        existing != null && existing.incarnation().equals(request.incarnationId());
    if (existing != null && !sameProcess && valid(existing, nowMs)) {
      // The old process may still live: only the end of its session proves the contrary.
      return new Decision(
          List.of(),
          new BrokerRegistrationResponseData()
              .setErrorCode(Errors.DUPLICATE_BROKER_REGISTRATION.code()));
    }
    if (request.listeners().isEmpty()) {
      return new Decision(
          List.of(),
          new BrokerRegistrationResponseData().setErrorCode(Errors.INVALID_REGISTRATION.code()));
    }
    BrokerRegistrationRequestData.Listener listener = request.listeners().iterator().next();
    List<MetadataRecord> records = new ArrayList<>();
    if (!sameProcess) {
      // Who knows the epoch under which it last served has ended in order (KIP-966).
      boolean cleanly = existing != null && existing.epoch() == request.previousBrokerEpoch();
      records.addAll(state.restarted(request.brokerId(), cleanly));
    }
    BrokerState broker =
        new BrokerState(
            request.brokerId(),
            sameProcess ? existing.epoch() : state.nextOffset(),
            request.incarnationId(),
            listener.host(),
            listener.port(),
            !sameProcess || existing.fenced(),
            sameProcess && existing.inControlledShutdown(),
            request.rack());
    records.add(new BrokerRegistered(broker));
    if (!sameProcess) {
      sessions.remove(broker.id());
    }
    session(broker.id(), broker.epoch());
    return new Decision(
        records, new BrokerRegistrationResponseData().setBrokerEpoch(broker.epoch()));
  }

  Decision heartbeat(BrokerHeartbeatRequestData request, long nowMs) {
    BrokerState broker = state.image().brokers().get(request.brokerId());
    if (broker == null || broker.epoch() != request.brokerEpoch()) {
      return new Decision(
          List.of(),
          new BrokerHeartbeatResponseData().setErrorCode(Errors.STALE_BROKER_EPOCH.code()));
    }
    Session session = session(broker.id(), broker.epoch());
    touch(session, nowMs);
    BrokerChanged next = next(broker, session, request);
    boolean stop = request.wantShutDown() && next.fenced();
    List<MetadataRecord> records = records(broker, next);
    session.metadataOffset = request.currentMetadataOffset();
    if (next.fenced()) {
      session.shutdownOffset = -1;
    } else if (next.inControlledShutdown() && session.shutdownOffset < 0) {
      session.shutdownOffset = records.isEmpty() ? state.nextOffset() - 1 : state.nextOffset();
    }
    return new Decision(
        records,
        new BrokerHeartbeatResponseData()
            .setIsCaughtUp(request.currentMetadataOffset() >= broker.epoch())
            .setIsFenced(next.fenced())
            .setShouldShutDown(stop));
  }

  /** Forgets a broker that will not come back (KIP-746, ReplicationControlManager). */
  Decision unregister(UnregisterBrokerRequestData request) {
    int id = request.brokerId();
    if (!state.image().brokers().containsKey(id)) {
      return new Decision(
          List.of(),
          new UnregisterBrokerResponseData()
              .setErrorCode(Errors.BROKER_ID_NOT_REGISTERED.code())
              .setErrorMessage("Broker ID " + id + " is not currently registered"));
    }
    List<MetadataRecord> records = new ArrayList<>(state.without(id));
    records.add(new BrokerUnregistered(id));
    sessions.remove(id);
    return new Decision(records, new UnregisterBrokerResponseData());
  }

  /** The table of BrokerHeartbeatManager: what a heartbeat makes of a broker. */
  private BrokerChanged next(
      BrokerState broker, Session session, BrokerHeartbeatRequestData request) {
    BrokerChanged fenced = new BrokerChanged(broker.id(), true, broker.inControlledShutdown());
    BrokerChanged shuttingDown = new BrokerChanged(broker.id(), false, true);
    if (broker.fenced()) {
      boolean ready =
          !request.wantShutDown()
              && !request.wantFence()
              && request.currentMetadataOffset() >= broker.epoch();
      return ready ? new BrokerChanged(broker.id(), false, false) : fenced;
    }
    if (broker.inControlledShutdown()) {
      boolean done =
          !state.leadsAny(broker.id())
              && (session.shutdownOffset >= 0 && session.shutdownOffset <= lowestActiveOffset());
      return done ? fenced : shuttingDown;
    }
    if (request.wantFence()) {
      return fenced;
    }
    if (request.wantShutDown()) {
      return state.leadsAny(broker.id()) ? shuttingDown : fenced;
    }
    return new BrokerChanged(broker.id(), false, false);
  }

  private List<MetadataRecord> records(BrokerState broker, BrokerChanged next) {
    List<MetadataRecord> records = new ArrayList<>();
    boolean changed =
        broker.fenced() != next.fenced()
            || broker.inControlledShutdown() != next.inControlledShutdown();
    if (changed && next.fenced()) {
      records.addAll(state.without(broker.id()));
      records.add(next);
    } else if (!next.fenced() && next.inControlledShutdown()) {
      // Also at each later heartbeat: leaderships that had no other candidate may have one now.
      if (changed) {
        records.add(next);
      }
      records.addAll(state.without(broker.id()));
    } else if (changed) {
      records.add(next);
      records.addAll(state.with(broker.id()));
    }
    return records;
  }

  /** Fences one broker whose session has ended; no records when there is none. */
  List<MetadataRecord> fenceOneExpired(long nowMs) {
    for (Map.Entry<Integer, Session> entry : sessions.entrySet()) {
      Session session = entry.getValue();
      if (session.live && session.contactMs + timeoutMs() < nowMs) {
        session.live = false;
        BrokerState broker = state.image().brokers().get(entry.getKey());
        if (broker != null && broker.epoch() == session.epoch && !broker.fenced()) {
          List<MetadataRecord> records = state.without(broker.id());
          records.add(new BrokerChanged(broker.id(), true, broker.inControlledShutdown()));
          session.shutdownOffset = -1;
          return records;
        }
      }
    }
    return List.of();
  }

  /** When the next session ends if nothing is heard; never later than one timeout from now. */
  long nextExpiryMs(long nowMs) {
    long next = nowMs + timeoutMs();
    for (Session session : sessions.values()) {
      if (session.live) {
        next = Math.min(next, session.contactMs + timeoutMs() + 1);
      }
    }
    return Math.max(next, nowMs + 1);
  }

  private long lowestActiveOffset() {
    long lowest = Long.MAX_VALUE;
    for (Map.Entry<Integer, Session> entry : sessions.entrySet()) {
      if (state.active(entry.getKey())) {
        lowest = Math.min(lowest, entry.getValue().metadataOffset);
      }
    }
    return lowest;
  }

  private boolean valid(BrokerState broker, long nowMs) {
    Session session = sessions.get(broker.id());
    return session != null
        && session.live
        && session.epoch == broker.epoch()
        && session.contactMs + timeoutMs() >= nowMs;
  }

  private Session session(int broker, long epoch) {
    Session session = sessions.computeIfAbsent(broker, id -> new Session());
    session.epoch = epoch;
    return session;
  }

  private static void touch(Session session, long nowMs) {
    session.live = true;
    session.contactMs = nowMs;
  }

  private long timeoutMs() {
    return state.settings().brokerSessionTimeoutMs();
  }
}
