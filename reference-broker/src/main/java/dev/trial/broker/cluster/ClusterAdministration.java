package dev.trial.broker.cluster;

import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** What an administrator does to the cluster by ordinary requests. */
final class ClusterAdministration {
  private static final byte PREFERRED = 0;
  private static final byte UNCLEAN = 1;
  private static final int REQUEST_TIMEOUT_MS = 10_000;

  private final Administrator administrator;

  ClusterAdministration(Administrator administrator) {
    this.administrator = administrator;
  }

  void end() {
    administrator.end();
  }

  /**
   * Asks the controller by a request of another kind until the answer is not NOT_CONTROLLER.
   *
   * @param outcome reads the error of an answer
   */
  <T extends ApiMessage> void ask(ApiMessage request, Class<T> type, Function<T, Errors> outcome) {
    settle(
        administrator.ask(
            () -> request,
            type,
            REQUEST_TIMEOUT_MS,
            answer -> outcome.apply(answer) != Errors.NOT_CONTROLLER),
        outcome);
  }

  /** Asks whoever leads now, until it is the leader. */
  <T extends ApiMessage> void askLeader(
      Supplier<OptionalInt> leader,
      Supplier<ApiMessage> request,
      Class<T> type,
      Function<T, Errors> outcome) {
    settle(
        administrator.ask(
            leader,
            request,
            type,
            REQUEST_TIMEOUT_MS,
            answer -> outcome.apply(answer) != Errors.NOT_LEADER_OR_FOLLOWER),
        outcome);
  }

  private static <T> void settle(Optional<T> answer, Function<T, Errors> outcome) {
    Errors error = answer.map(outcome).orElse(Errors.REQUEST_TIMED_OUT);
    if (error != Errors.NONE) {
      throw new IllegalStateException("the cluster answered " + error);
    }
  }

  // ---- topics

  void createTopics(List<TopicSpec> topics, long timeoutMs) {
    Optional<CreateTopicsResponseData> created =
        administrator.ask(
            () -> request(topics),
            CreateTopicsResponseData.class,
            timeoutMs,
            answer -> answer.topics().stream().noneMatch(ClusterAdministration::worthRetrying));
    if (created.isEmpty()) {
      throw new IllegalStateException("no controller created the topics in " + timeoutMs + " ms");
    }
    for (CreatableTopicResult result : created.get().topics()) {
      Errors error = Errors.forCode(result.errorCode());
      if (error != Errors.NONE && error != Errors.TOPIC_ALREADY_EXISTS) {
        throw new IllegalStateException(
            "topic " + result.name() + " was refused: " + error + ", " + result.errorMessage());
      }
    }
  }

  private static boolean worthRetrying(CreatableTopicResult result) {
    return result.errorCode() == Errors.NOT_CONTROLLER.code()
        || result.errorCode() == Errors.REQUEST_TIMED_OUT.code();
  }

  private static ApiMessage request(List<TopicSpec> topics) {
    CreateTopicsRequestData request =
        new CreateTopicsRequestData().setTimeoutMs(REQUEST_TIMEOUT_MS);
    for (TopicSpec spec : topics) {
      CreatableTopic topic =
          new CreatableTopic()
              .setName(spec.name())
              .setNumPartitions(spec.partitions())
              .setReplicationFactor((short) spec.replicationFactor());
      spec.configs()
          .forEach(
              (name, value) ->
                  topic.configs().add(new CreatableTopicConfig().setName(name).setValue(value)));
      request.topics().add(topic);
    }
    return request;
  }

  // ---- unclean elections

  /** Asks for a leader from outside the in-sync set; granted only while there is none. */
  void electUncleanly(PartitionId partition) {
    Optional<ElectLeadersResponseData> answer =
        administrator.ask(
            () -> electionRequest(UNCLEAN, partition),
            ElectLeadersResponseData.class,
            REQUEST_TIMEOUT_MS,
            response -> outcome(response) != Errors.NOT_CONTROLLER);
    Errors error = answer.map(ClusterAdministration::outcome).orElse(Errors.REQUEST_TIMED_OUT);
    if (error != Errors.NONE && error != Errors.ELECTION_NOT_NEEDED) {
      throw new IllegalStateException("no unclean election of " + partition + ": " + error);
    }
  }

  /** Asks for the first replica to lead; harmless if it does. */
  void electPreferred(PartitionId partition) {
    Optional<ElectLeadersResponseData> answer =
        administrator.ask(
            () -> electionRequest(PREFERRED, partition),
            ElectLeadersResponseData.class,
            REQUEST_TIMEOUT_MS,
            response -> outcome(response) != Errors.NOT_CONTROLLER);
    Errors error = answer.map(ClusterAdministration::outcome).orElse(Errors.REQUEST_TIMED_OUT);
    if (error != Errors.NONE && error != Errors.ELECTION_NOT_NEEDED) {
      throw new IllegalStateException("no preferred election of " + partition + ": " + error);
    }
  }

  private static ApiMessage electionRequest(byte type, PartitionId partition) {
    ElectLeadersRequestData request =
        new ElectLeadersRequestData().setElectionType(type).setTimeoutMs(REQUEST_TIMEOUT_MS);
    request
        .topicPartitions()
        .add(
            new TopicPartitions()
                .setTopic(partition.topic())
                .setPartitions(List.of(partition.partition())));
    return request;
  }

  private static Errors outcome(ElectLeadersResponseData response) {
    if (response.errorCode() != Errors.NONE.code()) {
      return Errors.forCode(response.errorCode());
    }
    return response.replicaElectionResults().stream()
        .flatMap(topic -> topic.partitionResult().stream())
        .map(result -> Errors.forCode(result.errorCode()))
        .filter(error -> error != Errors.NONE)
        .findFirst()
        .orElse(Errors.NONE);
  }
}
