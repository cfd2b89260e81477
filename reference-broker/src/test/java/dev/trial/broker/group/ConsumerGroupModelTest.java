package dev.trial.broker.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Member;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/**
 * Members of the consumer protocol (KIP-848) that join, revoke late, lose answers, change their
 * topics, crash, leave and commit in any order, while topics grow and the coordinator moves: no two
 * members own a partition, nobody works on what the coordinator thinks is another's, and once all
 * is calm every partition has its owner.
 */
class ConsumerGroupModelTest {
  private static final int STEPS = 150;

  @Property(tries = 200)
  void promisesHold(@ForAll long seed) {
    run(seed, Defects.NONE);
  }

  @Test
  void theModelSeesAPartitionOfTwoMembers() {
    Defects defects = new Defects(Set.of(Defect.ASSIGNED_BEFORE_REVOKED));
    assertThrows(
        AssertionError.class,
        () -> {
          for (long seed = 0; seed < 20; seed++) {
            run(seed, defects);
          }
        });
  }

  private static void run(long seed, Defects defects) {
    Model model = new Model(new RandomStream(seed), defects);
    for (int step = 0; step < STEPS; step++) {
      model.step();
    }
    model.calm();
  }

  /** A partition as text, as it is compared. */
  private static String name(Uuid topic, int partition) {
    return (topic.equals(GroupTrial.TOPIC_ID) ? "t-" : "u-") + partition;
  }

  /** One client; it gives up and takes partitions only when it reconciles. */
  private static final class Client {
    private final String id;
    private final String instance;
    private int epoch;
    private boolean tellsAll = true;
    private List<String> topics = List.of("t");
    private SortedSet<String> owned = new TreeSet<>();
    private SortedSet<String> told = new TreeSet<>();

    Client(String id, String instance) {
      this.id = id;
      this.instance = instance;
    }

    void reset() {
      epoch = 0;
      owned.clear();
      told.clear();
      tellsAll = true;
    }
  }

  private static final class Model {
    private final GroupTrial trial;
    private final RandomStream random;
    private final List<Client> clients = new ArrayList<>();
    private int named;
    private int partitions = 4;
    private int otherPartitions;

    Model(RandomStream random, Defects defects) {
      this.trial = new GroupTrial(Map.of("group.consumer.session.timeout.ms", "6000"), defects);
      this.random = random;
      trial.advance(0);
      for (int i = 0; i < 4; i++) {
        clients.add(newClient());
      }
    }

    private Client newClient() {
      named++;
      return new Client("m" + named, null);
    }

    void step() {
      int index = random.nextInt(clients.size());
      Client client = clients.get(index);
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3, 4, 5 -> heartbeat(client, random.chance(0.15));
        case 6, 7, 8, 9 -> reconcile(client);
        case 10 -> commit(client);
        case 11, 12 -> trial.advance(random.nextInt(2_500));
        case 13 -> leaveOrCrash(index);
        case 14 -> change(client);
        default -> {
          if (random.chance(0.3)) {
            trial.moveCoordinator();
            trial.advance(0);
          }
        }
      }
      check();
    }

    // ---- what clients do

    /**
     * While it reconciles a client does not say what it owns: if it said so before it takes what it
     * was told, and the answer were lost, the coordinator would take that for given up.
     */
    private void heartbeat(Client client, boolean answerLost) {
      if (client.tellsAll) {
        reconcile(client);
      }
      boolean settled = client.owned.equals(client.told);
      ConsumerGroupHeartbeatRequestData request =
          new ConsumerGroupHeartbeatRequestData()
              .setGroupId("g")
              .setMemberId(client.id)
              .setInstanceId(client.instance)
              .setMemberEpoch(client.epoch)
              .setRebalanceTimeoutMs(client.tellsAll ? 9_000 : -1)
              .setSubscribedTopicNames(client.tellsAll ? client.topics : null)
              .setTopicPartitions(settled ? onWire(client.owned) : null);
      ConsumerGroupHeartbeatResponseData answer =
          trial.ask(request, ConsumerGroupHeartbeatResponseData.class);
      if (answerLost) {
        client.tellsAll = true;
        return;
      }
      Errors error = Errors.forCode(answer.errorCode());
      if (error != Errors.NONE) {
        boolean known =
            error == Errors.UNKNOWN_MEMBER_ID
                || error == Errors.FENCED_MEMBER_EPOCH
                || error == Errors.GROUP_ID_NOT_FOUND;
        assertTrue(known, error + " " + answer.errorMessage());
        client.reset();
        return;
      }
      client.tellsAll = false;
      assertTrue(answer.memberEpoch() >= client.epoch, "a member's epoch goes back");
      client.epoch = answer.memberEpoch();
      if (answer.assignment() != null) {
        client.told = new TreeSet<>();
        for (var topic : answer.assignment().topicPartitions()) {
          topic.partitions().forEach(number -> client.told.add(name(topic.topicId(), number)));
        }
      }
    }

