package dev.trial.broker.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.metadata.MetadataRecord.BrokerRegistered;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.settings.BrokerSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** What a group may set of its own, and how it gets there through the metadata log. */
class GroupConfigsTest {
  private static final String SESSION = "consumer.session.timeout.ms";
  private static final String HEARTBEAT = "consumer.heartbeat.interval.ms";
  private static final BrokerSettings DEFAULTS = new BrokerSettings(Map.of());

  @Test
  void aSettingInTheBrokersBoundsIsTaken() {
    assertNull(GroupConfigs.refusal(Map.of(SESSION, "50000", HEARTBEAT, "6000"), DEFAULTS));
  }

  @Test
  void outsideOfThemItIsRefused() {
    assertRefused(Map.of(SESSION, "44999"), "group.consumer.min.session.timeout.ms");
    assertRefused(Map.of(SESSION, "60001"), "group.consumer.max.session.timeout.ms");
    assertRefused(Map.of(HEARTBEAT, "15001"), "group.consumer.max.heartbeat.interval.ms");
    assertRefused(Map.of(HEARTBEAT, "soon"), "Not a number of type INT");
    assertRefused(Map.of("session.timeout.ms", "50000"), "Unknown group config name");
  }

  @Test
  void aSessionOutlastsAHeartbeatInterval() {
    BrokerSettings low = new BrokerSettings(Map.of("group.consumer.min.session.timeout.ms", "100"));
    String told = GroupConfigs.refusal(Map.of(SESSION, "5000"), low);
    assertTrue(told.contains("greater than " + HEARTBEAT), told);
  }

  private static void assertRefused(Map<String, String> wanted, String because) {
    String told = GroupConfigs.refusal(wanted, DEFAULTS);
    assertTrue(told != null && told.contains(because), wanted + ": " + told);
  }

  @Test
  void whatAGroupHasGoesThroughTheLogAndAwayAgain() {
    Image set = after(Image.EMPTY, new ConfigChanged(ConfigScope.GROUP, "g", SESSION, "50000"));
    assertEquals(50_000, GroupConfigs.of(set, "g", DEFAULTS).sessionTimeoutMs());
    assertEquals(45_000, GroupConfigs.of(set, "h", DEFAULTS).sessionTimeoutMs());
    Image unset = after(set, new ConfigChanged(ConfigScope.GROUP, "g", SESSION, null));
    assertEquals(45_000, GroupConfigs.of(unset, "g", DEFAULTS).sessionTimeoutMs());
  }

  @Test
  void aBrokersRackGoesThroughTheLog() {
    BrokerState racked = new BrokerState(1, 1, new Uuid(1, 1), "b", 9, false, false, "rack-1");
    BrokerState bare = new BrokerState(2, 2, new Uuid(2, 2), "b", 9, false, false);
    Image image =
        after(after(Image.EMPTY, new BrokerRegistered(racked)), new BrokerRegistered(bare));
    assertEquals("rack-1", image.brokers().get(1).rack());
    assertNull(image.brokers().get(2).rack());
  }

  private static Image after(Image before, MetadataRecord record) {
    byte[] written = RecordCodec.encode(List.of(record));
    return before.after(before.offset() + 1, RecordCodec.decode(written));
  }
}
