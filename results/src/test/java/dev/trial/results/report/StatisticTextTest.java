package dev.trial.results.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class StatisticTextTest {

  @Test
  void theLongestNameThatIsKnownSaysIt() {
    assertEquals("sends that were acknowledged", StatisticText.of("acknowledged"));
    assertEquals("records handed to producers: ok", StatisticText.of("sends.ok"));
    assertEquals("rebalances of group a.b", StatisticText.of("rebalances.a.b"));
    assertEquals(
        "partitions without lag when the load ended, in group billing",
        StatisticText.of("after-load.ok.billing"));
    assertEquals("anomalies of this kind", StatisticText.of("lost-write"));
    assertNull(StatisticText.of("unheard-of.billing"));
    assertNull(StatisticText.of(""));
  }
}
