package dev.trial.live.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Leadership;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.LeaderChangeMessage;
import org.apache.kafka.common.metadata.BrokerRegistrationChangeRecord;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.NoOpRecord;
import org.apache.kafka.common.metadata.PartitionChangeRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.metadata.MetadataRecordSerde;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metadata log as Kafka's own code writes it, on the disks of three controllers. */
class MetadataLogTest {
  private static final Uuid TOPIC = new Uuid(7, 7);
  private static final PartitionId ORDERS = new PartitionId("orders", 0);
  private static final short NEWEST = 2;

  @TempDir private Path directory;

  private final List<Action> facts = new ArrayList<>();
  private final List<ByteBuffer> log = new ArrayList<>();
  private final List<Path> disks = new ArrayList<>();
  private MetadataView view;
  private MetadataLogTail tail;
  private long end;

  @BeforeEach
  void disks() {
    view = new MetadataView(new Facts(facts), topic -> false);
    for (int id = 101; id <= 103; id++) {
      disks.add(directory.resolve("controller-" + id));
    }
    tail = new MetadataLogTail(disks, view::apply, view::elected);
  }

  @Test
  void leadersAreToldInTheOrderOfTheLog() throws IOException {
    orders();
    append(change().setLeader(2).setIsr(List.of(2, 3)));
    append(change().setIsr(List.of(2, 3, 1)));
    append(change().setLeader(1));
    append(change().setIsr(List.of(1)).setEligibleLeaderReplicas(List.of(2, 3)));
    append(change().setLeader(2).setIsr(List.of(2)).setEligibleLeaderReplicas(List.of(3)));
    append(change().setLeader(-1).setIsr(List.of()).setEligibleLeaderReplicas(List.of()));
    append(change().setLeader(3).setIsr(List.of(3)).setLeaderRecoveryState((byte) 1));
    hold(0, 1, 2);

    tail.read();

    assertEquals(
        List.of(
            new Leadership(ORDERS, 1, 0, List.of(1, 2, 3), Election.FIRST),
            new Leadership(ORDERS, 2, 1, List.of(2, 3), Election.CLEAN),
            new Leadership(ORDERS, 2, 1, List.of(2, 3, 1), Election.SAME),
            new Leadership(ORDERS, 1, 2, List.of(2, 3, 1), Election.PREFERRED),
            new Leadership(ORDERS, 1, 2, List.of(1), Election.SAME),
            new Leadership(ORDERS, 2, 3, List.of(2), Election.ELIGIBLE),
            new Leadership(ORDERS, -1, 4, List.of(), Election.LEADERLESS),
            new Leadership(ORDERS, 3, 5, List.of(3), Election.LAST_KNOWN)),
        facts);
  }

  /**
   * As PartitionChangeBuilder of Kafka 4.3.1 writes it: a leader that recovers stays recovering.
   */
  @Test
  void oneUncleanElectionMayFollowAnother() throws IOException {
    view = new MetadataView(new Facts(facts), topic -> true);
    tail = new MetadataLogTail(disks, view::apply, view::elected);
    orders();
    append(change().setIsr(List.of(1)));
    append(change().setLeader(3).setIsr(List.of(3)).setLeaderRecoveryState((byte) 1));
    append(change().setLeader(1).setIsr(List.of(1)));
    append(change().setLeader(2).setIsr(List.of(2)));
    hold(0, 1, 2);

    tail.read();

    assertEquals(
        List.of(
            new Leadership(ORDERS, 1, 0, List.of(1, 2, 3), Election.FIRST),
            new Leadership(ORDERS, 1, 0, List.of(1), Election.SAME),
            new Leadership(ORDERS, 3, 1, List.of(3), Election.UNCLEAN),
            new Leadership(ORDERS, 1, 2, List.of(1), Election.UNCLEAN),
            new Leadership(ORDERS, 2, 3, List.of(2), Election.UNCLEAN)),
        facts);
  }

  @Test
  void whatOneDiskAloneHoldsIsNotCommitted() throws IOException {
    orders();
    hold(0, 1);
    tail.read();
    append(change().setLeader(2));
    hold(0);
    tail.read();
    assertEquals(1, facts.size());

    hold(2);
    tail.read();
    assertEquals(2, facts.size());
  }

  @Test
  void aBatchThatIsBeingWrittenIsLeftForLater() throws IOException {
    orders();
    hold(0, 1, 2);
    for (Path disk : disks) {
      Path segment = segment(disk);
      byte[] whole = Files.readAllBytes(segment);
      Files.write(segment, Arrays.copyOf(whole, whole.length - 3));
    }
    tail.read();
    assertEquals(List.of(), facts);

    hold(0, 1, 2);
    tail.read();
    assertEquals(1, facts.size());
  }

