package dev.trial.app.live.scale;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.awaitility.core.ConditionTimeoutException;

/** One group of many members, which all come at once; then one of them leaves. */
final class ManyMembers {
  private static final Duration LONG = Duration.ofSeconds(300);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int PARTITIONS_EACH = 2;

  private final Map<String, Object> settings;
  private final GroupProtocol protocol;
  private final int members;
  private final Figures figures;
  private final String topic;

  ManyMembers(String bootstrapServers, GroupProtocol protocol, int members, Figures figures) {
    this.settings = Map.of("bootstrap.servers", bootstrapServers);
    this.protocol = protocol;
    this.members = members;
    this.figures = figures;
    this.topic = "of-" + protocol.name;
  }

  void measure() throws Exception {
    try (Admin admin = Admin.create(settings)) {
      int partitions = members * PARTITIONS_EACH;
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 3))).all().get();
    }
    List<Polling> group = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      group.add(new Polling());
    }
    String named = members + " members (" + protocol.name + ")";
    try {
      group.forEach(Thread::start);
      if (settles(named + " join at once and settle", group)) {
        group.remove(0).end();
        settles(named + " settle after one has left", group);
      }
    } finally {
      group.forEach(Polling::wakeUp);
      for (Polling each : group) {
        each.join();
      }
    }
  }

  private boolean settles(String what, List<Polling> group) {
    long startNs = System.nanoTime();
    try {
      await().atMost(LONG).pollInterval(LOOK).until(() -> settled(group));
      figures.note(what, System.nanoTime() - startNs);
      return true;
    } catch (ConditionTimeoutException notYet) {
      figures.noteUnfinished(what, System.nanoTime() - startNs);
      return false;
    }
  }

  /** Each partition has one owner, and no member has two more than another one. */
  private boolean settled(List<Polling> group) {
    List<Set<TopicPartition>> owned = group.stream().map(each -> each.owned).toList();
    int least = owned.stream().mapToInt(Set::size).min().orElseThrow();
    int most = owned.stream().mapToInt(Set::size).max().orElseThrow();
    long distinct = owned.stream().flatMap(Collection::stream).distinct().count();
    int all = members * PARTITIONS_EACH;
    return most - least <= 1
        && distinct == all
        && owned.stream().mapToInt(Set::size).sum() == all
        && group.stream().allMatch(Thread::isAlive);
  }

  /** A member that polls until it is told to leave. */
  private final class Polling extends Thread {
    private final KafkaConsumer<Integer, Integer> consumer;
    private volatile Set<TopicPartition> owned = Set.of();

    Polling() {
      Map<String, Object> own = new HashMap<>(settings);
      own.put("group.id", "group-" + protocol.name);
      own.put("group.protocol", protocol.name);
      consumer = new KafkaConsumer<>(own, new IntegerDeserializer(), new IntegerDeserializer());
    }

    @Override
    public void run() {
      try (consumer) {
        consumer.subscribe(List.of(topic));
        while (true) {
          consumer.poll(Duration.ofMillis(200));
          owned = Set.copyOf(consumer.assignment());
        }
      } catch (WakeupException end) {
        owned = Set.of(); // it leaves the group as it closes
      }
    }

    void wakeUp() {
      consumer.wakeup();
    }

    void end() throws InterruptedException {
      wakeUp();
      join(TimeUnit.SECONDS.toMillis(60));
    }
  }
}
