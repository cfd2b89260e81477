package dev.trial.broker.cluster;

import dev.trial.broker.wire.PeerConnections;
import dev.trial.broker.wire.Peers.Reply;
import dev.trial.core.world.Machine;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.World;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.ApiMessage;

/** Asks the active controller over the network, from a machine of its own. */
final class Administrator {

  /** The machine's name; faults on the cluster's links do not touch it. */
  static final String MACHINE = "administrator";

  private static final long RETRY_MS = 50;

  private final World world;
  private final Machine machine;
  private final Supplier<OptionalInt> controller;
  private final PeerConnections peers;

  Administrator(
      World world,
      Machine machine,
      IntFunction<Optional<Address>> addresses,
      Supplier<OptionalInt> controller) {
    this.world = world;
    this.machine = machine;
    this.controller = controller;
    this.peers = machine.boot(host -> new PeerConnections(host, MACHINE, addresses));
  }

  /**
   * Asks until an answer satisfies, or time is up.
   *
   * @return the answer, empty when time was up
   */
  <T extends ApiMessage> Optional<T> ask(
      Supplier<ApiMessage> request, Class<T> type, long timeoutMs, Predicate<T> satisfies) {
    return ask(controller, request, type, timeoutMs, satisfies);
  }

  /** The same of another node than the active controller. */
  <T extends ApiMessage> Optional<T> ask(
      Supplier<OptionalInt> node,
      Supplier<ApiMessage> request,
      Class<T> type,
      long timeoutMs,
      Predicate<T> satisfies) {
    long deadlineMs = world.clock().millis() + timeoutMs;
    while (world.clock().millis() < deadlineMs) {
      OptionalInt active = node.get();
      if (active.isPresent()) {
        long leftMs = deadlineMs - world.clock().millis();
        ApiMessage answer = askOnce(active.getAsInt(), request.get(), leftMs);
        if (answer != null && satisfies.test(type.cast(answer))) {
          return Optional.of(type.cast(answer));
        }
      }
      world.sleep(RETRY_MS);
    }
    return Optional.empty();
  }

  /** Null if no answer came. */
  private ApiMessage askOnce(int node, ApiMessage request, long timeoutMs) {
    AtomicReference<Optional<ApiMessage>> outcome = new AtomicReference<>();
    Reply reply =
        new Reply() {
          @Override
          public void answered(ApiMessage response) {
            outcome.set(Optional.of(response));
          }

          @Override
          public void failed(String why) {
            outcome.set(Optional.empty());
          }
        };
    machine.observe(
        () -> {
          peers.call(node, request, timeoutMs, reply);
          return null;
        });
    world.await(timeoutMs, () -> outcome.get() != null);
    Optional<ApiMessage> ended = outcome.get();
    return ended == null ? null : ended.orElse(null);
  }

  void end() {
    machine.kill();
  }
}
