package dev.trial.broker.cluster;

import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import dev.trial.core.fault.Fault;
import java.util.function.Supplier;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.protocol.Errors;

/** The administrator's part of a fault schedule: each task is one request to the controller. */
final class TopicAdministration {
  private static final int REQUEST_TIMEOUT_MS = 10_000;

  private final ClusterAdministration administration;
  private final Supplier<MetadataImage> image;

  TopicAdministration(ClusterAdministration administration, Supplier<MetadataImage> image) {
    this.administration = administration;
    this.image = image;
  }

  void carryOut(Fault.Administrative task) {
    if (task instanceof Fault.PartitionIncrease increase) {
      addPartitions(increase);
    } else {
      throw new IllegalStateException("no way to " + task);
    }
  }

  private void addPartitions(Fault.PartitionIncrease increase) {
    int total = topic(increase.topic()).partitions().size() + increase.count();
    CreatePartitionsRequestData request =
        new CreatePartitionsRequestData().setTimeoutMs(REQUEST_TIMEOUT_MS);
    request
        .topics()
        .add(
            new CreatePartitionsTopic()
                .setName(increase.topic())
                .setCount(total)
                .setAssignments(null));
    administration.ask(
        request,
        CreatePartitionsResponseData.class,
        answer -> Errors.forCode(answer.results().get(0).errorCode()));
  }

  private TopicState topic(String name) {
    TopicState topic = image.get().topics().get(name);
    if (topic == null) {
      throw new IllegalStateException("there is no topic " + name);
    }
    return topic;
  }
}
