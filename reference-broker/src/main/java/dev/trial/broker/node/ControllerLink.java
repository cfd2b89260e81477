package dev.trial.broker.node;

import dev.trial.broker.wire.ApiVersions;
import dev.trial.broker.wire.ErrorAnswers;
import dev.trial.broker.wire.PeerConnections;
import dev.trial.broker.wire.Peers.Reply;
import dev.trial.core.world.Host;
import java.util.function.IntSupplier;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * Calls to whichever controller is active, tried again until one answers or time is up. As in
 * Kafka, a call may reach a controller more than once.
 */
public final class ControllerLink {
  /**
   * How long a broker goes on asking for what it forwards, whatever the client or the request say
   * (BrokerServer gives its forwarding NodeToControllerChannelManagerImpl this retryTimeoutMs).
   */
  static final long FORWARDING_TIMEOUT_MS = 60_000;

  private static final long RETRY_MS = 50;

  private final Host host;
  private final PeerConnections connections;
  private final IntSupplier activeController;
  private final long attemptTimeoutMs;

  /**
   * As {@link #ControllerLink(Host, PeerConnections, IntSupplier, long)}; a call waits for one
   * answer as long as it has time.
   */
  public ControllerLink(Host host, PeerConnections connections, IntSupplier activeController) {
    this(host, connections, activeController, Long.MAX_VALUE);
  }

  /**
   * @param connections of this link's own; answers on them come in the order of the calls
   * @param activeController −1 while unknown
   * @param attemptTimeoutMs a controller that has not answered within it is given up
   */
  public ControllerLink(
      Host host, PeerConnections connections, IntSupplier activeController, long attemptTimeoutMs) {
    this.host = host;
    this.connections = connections;
    this.activeController = activeController;
    this.attemptTimeoutMs = attemptTimeoutMs;
  }

  /** Sends at the newest version; the reply comes exactly once, at the latest after the timeout. */
  public void call(ApiMessage request, long timeoutMs, Reply reply) {
    call(request, ApiVersions.newest(ApiKeys.forId(request.apiKey())), timeoutMs, reply);
  }

  /** Sends at a version. */
  public void call(ApiMessage request, short version, long timeoutMs, Reply reply) {
    attempt(request, version, host.clock().millis() + timeoutMs, reply);
  }

  /** Another controller is active: calls on their way to the old one are sent again. */
  public void controllerChanged() {
    connections.close();
  }

  private void attempt(ApiMessage request, short version, long deadlineMs, Reply reply) {
    long leftMs = deadlineMs - host.clock().millis();
    if (leftMs <= 0) {
      reply.failed("no active controller answered in time");
      return;
    }
    int controller = activeController.getAsInt();
    if (controller < 0) {
      later(request, version, deadlineMs, reply);
      return;
    }
    connections.call(
        controller,
        request,
        version,
        Math.min(leftMs, attemptTimeoutMs),
        new Reply() {
          @Override
          public void answered(ApiMessage response) {
            if (ErrorAnswers.contains(response, Errors.NOT_CONTROLLER)) {
              later(request, version, deadlineMs, reply);
            } else {
              reply.answered(response);
            }
          }

          @Override
          public void failed(String why) {
            later(request, version, deadlineMs, reply);
          }
        });
  }

  private void later(ApiMessage request, short version, long deadlineMs, Reply reply) {
    long leftMs = Math.max(0, deadlineMs - host.clock().millis());
    host.timers()
        .after(Math.min(RETRY_MS, leftMs), () -> attempt(request, version, deadlineMs, reply));
  }
}
