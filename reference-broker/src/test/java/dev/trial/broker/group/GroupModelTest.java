package dev.trial.broker.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/**
 * Members that join, sync, heartbeat, crash, leave and commit in any order, with coordinator moves
 * between: generations go up, each has one leader and one assignment, acknowledged commits stay,
 * and commits are acknowledged to members of the newest generation only.
 */
class GroupModelTest {
  private static final int STEPS = 120;

  @Property(tries = 200)
  void promisesHold(@ForAll long seed) {
    Model model = new Model(new RandomStream(seed));
    for (int step = 0; step < STEPS; step++) {
      model.step();
    }
    model.calm();
  }

  /** One client of the group. */
  private static final class Client {
    private String id = "";
    private int generation = -1;
    private boolean synced;
    private AtomicReference<JoinGroupResponseData> joining;
    private AtomicReference<SyncGroupResponseData> syncing;
    private JoinGroupResponseData joined;
  }

  private static final class Model {
    private final GroupTrial trial = new GroupTrial();
    private final RandomStream random;
    private final List<Client> clients = new ArrayList<>();
    private final Map<Integer, String> leaders = new TreeMap<>();
    private final Map<Integer, Map<String, byte[]>> assignments = new TreeMap<>();
    private int newestGeneration;
    private long lastCommitted = -1;
    private long commits;

    Model(RandomStream random) {
      this.random = random;
      trial.advance(0);
      for (int i = 0; i < 4; i++) {
        clients.add(new Client());
      }
    }

    void step() {
      int index = random.nextInt(clients.size());
      Client client = clients.get(index);
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> join(client);
        case 3, 4, 5 -> sync(client);
        case 6 -> heartbeat(client);
        case 7, 8 -> commit(client);
        case 9 -> trial.advance(random.nextInt(6_000));
        case 10 -> leaveOrCrash(index);
        default -> {
          if (random.chance(0.3)) {
            move();
          }
        }
      }
      trial.advance(0);
      clients.forEach(this::collect);
    }

    private void join(Client client) {
      if (client.joining != null) {
        return;
      }
      JoinGroupRequestData request =
          new JoinGroupRequestData()
              .setGroupId("g")
              .setMemberId(client.id)
              .setProtocolType("consumer")
              .setSessionTimeoutMs(6_000)
              .setRebalanceTimeoutMs(8_000);
      request.protocols().add(new JoinGroupRequestProtocol().setName("p").setMetadata(new byte[0]));
      client.synced = false;
      client.joining = trial.send(request, 9, JoinGroupResponseData.class);
    }

    private void collect(Client client) {
      if (client.joining != null && client.joining.get() != null) {
        JoinGroupResponseData answer = client.joining.get();
        client.joining = null;
        joinAnswered(client, answer);
      }
      if (client.syncing != null && client.syncing.get() != null) {
        SyncGroupResponseData answer = client.syncing.get();
        client.syncing = null;
        syncAnswered(client, answer);
      }
    }

    private void joinAnswered(Client client, JoinGroupResponseData answer) {
      Errors error = Errors.forCode(answer.errorCode());
      if (error == Errors.MEMBER_ID_REQUIRED) {
        client.id = answer.memberId();
      } else if (error == Errors.UNKNOWN_MEMBER_ID) {
        client.id = "";
      } else if (error == Errors.NONE) {
        client.id = answer.memberId();
        client.generation = answer.generationId();
        client.joined = answer;
        newestGeneration = Math.max(newestGeneration, answer.generationId());
        String known = leaders.putIfAbsent(answer.generationId(), answer.leader());
        assertTrue(known == null || known.equals(answer.leader()), "one leader a generation");
      }
    }