    private static List<TopicPartitions> onWire(SortedSet<String> owned) {
      Map<Uuid, List<Integer>> byTopic = new LinkedHashMap<>();
      for (String each : owned) {
        Uuid topic = each.startsWith("t") ? GroupTrial.TOPIC_ID : GroupTrial.OTHER_TOPIC_ID;
        byTopic
            .computeIfAbsent(topic, id -> new ArrayList<>())
            .add(Integer.parseInt(each.substring(2)));
      }
      List<TopicPartitions> topics = new ArrayList<>();
      byTopic.forEach(
          (topic, numbers) ->
              topics.add(new TopicPartitions().setTopicId(topic).setPartitions(numbers)));
      return topics;
    }

    private static void reconcile(Client client) {
      client.owned = new TreeSet<>(client.told);
    }

    private void change(Client client) {
      if (random.chance(0.5)) {
        client.topics =
            List.of(List.of("t"), List.of("u"), List.of("t", "u")).get(random.nextInt(3));
        client.tellsAll = true;
      } else if (otherPartitions == 0) {
        otherPartitions = 3;
        trial.partitions(partitions, otherPartitions);
      } else {
        partitions++;
        trial.partitions(partitions, otherPartitions);
      }
    }

    private void leaveOrCrash(int index) {
      Client client = clients.get(index);
      if (random.chance(0.5) && client.epoch > 0) {
        ConsumerGroupHeartbeatRequestData request =
            new ConsumerGroupHeartbeatRequestData()
                .setGroupId("g")
                .setMemberId(client.id)
                .setMemberEpoch(-1);
        trial.ask(request, ConsumerGroupHeartbeatResponseData.class);
      }
      clients.set(index, newClient());
    }

    private void commit(Client client) {
      if (client.owned.isEmpty()) {
        return;
      }
      String partition = client.owned.first();
      Uuid topic = partition.startsWith("t") ? GroupTrial.TOPIC_ID : GroupTrial.OTHER_TOPIC_ID;
      OffsetCommitRequestData request =
          new OffsetCommitRequestData()
              .setGroupId("g")
              .setMemberId(client.id)
              .setGenerationIdOrMemberEpoch(client.epoch)
              .setTopics(
                  List.of(
                      new OffsetCommitRequestTopic()
                          .setTopicId(topic)
                          .setPartitions(
                              List.of(
                                  new OffsetCommitRequestPartition()
                                      .setPartitionIndex(Integer.parseInt(partition.substring(2)))
                                      .setCommittedOffset(1)))));
      OffsetCommitResponseData answer = trial.ask(request, OffsetCommitResponseData.class);
      short error = answer.topics().get(0).partitions().get(0).errorCode();
      Member member = members().get(client.id);
      boolean allowed =
          member != null
              && (member.memberEpoch() == client.epoch || owned(member).contains(partition));
      // What a member owns it may commit: it has owned it since it was told so.
      assertEquals(allowed, error == Errors.NONE.code(), Errors.forCode(error).name());
    }

    // ---- what must be true

    private DescribedGroup described() {
      return trial
          .ask(
              new ConsumerGroupDescribeRequestData().setGroupIds(List.of("g")),
              ConsumerGroupDescribeResponseData.class)
          .groups()
          .get(0);
    }

    private SortedMap<String, Member> members() {
      SortedMap<String, Member> members = new TreeMap<>();
      described().members().forEach(member -> members.put(member.memberId(), member));
      return members;
    }

    private static SortedSet<String> owned(Member member) {
      SortedSet<String> owned = new TreeSet<>();
      for (var topic : member.assignment().topicPartitions()) {
        topic.partitions().forEach(number -> owned.add(name(topic.topicId(), number)));
      }
      return owned;
    }

    private void check() {
      SortedMap<String, Member> members = members();
      Map<String, String> owners = new TreeMap<>();
      members.forEach(
          (id, member) -> {
            for (String partition : owned(member)) {
              String other = owners.put(partition, id);
              assertEquals(null, other, partition + " of two members");
            }
          });
      for (Client client : clients) {
        Member member = members.get(client.id);
        if (member != null && client.epoch > 0) {
          assertTrue(
              owned(member).containsAll(client.owned),
              client.id + " has " + client.owned + " and may have " + owned(member));
        }
      }
    }

    /** Everybody heartbeats and reconciles: the group settles, and nothing is left out. */
    void calm() {
      SortedSet<String> subscribed = new TreeSet<>();
      clients.forEach(client -> subscribed.addAll(client.topics));
      SortedSet<String> wanted = new TreeSet<>();
      for (int i = 0; subscribed.contains("t") && i < partitions; i++) {
        wanted.add("t-" + i);
      }
      for (int i = 0; subscribed.contains("u") && i < otherPartitions; i++) {
        wanted.add("u-" + i);
      }
      for (int round = 0; round < 20; round++) {
        for (Client client : clients) {
          heartbeat(client, false);
          reconcile(client);
        }
        trial.advance(1_000);
        check();
      }
      assertEquals("Stable", described().groupState());
      SortedSet<String> owned = new TreeSet<>();
      clients.forEach(client -> owned.addAll(client.owned));
      assertEquals(wanted, owned);
    }
  }
}
