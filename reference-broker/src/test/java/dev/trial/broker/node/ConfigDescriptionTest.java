package dev.trial.broker.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.metadata.Image;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.metadata.MetadataRecord.TopicCreated;
import dev.trial.broker.settings.BrokerSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;
import org.junit.jupiter.api.Test;

/** Where settings come from, told in the order of {@code kafka.server.ConfigHelper}. */
class ConfigDescriptionTest {
  private static final int BROKER = 1;
  private static final List<MetadataRecord> RECORDS =
      List.of(
          new TopicCreated("t", new Uuid(5, 6)),
          new ConfigChanged(ConfigScope.TOPIC, "t", "min.insync.replicas", "2"),
          new ConfigChanged(ConfigScope.BROKER, "", "min.insync.replicas", "3"),
          new ConfigChanged(ConfigScope.BROKER, "1", "min.insync.replicas", "4"),
          new ConfigChanged(ConfigScope.BROKER, "", "log.segment.bytes", "1048576"),
          new ConfigChanged(ConfigScope.BROKER, "2", "log.segment.bytes", "2097152"),
          new ConfigChanged(ConfigScope.GROUP, "g", "consumer.session.timeout.ms", "50000"));
  private static final Image IMAGE = Image.EMPTY.after(0, RECORDS);
  private static final BrokerSettings SETTINGS =
      new BrokerSettings(
          Map.of(
              "min.insync.replicas", "5", "message.max.bytes", "77", "log.retention.hours", "1"));

  @Test
  void whatCountsFirstIsToldFirst() {
    DescribeConfigsResourceResult entry = only(describe("t", "min.insync.replicas", true));
    assertEquals("2", entry.value());
    assertEquals(ConfigSource.TOPIC_CONFIG.id(), entry.configSource());
    assertEquals(ConfigType.INT.id(), entry.configType());
    assertEquals(
        List.of(
            "TOPIC_CONFIG 2",
            "DYNAMIC_BROKER_CONFIG 4",
            "DYNAMIC_DEFAULT_BROKER_CONFIG 3",
            "STATIC_BROKER_CONFIG 5",
            "DEFAULT_CONFIG 1"),
        synonyms(entry));
  }

  @Test
  void whatTheClusterSaysIsNoStaticSetting() {
    DescribeConfigsResourceResult entry = only(describe("t", "segment.bytes", true));
    assertEquals("1048576", entry.value());
    assertEquals(ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG.id(), entry.configSource());
    assertEquals("log.segment.bytes", entry.synonyms().get(0).name());
  }

  @Test
  void synonymsAreToldToWhoAsks() {
    DescribeConfigsResourceResult entry = only(describe("t", "max.message.bytes", false));
    assertEquals("77", entry.value());
    assertEquals(ConfigSource.STATIC_BROKER_CONFIG.id(), entry.configSource());
    assertTrue(entry.synonyms().isEmpty());
  }

  @Test
  void hoursOfTheBrokerCountUnderTheTopicsName() {
    DescribeConfigsResourceResult entry = only(describe("t", "retention.ms", true));
    assertEquals("3600000", entry.value());
    assertTrue(entry.synonyms().isEmpty());
  }

  @Test
  void aBrokerTellsWhatWasSetForItAndAllThatWasNot() {
    Map<String, DescribeConfigsResourceResult> told = new TreeMap<>();
    broker("1").configs().forEach(each -> told.put(each.name(), each));
    assertEquals(
        List.of(
            "broker.id=1",
            "log.retention.hours=1",
            "log.segment.bytes=1048576",
            "message.max.bytes=77",
            "min.insync.replicas=4",
            "node.id=1"),
        told.values().stream()
            .filter(each -> each.configSource() != ConfigSource.DEFAULT_CONFIG.id())
            .map(each -> each.name() + "=" + each.value())
            .toList());
    assertTrue(told.get("log.retention.hours").readOnly());
    assertFalse(told.get("min.insync.replicas").readOnly());
    assertEquals("1", told.get("num.partitions").value());
    assertEquals(ConfigType.PASSWORD.id(), told.get("ssl.key.password").configType());
    assertTrue(told.get("ssl.key.password").isSensitive());
    assertEquals(
        List.of("STATIC_BROKER_CONFIG 1", "DEFAULT_CONFIG 168"),
        synonyms(told.get("log.retention.hours")));
    assertEquals(2, broker("").configs().size());
  }

  @Test
  void anotherBrokersAndNoBrokersIdsAreRefused() {
    assertEquals(Errors.INVALID_REQUEST.code(), broker("2").errorCode());
    assertEquals(
        "Unexpected broker id, expected 1 or empty string, but received 2",
        broker("2").errorMessage());
    assertEquals("Broker id must be an integer, but it is: one", broker("one").errorMessage());
  }

  @Test
  void groupsAndUnknownResources() {
    DescribeConfigsResult group = describe(ConfigResource.Type.GROUP, "g", null, true);
    DescribeConfigsResourceResult session = group.configs().get(1);
    assertEquals("50000", session.value());
    assertEquals(List.of("GROUP_CONFIG 50000", "DEFAULT_CONFIG 45000"), synonyms(session));
    DescribeConfigsResult logger = describe(ConfigResource.Type.BROKER_LOGGER, "1", null, true);
    assertEquals(Errors.INVALID_REQUEST.code(), logger.errorCode());
    assertEquals(
        Errors.UNKNOWN_TOPIC_OR_PARTITION.code(), describe("u", "retention.ms", true).errorCode());
  }

  private static DescribeConfigsResult describe(String topic, String name, boolean synonyms) {
    return describe(ConfigResource.Type.TOPIC, topic, List.of(name), synonyms);
  }

  private static DescribeConfigsResult broker(String id) {
    return describe(ConfigResource.Type.BROKER, id, null, true);
  }

  private static DescribeConfigsResult describe(
      ConfigResource.Type type, String name, List<String> keys, boolean synonyms) {
    DescribeConfigsRequestData request =
        new DescribeConfigsRequestData().setIncludeSynonyms(synonyms);
    request
        .resources()
        .add(
            new DescribeConfigsResource()
                .setResourceType(type.id())
                .setResourceName(name)
                .setConfigurationKeys(keys));
    return new ConfigDescription(BROKER, IMAGE, SETTINGS).answer(request).results().get(0);
  }

  private static DescribeConfigsResourceResult only(DescribeConfigsResult result) {
    assertEquals(1, result.configs().size());
    return result.configs().get(0);
  }

  private static List<String> synonyms(DescribeConfigsResourceResult entry) {
    return entry.synonyms().stream()
        .map(each -> ConfigSource.forId(each.source()) + " " + each.value())
        .toList();
  }
}
