package dev.trial.workloads.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.run.Parameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A member uses one protocol after the other, and goes on with the right one after a crash. */
class ProtocolSwitchesTest {
  private final Recording context = new Recording();

  private ProtocolSwitches switches(Object... more) {
    context.parameters =
        Parameters.of("protocols", "classic,consumer,classic", "switch-at-ms", "1000,3000");
    if (more.length > 0) {
      context.parameters =
          Parameters.of(
              "protocols",
              "classic,consumer,classic",
              "switch-at-ms",
              "1000,3000",
              more[0],
              more[1]);
    }
    return ProtocolSwitches.of(context);
  }

  private static String protocol(ProtocolSwitches switches, long nowMs) {
    return switches.settings(nowMs).get("group.protocol");
  }

  @Test
  void eachProtocolHasItsTime() {
    long began = context.clock().millis();
    ProtocolSwitches switches = switches();
    assertEquals(began + 1_000, switches.nextMs(began));
    assertEquals("classic", protocol(switches, began + 999));
    assertEquals("consumer", protocol(switches, began + 1_000));
    assertEquals(began + 3_000, switches.nextMs(began + 1_000));
    assertEquals("classic", protocol(switches, began + 3_000));
    assertEquals(Long.MAX_VALUE, switches.nextMs(began + 3_000));
  }

  @Test
  void aLaterProcessGoesOnWhereTheFirstOneWas() {
    long now = context.clock().millis();
    ProtocolSwitches switches = switches("age-ms", 2_500);
    assertEquals("consumer", protocol(switches, now));
    assertEquals(now + 500, switches.nextMs(now));
  }

  @Test
  void theConsumerProtocolTakesNoSettingsOfTheClassicOne() {
    Map<String, String> own = switches("age-ms", 2_000).settings(context.clock().millis());
    assertTrue(own.containsKey("session.timeout.ms"));
    assertNull(own.get("session.timeout.ms"));
  }

  @Test
  void withoutSwitchesSettingsDecide() {
    context.parameters = Parameters.of();
    ProtocolSwitches switches = ProtocolSwitches.of(context);
    assertEquals(Map.of(), switches.settings(context.clock().millis()));
    assertEquals(Long.MAX_VALUE, switches.nextMs(context.clock().millis()));
  }
}