  @Test
  void aBrokerServesWhenItsNewestIncarnationIsUnfenced() throws IOException {
    append(new RegisterBrokerRecord().setBrokerId(1).setFenced(true));
    hold(0, 1, 2);
    tail.read();
    assertFalse(view.serves(1, 1));

    append(fencing((byte) -1));
    hold(0, 1, 2);
    tail.read();
    assertTrue(view.serves(1, 1));
    assertFalse(view.serves(1, 2), "its second incarnation has not registered yet");

    append(fencing((byte) 1));
    hold(0, 1, 2);
    tail.read();
    assertFalse(view.serves(1, 1));
  }

  @Test
  void aFeatureIsThereOnceTheClusterHasALevelOfIt() throws IOException {
    append(feature("transaction.version", 2));
    append(feature("group.version", 1));
    append(feature("transaction.version", 0));
    hold(0, 1, 2);
    assertFalse(view.has("group.version"));

    tail.read();

    assertTrue(view.has("group.version"));
    assertFalse(view.has("transaction.version"));
    assertFalse(view.has("share.version"));
  }

  private static FeatureLevelRecord feature(String name, int level) {
    return new FeatureLevelRecord().setName(name).setFeatureLevel((short) level);
  }

  @Test
  void theActiveControllerIsTheLastOneElected() throws IOException {
    elect(102, 1);
    append(new NoOpRecord());
    elect(103, 2);
    hold(0, 1, 2);
    assertEquals(OptionalInt.empty(), view.activeController());

    tail.read();

    assertEquals(OptionalInt.of(103), view.activeController());
  }

  // ---- the log

  private void orders() {
    append(new TopicRecord().setName("orders").setTopicId(TOPIC));
    append(
        new PartitionRecord()
            .setTopicId(TOPIC)
            .setPartitionId(0)
            .setReplicas(List.of(1, 2, 3))
            .setIsr(List.of(1, 2, 3))
            .setDirectories(List.of(Uuid.ZERO_UUID, Uuid.ZERO_UUID, Uuid.ZERO_UUID))
            .setLeader(1)
            .setLeaderEpoch(0)
            .setPartitionEpoch(0));
  }

  private static PartitionChangeRecord change() {
    return new PartitionChangeRecord().setTopicId(TOPIC).setPartitionId(0);
  }

  private static BrokerRegistrationChangeRecord fencing(byte fenced) {
    return new BrokerRegistrationChangeRecord().setBrokerId(1).setBrokerEpoch(5).setFenced(fenced);
  }

  private void append(ApiMessage record) {
    short version = (short) Math.min(NEWEST, record.highestSupportedVersion());
    ApiMessageAndVersion message = new ApiMessageAndVersion(record, version);
    ObjectSerializationCache cache = new ObjectSerializationCache();
    ByteBuffer value = ByteBuffer.allocate(MetadataRecordSerde.INSTANCE.recordSize(message, cache));
    MetadataRecordSerde.INSTANCE.write(message, cache, new ByteBufferAccessor(value));
    value.flip();
    log.add(
        MemoryRecords.withRecords(end++, Compression.NONE, 1, new SimpleRecord(null, bytes(value)))
            .buffer());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void elect(int controller, int epoch) {
    LeaderChangeMessage message = new LeaderChangeMessage().setLeaderId(controller);
    log.add(
        MemoryRecords.withLeaderChangeMessage(end++, 0, epoch, ByteBuffer.allocate(256), message)
            .buffer());
  }

  /** Those controllers have all of the log. */
  private void hold(int... controllers) throws IOException {
    for (int each : controllers) {
      Path segment = segment(disks.get(each));
      Files.createDirectories(segment.getParent());
      ByteBuffer whole = ByteBuffer.allocate(log.stream().mapToInt(ByteBuffer::remaining).sum());
      log.forEach(batch -> whole.put(batch.duplicate()));
      Files.write(segment, whole.array());
    }
  }

  private static Path segment(Path disk) {
    return disk.resolve("__cluster_metadata-0").resolve("00000000000000000000.log");
  }

  private record Facts(List<Action> facts) implements Recorder {
    @Override
    public long invoke(int process, Action action) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void complete(int process, long invocation, Stage stage, Action action) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void fact(int process, Action action) {
      facts.add(action);
    }
  }
}
