package dev.trial.broker.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.broker.TinyWorld;
import dev.trial.broker.wire.RequestScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parked requests: asked when woken, gone once completed, wherever that happened. */
class WaitersTest {
  private final Waiters waiters = new Waiters(RequestScope.of(new TinyWorld(1).boot("broker-1")));
  private final List<String> asked = new ArrayList<>();

  private Waiter waiter(String name, boolean completes) {
    return () -> {
      asked.add(name);
      return completes;
    };
  }

  @Test
  void whoCannotCompleteIsAskedAgain() {
    waiters.add(waiter("stays", false));
    waiters.add(waiter("goes", true));
    waiters.wake();
    waiters.wake();
    assertEquals(List.of("stays", "goes", "stays"), asked);
    assertEquals(1, waiters.size());
  }

  /** A fetch waits on many partitions; idle ones must not keep what a busy one completed. */
  @Test
  void whatWasCompletedElsewhereIsNotKept() {
    Waiter elsewhere = waiter("elsewhere", true);
    waiters.add(elsewhere);
    waiters.remove(elsewhere);
    assertEquals(0, waiters.size());
    waiters.wake();
    assertEquals(List.of(), asked);
  }

  @Test
  void aRequestMayLeaveWhileOthersAreAsked() {
    Waiter last = waiter("last", true);
    waiters.add(
        () -> {
          asked.add("first");
          waiters.remove(last);
          return true;
        });
    waiters.add(last);
    waiters.wake();
    assertEquals(List.of("first", "last"), asked);
    assertEquals(0, waiters.size());
  }
}
