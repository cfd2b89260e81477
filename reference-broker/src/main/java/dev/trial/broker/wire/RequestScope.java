package dev.trial.broker.wire;

import dev.trial.core.world.DiskException;
import dev.trial.core.world.Host;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * For which request a node's event loop works just now, so that a fault costs that request alone
 * and not the node, as in Kafka (KafkaApis.handle answers what was thrown). Work that a request
 * leaves for later stays its own until it is answered: timers of a {@link ServingHost} and calls of
 * {@link PeerConnections} see to that, other callbacks are {@link #bound} by who keeps them.
 *
 * <p>What no open request has caused is the node's own business, and a fault in it ends the node.
 * So does a disk that fails.
 */
public final class RequestScope {
  private final FaultLog faults;
  private OpenRequest current;

  /**
   * @param faults null on a host whose node ends with its first fault
   */
  RequestScope(FaultLog faults) {
    this.faults = faults;
  }

  /** The scope of that host's event loop; a fault is contained on a {@link ServingHost} alone. */
  public static RequestScope of(Host host) {
    return host instanceof ServingHost serving ? serving.scope() : new RequestScope(null);
  }

  /** Tells of a fault in the handling of a request. */
  void tell(RequestContext context, Throwable fault) {
    if (faults == null) {
      throw new IllegalStateException(context.api() + " version " + context.version(), fault);
    }
    faults.tell(context, fault);
  }

  /** Handles a request; what that throws is the request's, answered or not. */
  void serve(OpenRequest request, Runnable handling) {
    OpenRequest before = current;
    current = request;
    try {
      handling.run();
    } catch (DiskException diskFailed) {
      throw diskFailed;
    } catch (RuntimeException | AssertionError | LinkageError fault) {
      request.failed(fault);
    } finally {
      current = before;
    }
  }

  /** The action as the current request's, whenever it runs. */
  public Runnable bound(Runnable action) {
    OpenRequest origin = current;
    return open(origin) ? () -> resume(origin, action) : action;
  }

  /** The action as the current request's, whenever it runs. */
  public <T> Consumer<T> bound(Consumer<T> action) {
    OpenRequest origin = current;
    return open(origin) ? value -> resume(origin, () -> action.accept(value)) : action;
  }

  /** The reply as the current request's, whenever it comes. */
  Peers.Reply bound(Peers.Reply reply) {
    OpenRequest origin = current;
    if (!open(origin)) {
      return reply;
    }
    return new Peers.Reply() {
      @Override
      public void answered(ApiMessage response) {
        resume(origin, () -> reply.answered(response));
      }

      @Override
      public void failed(String why) {
        resume(origin, () -> reply.failed(why));
      }
    };
  }

  /**
   * The attempt as the current request's, whenever it is made.
   *
   * @param whenFailed what an attempt counts for that threw
   */
  public BooleanSupplier bound(BooleanSupplier attempt, boolean whenFailed) {
    OpenRequest origin = current;
    if (!open(origin)) {
      return attempt;
    }
    return () -> {
      boolean[] outcome = {whenFailed};
      resume(origin, () -> outcome[0] = attempt.getAsBoolean());
      return outcome[0];
    };
  }

  private static boolean open(OpenRequest request) {
    return request != null && !request.answered();
  }

  private void resume(OpenRequest origin, Runnable action) {
    OpenRequest before = current;
    current = origin;
    try {
      action.run();
    } catch (DiskException diskFailed) {
      throw diskFailed;
    } catch (RuntimeException | AssertionError | LinkageError fault) {
      if (origin.answered()) {
        throw fault;
      }
      origin.failed(fault);
    } finally {
      current = before;
    }
  }
}
