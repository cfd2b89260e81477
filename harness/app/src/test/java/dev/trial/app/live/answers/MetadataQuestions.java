package dev.trial.app.live.answers;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;

/** Metadata, ApiVersions, DescribeCluster, FindCoordinator. */
final class MetadataQuestions {
  static final String TOO_LONG = "x".repeat(250);

  private MetadataQuestions() {}

  static void add(Table table) {
    for (int version : new int[] {4, 9, 12, 13}) {
      table.ask(
          "Metadata of bad names v" + version,
          version,
          names("", ".", "..", "a b", "ä", TOO_LONG, "no-such-topic", "__consumer_offsets.x"));
    }
    table.ask("Metadata twice v12", 12, names("no-such-topic", "no-such-topic"));
    table.ask(
        "Metadata of all v12",
        12,
        new MetadataRequestData().setTopics(null).setIncludeTopicAuthorizedOperations(true));
    table.ask(
        "Metadata with auto creation of a bad name v12",
        12,
        names("a b").setAllowAutoTopicCreation(true));
    table.ask(
        "Metadata by an unknown id v12",
        12,
        topics(new MetadataRequestTopic().setName(null).setTopicId(new Uuid(1, 2))));
    table.ask(
        "Metadata by name and id v12",
        12,
        topics(new MetadataRequestTopic().setName("orders").setTopicId(new Uuid(1, 2))));
    table.ask("Metadata by neither v12", 12, topics(new MetadataRequestTopic().setName(null)));
    table.ask(
        "Metadata by id v11",
        11,
        topics(new MetadataRequestTopic().setName("orders").setTopicId(new Uuid(1, 2))));
    table.ask(
        "Metadata by no name v10",
        10,
        topics(new MetadataRequestTopic().setName(null).setTopicId(new Uuid(1, 2))));
    table.ask(
        "Metadata by a known id v12",
        12,
        scene -> 1,
        scene ->
            topics(new MetadataRequestTopic().setName(null).setTopicId(scene.id(Scene.COMPACTED))));
    table.ask(
        "ApiVersions of a bad software name v3",
        3,
        new ApiVersionsRequestData().setClientSoftwareName("-bad-").setClientSoftwareVersion("1"));
    table.ask(
        "DescribeCluster of controllers v1",
        1,
        new DescribeClusterRequestData().setEndpointType((byte) 2));
    table.ask(
        "DescribeCluster of endpoints 7 v1",
        1,
        new DescribeClusterRequestData().setEndpointType((byte) 7));
    for (int version : new int[] {0, 1, 3}) {
      table.ask(
          "FindCoordinator of no key v" + version,
          version,
          new FindCoordinatorRequestData().setKey(""));
    }
    table.ask(
        "FindCoordinator of type 7 v3",
        3,
        new FindCoordinatorRequestData().setKey("g").setKeyType((byte) 7));
    for (int version : new int[] {4, 6}) {
      table.ask(
          "FindCoordinator of no keys v" + version, version, new FindCoordinatorRequestData());
      for (int type : new int[] {0, 1, 2, 7}) {
        table.ask(
            "FindCoordinator of type " + type + " v" + version,
            version,
            new FindCoordinatorRequestData()
                .setKeyType((byte) type)
                .setCoordinatorKeys(List.of("", "bad:key")));
      }
    }
  }

  private static MetadataRequestData names(String... names) {
    return topics(
        Arrays.stream(names)
            .map(name -> new MetadataRequestTopic().setName(name))
            .toArray(MetadataRequestTopic[]::new));
  }

  private static MetadataRequestData topics(MetadataRequestTopic... topics) {
    return new MetadataRequestData()
        .setTopics(Arrays.asList(topics))
        .setAllowAutoTopicCreation(false);
  }
}
