package dev.trial.broker.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
        "a whole number from 1 to 2147483647",
        SettingValues.refusal("broker.session.timeout.ms", "3000000000"));
    assertEquals(
        "a whole number from 1 on", SettingValues.refusal("log.flush.interval.messages", "0"));
  }

  /** A timer of no time at all comes again before anything else: virtual time stands still. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker.heartbeat.interval.ms",
        "log.cleaner.backoff.ms",
        "replica.fetch.backoff.ms",
        "replica.high.watermark.checkpoint.interval.ms",
        "replica.lag.time.max.ms",
        "transaction.abort.timed.out.transaction.cleanup.interval.ms"
      })
  void whatDrivesATimerTakesTime(String name) {
    assertNotNull(SettingValues.refusal(name, "-1"));
    assertNotNull(SettingValues.refusal(name, "0"));
    assertNull(SettingValues.refusal(name, "2"));
  }

  /** In-sync sets are looked at in half of that time. */
  @Test
  void halfOfATimerTakesTimeToo() {
    assertNotNull(SettingValues.refusal("replica.lag.time.max.ms", "1"));
    assertNotNull(SettingValues.refusal("controller.quorum.fetch.timeout.ms", "1"));
  }
}
