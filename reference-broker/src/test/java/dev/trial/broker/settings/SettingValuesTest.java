package dev.trial.broker.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.trial.broker.metadata.TopicConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingValuesTest {

  /** LONG in Kafka's LogConfig: a year is more milliseconds than an INT can tell. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete.retention.ms",
        "file.delete.delay.ms",
        "flush.messages",
        "flush.ms",
        "max.compaction.lag.ms",
        "message.timestamp.after.max.ms",
        "message.timestamp.before.max.ms",
        "min.compaction.lag.ms",
        "retention.bytes",
        "retention.ms",
        "segment.ms"
      })
  void aLongOfATopicMayBeAsLargeAsALong(String name) {
    assertNull(TopicConfigs.refusal(name, String.valueOf(Long.MAX_VALUE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max.message.bytes",
        "min.insync.replicas",
        "segment.bytes",
        "segment.index.bytes"
      })
  void anIntOfATopicMayNotBeLarger(String name) {
    assertNull(TopicConfigs.refusal(name, String.valueOf(Integer.MAX_VALUE)));
    String refusal = TopicConfigs.refusal(name, "2147483648");
    assertEquals("to 2147483647", refusal.substring(refusal.indexOf("to ")));
  }

  @Test
  void aBrokersNumbersHaveTheBoundsOfItsKind() {
    assertNull(SettingValues.refusal("replica.lag.time.max.ms", "3000000000"));
    assertEquals(
        "a whole number from -1 to 2147483647",
        SettingValues.refusal("broker.session.timeout.ms", "3000000000"));
    assertEquals(
        "a whole number from 1 on", SettingValues.refusal("log.flush.interval.messages", "0"));
  }
}
