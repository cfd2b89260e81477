package dev.trial.broker.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.metadata.MetadataRecord.BrokerChanged;
import dev.trial.broker.metadata.MetadataRecord.BrokerRegistered;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.MetadataRecord.ProducerIdsAllocated;
import dev.trial.broker.metadata.MetadataRecord.TopicCreated;
import dev.trial.broker.metadata.MetadataRecord.TopicDeleted;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.core.history.Action.Leadership.Election;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class ImageTest {
  private static final Uuid ID = new Uuid(5, 6);
  private static final PartitionState STATE =
      new PartitionState(0, List.of(1, 2), List.of(2), 2, 3, 4, Election.CLEAN);
  private static final BrokerState BROKER =
      new BrokerState(1, 7, new Uuid(1, 2), "broker-1", 9092, true, false);
  private static final List<MetadataRecord> RECORDS =
      List.of(
          new BrokerRegistered(BROKER),
          new BrokerChanged(1, false, true),
          new TopicCreated("t", ID),
          new PartitionChanged(ID, STATE),
          new ConfigChanged(ConfigScope.TOPIC, "t", "min.insync.replicas", "2"),
          new ConfigChanged(ConfigScope.BROKER, "", "log.segment.bytes", "1048576"),
          new ConfigChanged(ConfigScope.BROKER, "1", "x", null),
          new ProducerIdsAllocated(2_000));

  @Test
  void recordsSurviveTheCodec() {
    assertEquals(RECORDS, RecordCodec.decode(RecordCodec.encode(RECORDS)));
    List<MetadataRecord> deletion = List.of(new TopicDeleted(ID));
    assertEquals(deletion, RecordCodec.decode(RecordCodec.encode(deletion)));
    assertTrue(RecordCodec.decode(new byte[0]).isEmpty());
  }

  @Test
  void imagesBuildUpAndOldOnesStay() {
    Image first = Image.EMPTY.after(0, RECORDS);
    assertEquals(STATE, first.topic(ID).orElseThrow().partitions().get(0));
    assertFalse(first.brokers().get(1).fenced());
    assertEquals(2_000, first.nextProducerId());
    Image second = first.after(1, List.of(new TopicDeleted(ID)));
    assertTrue(second.topics().isEmpty());
    assertTrue(second.topic(ID).isEmpty());
    assertEquals(1, first.topics().size());
    assertTrue(Image.EMPTY.topics().isEmpty());
  }

  @Test
  void settingsFallBackFromTopicToDefault() {
    Image image = Image.EMPTY.after(0, RECORDS);
    BrokerSettings settings = new BrokerSettings(Map.of("message.max.bytes", "77"));
    TopicConfigs configs = TopicConfigs.of(image, "t", 1, settings);
    assertEquals(2, configs.minInSyncReplicas());
    assertEquals(1_048_576, configs.number("segment.bytes"));
    assertEquals(77, configs.number("max.message.bytes"));
    assertEquals("CreateTime", configs.text("message.timestamp.type"));
    assertFalse(configs.uncleanLeaderElection());
  }
}