    private void sync(Client client) {
      if (client.joining != null || client.syncing != null || client.generation < 0) {
        return;
      }
      SyncGroupRequestData request =
          new SyncGroupRequestData()
              .setGroupId("g")
              .setMemberId(client.id)
              .setGenerationId(client.generation);
      boolean leads = client.id.equals(client.joined.leader());
      if (leads && !client.joined.members().isEmpty()) {
        Map<String, byte[]> own = new TreeMap<>();
        for (JoinGroupResponseMember member : client.joined.members()) {
          byte[] part = {(byte) random.nextInt(100), 1};
          own.put(member.memberId(), part);
          request
              .assignments()
              .add(
                  new SyncGroupRequestAssignment()
                      .setMemberId(member.memberId())
                      .setAssignment(part));
        }
        // Only the first assignment of a generation counts.
        assignments.putIfAbsent(client.generation, own);
      }
      client.syncing = trial.send(request, 5, SyncGroupResponseData.class);
    }

    private void syncAnswered(Client client, SyncGroupResponseData answer) {
      Errors error = Errors.forCode(answer.errorCode());
      client.synced = error == Errors.NONE;
      if (client.synced) {
        byte[] given = assignments.get(client.generation).get(client.id);
        assertArrayEquals(given, answer.assignment(), "the leader's assignment and no other");
      } else if (error == Errors.UNKNOWN_MEMBER_ID) {
        client.id = "";
        client.generation = -1;
      }
    }

    private void heartbeat(Client client) {
      trial.ask(
          new HeartbeatRequestData()
              .setGroupId("g")
              .setMemberId(client.id)
              .setGenerationId(client.generation),
          HeartbeatResponseData.class);
    }

    private void commit(Client client) {
      if (client.generation < 0) {
        return;
      }
      long offset = ++commits;
      Errors error = send(client.id, client.generation, offset);
      if (error == Errors.NONE) {
        assertEquals(newestGeneration, client.generation, "a commit of an old generation");
        lastCommitted = offset;
      }
      assertEquals(lastCommitted, committed());
    }

    private Errors send(String member, int generation, long offset) {
      OffsetCommitRequestData request =
          new OffsetCommitRequestData()
              .setGroupId("g")
              .setMemberId(member)
              .setGenerationIdOrMemberEpoch(generation)
              .setTopics(
                  List.of(
                      new OffsetCommitRequestTopic()
                          .setTopicId(GroupTrial.TOPIC_ID)
                          .setPartitions(
                              List.of(
                                  new OffsetCommitRequestPartition().setCommittedOffset(offset)))));
      return Errors.forCode(
          trial
              .ask(request, OffsetCommitResponseData.class)
              .topics()
              .get(0)
              .partitions()
              .get(0)
              .errorCode());
    }

    private long committed() {
      OffsetFetchRequestData request =
          new OffsetFetchRequestData()
              .setGroups(
                  List.of(
                      new OffsetFetchRequestGroup()
                          .setGroupId("g")
                          .setTopics(
                              List.of(
                                  new OffsetFetchRequestTopics()
                                      .setTopicId(GroupTrial.TOPIC_ID)
                                      .setPartitionIndexes(List.of(0))))));
      return trial
          .ask(request, OffsetFetchResponseData.class)
          .groups()
          .get(0)
          .topics()
          .get(0)
          .partitions()
          .get(0)
          .committedOffset();
    }

    private void leaveOrCrash(int index) {
      Client client = clients.get(index);
      if (random.chance(0.5) && !client.id.isEmpty()) {
        trial.ask(
            new LeaveGroupRequestData()
                .setGroupId("g")
                .setMembers(List.of(new MemberIdentity().setMemberId(client.id))),
            LeaveGroupResponseData.class);
      }
      clients.set(index, new Client());
    }

    /** Generations that were never stored are forgotten with the coordinator, and used again. */
    private void move() {
      trial.moveCoordinator();
      trial.advance(0);
      clients.forEach(this::collect);
      assertEquals(lastCommitted, committed(), "a committed offset is lost");
      leaders.clear();
      assignments.clear();
      newestGeneration = 0;
      clients.replaceAll(client -> new Client());
      trial.advance(10_000);
    }

    /** With everybody silent the group is empty, and what was committed is still there. */
    void calm() {
      trial.advance(400_000);
      assertEquals(lastCommitted, committed());
      assertEquals(Errors.NONE, send("", -1, ++commits));
    }
  }
}
