package dev.trial.broker.cluster;

import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.core.cluster.Cluster;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.fault.Fault;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** The administrator's part of a fault schedule: each task is one request to the controller. */
final class TopicAdministration {
  private static final int REQUEST_TIMEOUT_MS = 10_000;

  private final ClusterAdministration administration;
  private final Cluster cluster;
  private final ClusterNodes nodes;
  private final Supplier<MetadataImage> image;

  TopicAdministration(
      ClusterAdministration administration,
      Cluster cluster,
      ClusterNodes nodes,
      Supplier<MetadataImage> image) {
    this.administration = administration;
    this.cluster = cluster;
    this.nodes = nodes;
    this.image = image;
  }

  void carryOut(Fault.Administrative task) {
    if (task instanceof Fault.PartitionIncrease increase) {
      addPartitions(increase);
    } else if (task instanceof Fault.RecordDeletion deletion) {
      deleteRecords(new PartitionId(deletion.topic(), deletion.partition()));
    } else if (task instanceof Fault.TopicRecreation again) {
      recreate(topic(again.topic()));
    } else if (task instanceof Fault.PreferredElection election) {
      administration.electPreferred(new PartitionId(election.topic(), election.partition()));
    } else if (task instanceof Fault.Reassignment moved) {
      reassign(new PartitionId(moved.topic(), moved.partition()));
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

  private void deleteRecords(PartitionId partition) {
    administration.askLeader(
        () -> cluster.leader(partition),
        () -> deletion(partition),
        DeleteRecordsResponseData.class,
        answer ->
            Errors.forCode(
                answer.topics().iterator().next().partitions().iterator().next().errorCode()));
  }

  private ApiMessage deletion(PartitionId partition) {
    int leader = cluster.leader(partition).orElseThrow();
    return new DeleteRecordsRequestData()
        .setTimeoutMs(REQUEST_TIMEOUT_MS)
        .setTopics(
            List.of(
                new DeleteRecordsTopic()
                    .setName(partition.topic())
                    .setPartitions(
                        List.of(
                            new DeleteRecordsPartition()
                                .setPartitionIndex(partition.partition())
                                .setOffset(nodes.middle(leader, partition))))));
  }

  /** The new topic has another id; nothing but the name says that it is the same. */
  private void recreate(TopicState topic) {
    DeleteTopicsRequestData request =
        new DeleteTopicsRequestData()
            .setTimeoutMs(REQUEST_TIMEOUT_MS)
            .setTopics(List.of(new DeleteTopicState().setName(topic.name())));
    administration.ask(
        request,
        DeleteTopicsResponseData.class,
        answer -> Errors.forCode(answer.responses().iterator().next().errorCode()));
    int replicas = topic.partitions().get(0).replicas().size();
    TopicSpec again =
        new TopicSpec(topic.name(), topic.partitions().size(), replicas, topic.configs());
    administration.createTopics(List.of(again), REQUEST_TIMEOUT_MS);
  }

  private void reassign(PartitionId id) {
    PartitionState partition = topic(id.topic()).partitions().get(id.partition());
    if (partition.reassigning()) {
      throw new IllegalStateException(id + " is being reassigned already");
    }
    AlterPartitionReassignmentsRequestData request =
        new AlterPartitionReassignmentsRequestData()
            .setTimeoutMs(REQUEST_TIMEOUT_MS)
            .setTopics(
                List.of(
                    new ReassignableTopic()
                        .setName(id.topic())
                        .setPartitions(
                            List.of(
                                new ReassignablePartition()
                                    .setPartitionIndex(id.partition())
                                    .setReplicas(target(partition))))));
    administration.ask(
        request,
        AlterPartitionReassignmentsResponseData.class,
        answer ->
            answer.errorCode() != Errors.NONE.code()
                ? Errors.forCode(answer.errorCode())
                : Errors.forCode(answer.responses().get(0).partitions().get(0).errorCode()));
  }

  private List<Integer> target(PartitionState partition) {
    List<Integer> target = new ArrayList<>(partition.replicas());
    for (int broker : image.get().brokers().keySet()) {
      if (!target.contains(broker)) {
        target.remove(0); // often the leader
        target.add(broker);
        return target;
      }
    }
    target.add(target.remove(0));
    return target;
  }

  private TopicState topic(String name) {
    TopicState topic = image.get().topics().get(name);
    if (topic == null) {
      throw new IllegalStateException("there is no topic " + name);
    }
    return topic;
  }
}
