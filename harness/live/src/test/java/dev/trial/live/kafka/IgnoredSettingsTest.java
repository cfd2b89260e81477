package dev.trial.live.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.profile.Profile;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IgnoredSettingsTest {
  private static final Profile PLAIN = Profile.DEFAULTS;
  private static final Profile UNCLEAN = PLAIN.topic("unclean.leader.election.enable", true);

  /**
   * On 3.8.0 a partition stayed without leader for ten seconds although the topic allowed an
   * unclean election and two replicas were alive: the controller's code answers "false" whatever is
   * configured. 3.9.2 and later elect.
   */
  @Test
  void uncleanElectionsByTheTopicBeginWith39() {
    assertTrue(IgnoredSettings.of(KafkaVersion.of("3.8.0"), UNCLEAN).orElseThrow().contains("3.9"));
    assertEquals(Optional.empty(), IgnoredSettings.of(KafkaVersion.of("3.8.0"), PLAIN));
    assertEquals(Optional.empty(), IgnoredSettings.of(KafkaVersion.of("3.9.2"), UNCLEAN));
    assertEquals(Optional.empty(), IgnoredSettings.of(KafkaVersion.of("4.3.1"), UNCLEAN));
  }

  /** group.version is finalized in new clusters from 4.0 on (KIP-848). */
  @Test
  void theConsumerProtocolBeginsWith40() {
    Profile served = PLAIN.consumer("group.protocol", "consumer");
    assertTrue(IgnoredSettings.of(KafkaVersion.of("3.9.2"), served).orElseThrow().contains("4.0"));
    assertEquals(Optional.empty(), IgnoredSettings.of(KafkaVersion.of("4.3.1"), served));
  }

  /** A cluster of 4.0 or later is formatted with the level; before, there is only 0. */
  @Test
  void transactionVersionsBeginWith40() {
    Profile second = PLAIN.broker("transaction.version", 2);
    assertTrue(IgnoredSettings.of(KafkaVersion.of("3.9.2"), second).orElseThrow().contains("4.0"));
    assertEquals(Optional.empty(), IgnoredSettings.of(KafkaVersion.of("4.3.1"), second));
    Profile first = PLAIN.broker("transaction.version", 0);
    assertEquals(Optional.empty(), IgnoredSettings.of(KafkaVersion.of("3.8.0"), first));
  }
}
