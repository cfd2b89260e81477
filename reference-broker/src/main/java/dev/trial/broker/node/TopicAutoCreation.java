package dev.trial.broker.node;

import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.Peers.Reply;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.protocol.ApiMessage;

/** auto.create.topics.enable: asks the controller for topics that clients ask about. */
final class TopicAutoCreation {
  private static final int DEFAULT = -1;

  private final BrokerSettings settings;
  private final ControllerLink link;
  private final Set<String> underWay = new TreeSet<>();

  TopicAutoCreation(BrokerSettings settings, ControllerLink link) {
    this.settings = settings;
    this.link = link;
  }

  void create(String topic) {
    // Kafka's default is true; off unless asked for, so that a mistyped topic never looks like one.
    if (!settings.flag("auto.create.topics.enable", false) || !underWay.add(topic)) {
      return;
    }
    CreateTopicsRequestData request =
        new CreateTopicsRequestData().setTimeoutMs((int) settings.requestTimeoutMs());
    request
        .topics()
        .add(
            new CreatableTopic()
                .setName(topic)
                .setNumPartitions(DEFAULT)
                .setReplicationFactor((short) DEFAULT));
    link.call(
        request,
        ControllerLink.FORWARDING_TIMEOUT_MS,
        new Reply() {
          @Override
          public void answered(ApiMessage response) {
            underWay.remove(topic);
          }

          @Override
          public void failed(String why) {
            underWay.remove(topic);
          }
        });
  }
}
