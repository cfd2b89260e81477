package dev.trial.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OwnerTest {

  @Test
  void aLiveProcessIsNotGone() {
    assertFalse(Owner.self().gone());
    assertEquals(Owner.self(), Owner.of(Owner.self().text()));
  }

  @Test
  void aProcessThatEndedIsGone() throws IOException, InterruptedException {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Owner self = Owner.self();
    assertTrue(new Owner(self.machine(), self.boot(), ended.pid(), 1).gone());
  }

  @Test
  void aPidThatSomebodyElseHasNowIsGone() {
    Owner self = Owner.self();
    assertTrue(new Owner(self.machine(), self.boot(), self.pid(), self.startTicks() - 1).gone());
    assertTrue(new Owner(self.machine(), "boot-before", self.pid(), self.startTicks()).gone());
  }

  @Test
  void ofAnotherMachineNothingIsKnown() {
    assertFalse(new Owner("elsewhere", "boot", 1, 1).gone());
  }

  @Test
  void aLabelThatIsNoOwnerIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Owner.of("somebody"));
  }
}
