package dev.trial.app.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.shrink.LiveShrinking;
import dev.trial.engine.shrink.Repeated;
import dev.trial.engine.shrink.Sign;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A finding of the live reference cluster, made smaller by holding it again. */
@Timeout(240)
class LiveShrinkingTest {
  @TempDir private Path directory;

  /** The cluster does not tell readers what was aborted: no fault is needed for it. */
  @Test
  void theFaultGoesAndTheRateIsTold() {
    try (Target target = Targets.open("reference", Targets.DEFAULT_CLIENT)) {
      RunSpec whole = whole(target);
      int[] steps = {0};
      LiveShrinking shrinking =
          new LiveShrinking(target, directory, () -> steps[0] > 0, step -> steps[0]++);
      Sign sign = new Sign(AnomalyKind.ABORTED_READ, Cause.UNEXPLAINED);
      Optional<Repeated> shrunk = shrinking.shrink(whole, sign, "small", 1);
      assertTrue(shrunk.isPresent());
      assertEquals(1, shrunk.get().before().faults());
      assertEquals(0, shrunk.get().after().faults());
      assertEquals("1 of 1 runs show it", shrunk.get().rate().words());
      assertEquals(3, shrunk.get().held());
      assertNotNull(sign.in(shrunk.get().smallest().outcome()));
      assertTrue(Files.exists(directory.resolve("small").resolve("report.html")));
    }
  }

  private static RunSpec whole(Target target) {
    Claim claim = Claims.all().get("transactions-atomic");
    Specs.Overrides mutated = new Specs.Overrides(0, List.of("aborted-not-told"));
    ScheduledFault slow =
        new ScheduledFault(500, 500, new Fault.Latency(20, 0), new Role.Leader("orders", 0));
    return Specs.of(claim, claim.halves().get(0), target, Targets.DEFAULT_CLIENT, 1, mutated)
        .withFaults(List.of(slow))
        .withLoadMs(3_000);
  }
}
