package dev.trial.broker.replication;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AllocateProducerIdsResponseData;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** A controller that never fails and elects cleanly: one partition on brokers 1, 2, 3. */
final class TestController {
  static final Uuid TOPIC_ID = new Uuid(7, 7);

  private final Map<Integer, BrokerState> brokers = new TreeMap<>();
  private final Map<String, String> configs;
  private PartitionState state =
      new PartitionState(0, List.of(1, 2, 3), List.of(1, 2, 3), 1, 0, 0, Election.FIRST);
  private long offset;
  private long nextProducerId;

  TestController(Map<String, String> configs) {
    this.configs = configs;
  }

  PartitionState state() {
    return state;
  }

  TestImage image() {
    TopicState topic = new TopicState("t", TOPIC_ID, List.of(state), configs);
    return new TestImage(offset, new TreeMap<>(brokers), topic);
  }

  /** Registers a new process of the broker, unfenced. */
  long register(int broker) {
    long epoch = ++offset;
    brokers.put(
        broker,
        new BrokerState(
            broker,
            offset,
            new Uuid(1, offset),
            "b" + broker,
            9092,
            false,
            false,
            "rack-" + broker));
    if (state.leader() < 0 && state.inSyncReplicas().contains(broker)) {
      elect(broker, state.inSyncReplicas());
    }
    return epoch;
  }

  /** Fences a dead broker: it leaves the in-sync set unless it is the last, and leads no more. */
  void fence(int broker) {
    BrokerState old = brokers.get(broker);
    if (old == null || old.fenced()) {
      return;
    }
    offset++;
    brokers.put(
        broker,
        new BrokerState(
            broker,
            old.epoch(),
            old.incarnation(),
            old.host(),
            old.port(),
            true,
            false,
            old.rack()));
    List<Integer> left = new ArrayList<>(state.inSyncReplicas());
    if (left.size() > 1) {
      left.remove((Integer) broker);
    }
    if (state.leader() == broker) {
      elect(liveOf(left), left);
    } else {
      change(state.leader(), state.leaderEpoch(), left);
    }
  }

  /** Moves the leadership to any live in-sync replica. */
  void move(RandomStream random) {
    List<Integer> live = new ArrayList<>(state.inSyncReplicas());
    live.removeIf(broker -> brokers.get(broker).fenced());
    if (!live.isEmpty()) {
      elect(random.pick(live), state.inSyncReplicas());
    }
  }

  private int liveOf(List<Integer> candidates) {
    for (int broker : candidates) {
      if (!brokers.get(broker).fenced()) {
        return broker;
      }
    }
    return -1;
  }

  private void elect(int leader, List<Integer> inSync) {
    change(leader, state.leaderEpoch() + 1, inSync);
  }

  private void change(int leader, int leaderEpoch, List<Integer> inSync) {
    offset++;
    state =
        new PartitionState(
            0,
            state.replicas(),
            inSync,
            leader,
            leaderEpoch,
            state.partitionEpoch() + 1,
            Election.CLEAN);
  }

  ApiMessage serve(ApiMessage request) {
    if (request instanceof AlterPartitionRequestData alter) {
      return alter(alter);
    }
    AllocateProducerIdsResponseData block =
        new AllocateProducerIdsResponseData().setProducerIdStart(nextProducerId);
    nextProducerId += 1000;
    return block.setProducerIdLen(1000);
  }

  private AlterPartitionResponseData alter(AlterPartitionRequestData request) {
    AlterPartitionRequestData.TopicData topic = request.topics().get(0);
    AlterPartitionRequestData.PartitionData asked = topic.partitions().get(0);
    Errors error = refusal(request, asked);
    if (error == Errors.NONE) {
      List<Integer> inSync = new ArrayList<>();
      asked.newIsrWithEpochs().forEach(member -> inSync.add(member.brokerId()));
      change(state.leader(), state.leaderEpoch(), inSync);
    }
    AlterPartitionResponseData.PartitionData answer =
        new AlterPartitionResponseData.PartitionData()
            .setPartitionIndex(0)
            .setErrorCode(error.code())
            .setLeaderId(state.leader())
            .setLeaderEpoch(state.leaderEpoch())
            .setIsr(state.inSyncReplicas())
            .setPartitionEpoch(state.partitionEpoch());
    return new AlterPartitionResponseData()
        .setTopics(
            List.of(
                new AlterPartitionResponseData.TopicData()
                    .setTopicId(topic.topicId())
                    .setPartitions(List.of(answer))));
  }

  private Errors refusal(
      AlterPartitionRequestData request, AlterPartitionRequestData.PartitionData asked) {
    if (asked.leaderEpoch() != state.leaderEpoch() || state.leader() != request.brokerId()) {
      return Errors.FENCED_LEADER_EPOCH;
    }
    if (asked.partitionEpoch() != state.partitionEpoch()) {
      return Errors.INVALID_UPDATE_VERSION;
    }
    for (AlterPartitionRequestData.BrokerState member : asked.newIsrWithEpochs()) {
      BrokerState known = brokers.get(member.brokerId());
      boolean otherEpoch = member.brokerEpoch() != -1 && member.brokerEpoch() != known.epoch();
      if (known.fenced() || otherEpoch) {
        return Errors.INELIGIBLE_REPLICA;
      }
    }
    return Errors.NONE;
  }
}
