package dev.trial.broker.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.trial.broker.defect.Defects;
import dev.trial.broker.metadata.TopicConfigRules;
import dev.trial.broker.settings.BrokerSettings;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a controller takes as the value of a setting. */
class ConfigControlTest {
  private static final byte BROKER = 4;
  private final ConfigControl control =
      new ConfigControl(new ControlState(new BrokerSettings(Map.of()), Defects.NONE));

  @ParameterizedTest
  @CsvSource({
    "min.insync.replicas, 2, true",
    "min.insync.replicas, 0, false",
    "min.insync.replicas, two, false",
    "retention.ms, -1, true",
    "retention.ms, 99999999999999999999, false",
    "cleanup.policy, 'compact,delete', true",
    "cleanup.policy, shred, false",
    "min.cleanable.dirty.ratio, 0.01, true",
    "min.cleanable.dirty.ratio, 1.01, false",
    "message.timestamp.type, LogAppendTime, true",
    "message.timestamp.type, logappendtime, false",
    "unclean.leader.election.enable, TRUE, true",
    "unclean.leader.election.enable, yes, false",
    "compression.type, zstd, true",
    "compression.type, zip, false",
    "no.such.setting, 1, false"
  })
  void aTopicsSettingTakesValuesOfItsKind(String name, String value, boolean taken) {
    BrokerSettings broker = new BrokerSettings(Map.of());
    if (taken) {
      TopicConfigRules.check(Map.of(name, value), broker);
    } else {
      assertThrows(
          InvalidConfigurationException.class,
          () -> TopicConfigRules.check(Map.of(name, value), broker));
    }
  }

  @Test
  void aBrokersSettingTakesValuesOfItsKind() {
    assertEquals(Errors.NONE, altered("min.insync.replicas", "2"));
    assertEquals(Errors.INVALID_REQUEST, altered("min.insync.replicas", "two"));
    assertEquals(Errors.INVALID_REQUEST, altered("unclean.leader.election.enable", "perhaps"));
    assertEquals(Errors.INVALID_REQUEST, altered("log.cleanup.policy", "keep"));
    assertEquals(Errors.NONE, altered("log.cleanup.policy", "compact,delete"));
    assertEquals(Errors.NONE, altered("no.such.setting", "1"));
  }

  @Test
  void whatABrokerReadsOnceIsNotChangedWhileItRuns() {
    assertEquals(Errors.INVALID_REQUEST, altered("group.consumer.migration.policy", "upgrade"));
    assertEquals(Errors.INVALID_REQUEST, altered("node.id", "7"));
  }

  private Errors altered(String name, String value) {
    AlterConfigsResource resource =
        new AlterConfigsResource().setResourceType(BROKER).setResourceName("");
    resource.configs().add(new AlterableConfig().setName(name).setValue(value));
    IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
    request.resources().add(resource);
    IncrementalAlterConfigsResponseData response =
        (IncrementalAlterConfigsResponseData) control.alter(request).response();
    return Errors.forCode(response.responses().get(0).errorCode());
  }
}
