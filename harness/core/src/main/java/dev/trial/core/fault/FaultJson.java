package dev.trial.core.fault;

import static dev.trial.core.fault.JsonForm.bare;
import static dev.trial.core.fault.JsonForm.of;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.fault.Fault.Direction;
import dev.trial.core.fault.Fault.Side;
import dev.trial.core.json.StrictObject;
import java.util.List;

/**
 * Faults, roles and schedule lines as JSON, for specs and histories.
 *
 * <p>A schedule line is {@code {"at_ms":2000,"length_ms":1500,"fault":{"kind":"kill"},
 * "whom":{"role":"leader","topic":"t","partition":0}}}. Field order is fixed. Reading is strict:
 * see {@link StrictObject}.
 */
public final class FaultJson {
  private static final String KIND = "kind";
  private static final String ROLE = "role";

  private static final List<JsonForm<Fault>> FAULTS =
      List.of(
          bare(new Fault.Kill(), Fault.Kill.class, FaultKind.KILL.id()),
          bare(new Fault.Stop(), Fault.Stop.class, FaultKind.STOP.id()),
          bare(new Fault.Pause(), Fault.Pause.class, FaultKind.PAUSE.id()),
          bare(new Fault.PowerLoss(), Fault.PowerLoss.class, FaultKind.POWER_LOSS.id()),
          bare(new Fault.DiskFailure(), Fault.DiskFailure.class, FaultKind.DISK_FAILURE.id()),
          bare(new Fault.DiskFull(), Fault.DiskFull.class, FaultKind.DISK_FULL.id()),
          bare(new Fault.ReadError(), Fault.ReadError.class, FaultKind.READ_ERROR.id()),
          bare(new Fault.TornWrite(), Fault.TornWrite.class, FaultKind.TORN_WRITE.id()),
          bare(new Fault.BitFlip(), Fault.BitFlip.class, FaultKind.BIT_FLIP.id()),
          bare(new Fault.DiskLoss(), Fault.DiskLoss.class, FaultKind.DISK_LOSS.id()),
          of(
              Fault.SlowDisk.class,
              FaultKind.SLOW_DISK.id(),
              List.of("delay_ms", "jitter_ms"),
              (fault, node) ->
                  node.put("delay_ms", fault.delayMs()).put("jitter_ms", fault.jitterMs()),
              object -> new Fault.SlowDisk(object.amount("delay_ms"), object.amount("jitter_ms"))),
          of(
              Fault.ClockSkew.class,
              FaultKind.CLOCK_SKEW.id(),
              List.of("offset_ms"),
              (fault, node) -> node.put("offset_ms", fault.offsetMs()),
              object -> new Fault.ClockSkew(object.number("offset_ms"))),
          of(
              Fault.ClockJump.class,
              FaultKind.CLOCK_JUMP.id(),
              List.of("offset_ms"),
              (fault, node) -> node.put("offset_ms", fault.offsetMs()),
              object -> new Fault.ClockJump(object.number("offset_ms"))),
          of(
              Fault.ClockDrift.class,
              FaultKind.CLOCK_DRIFT.id(),
              List.of("ppm"),
              (fault, node) -> node.put("ppm", fault.ppm()),
              object -> new Fault.ClockDrift(object.number("ppm"))),
          of(
              Fault.Partition.class,
              FaultKind.PARTITION.id(),
              List.of("side", "direction"),
              (fault, node) ->
                  node.put("side", StrictObject.idOf(fault.side()))
                      .put("direction", StrictObject.idOf(fault.direction())),
              object ->
                  new Fault.Partition(
                      object.choice("side", Side.class),
                      object.choice("direction", Direction.class))),
          bare(new Fault.Halves(), Fault.Halves.class, FaultKind.HALVES.id()),
          of(
              Fault.Latency.class,
              FaultKind.LATENCY.id(),
              List.of("delay_ms", "jitter_ms"),
              (fault, node) ->
                  node.put("delay_ms", fault.delayMs()).put("jitter_ms", fault.jitterMs()),
              object -> new Fault.Latency(object.amount("delay_ms"), object.amount("jitter_ms"))),
          of(
              Fault.Freeze.class,
              FaultKind.FREEZE.id(),
              List.of("buffer_bytes"),
              (fault, node) -> node.put("buffer_bytes", fault.bufferBytes()),
              object -> new Fault.Freeze(count(object, "buffer_bytes"))),
          bare(new Fault.Reset(), Fault.Reset.class, FaultKind.RESET.id()),
          of(
              Fault.DropAnswer.class,
              FaultKind.DROP_ANSWER.id(),
              List.of("api", "count"),
              (fault, node) -> node.put("api", fault.api()).put("count", fault.count()),
              object -> new Fault.DropAnswer(object.text("api"), count(object, "count"))),
          of(
              Fault.DelayAnswer.class,
              FaultKind.DELAY_ANSWER.id(),
              List.of("api", "delay_ms", "count"),
              (fault, node) ->
                  node.put("api", fault.api())
                      .put("delay_ms", fault.delayMs())
                      .put("count", fault.count()),
              object ->
                  new Fault.DelayAnswer(
                      object.text("api"), object.amount("delay_ms"), count(object, "count"))),
          of(
              Fault.DelayRequest.class,
              FaultKind.DELAY_REQUEST.id(),
              List.of("api", "delay_ms", "count"),
              (fault, node) ->
                  node.put("api", fault.api())
                      .put("delay_ms", fault.delayMs())
                      .put("count", fault.count()),
              object ->
                  new Fault.DelayRequest(
                      object.text("api"), object.amount("delay_ms"), count(object, "count"))),
          of(
              Fault.Refuse.class,
              FaultKind.REFUSE.id(),
              List.of("api", "error", "count"),
              (fault, node) ->
                  node.put("api", fault.api())
                      .put("error", fault.error())
                      .put("count", fault.count()),
              object ->
                  new Fault.Refuse(
                      object.text("api"), object.text("error"), count(object, "count"))),
          of(
              Fault.UncleanElection.class,
              FaultKind.UNCLEAN_ELECTION.id(),
              List.of("topic", "partition"),
              (fault, node) -> partition(node, fault.topic(), fault.partition()),
              object ->
                  new Fault.UncleanElection(object.text("topic"), count(object, "partition"))),
          of(
              Fault.PartitionIncrease.class,
              FaultKind.PARTITION_INCREASE.id(),
              List.of("topic", "count"),
              (fault, node) -> node.put("topic", fault.topic()).put("count", fault.count()),
              object -> new Fault.PartitionIncrease(object.text("topic"), count(object, "count"))),
          of(
              Fault.RecordDeletion.class,
              FaultKind.RECORD_DELETION.id(),
              List.of("topic", "partition"),
              (fault, node) -> partition(node, fault.topic(), fault.partition()),
              object -> new Fault.RecordDeletion(object.text("topic"), count(object, "partition"))),
          of(
              Fault.TopicRecreation.class,
              FaultKind.TOPIC_RECREATION.id(),
              List.of("topic"),
              (fault, node) -> node.put("topic", fault.topic()),
              object -> new Fault.TopicRecreation(object.text("topic"))),
          of(
              Fault.PreferredElection.class,
              FaultKind.PREFERRED_ELECTION.id(),
              List.of("topic", "partition"),
              (fault, node) -> partition(node, fault.topic(), fault.partition()),
              object ->
                  new Fault.PreferredElection(object.text("topic"), count(object, "partition"))),
          of(
              Fault.Reassignment.class,
              FaultKind.REASSIGNMENT.id(),
              List.of("topic", "partition"),
              (fault, node) -> partition(node, fault.topic(), fault.partition()),
              object -> new Fault.Reassignment(object.text("topic"), count(object, "partition"))));

  private static final List<JsonForm<Role>> ROLES =
      List.of(
          of(
              Role.Leader.class,
              "leader",
              List.of("topic", "partition"),
              (role, node) -> partition(node, role.topic(), role.partition()),
              object -> new Role.Leader(object.text("topic"), count(object, "partition"))),
          of(
              Role.Follower.class,
              "follower",
              List.of("topic", "partition", "in_sync"),
              (role, node) ->
                  partition(node, role.topic(), role.partition()).put("in_sync", role.inSync()),
              object ->
                  new Role.Follower(
                      object.text("topic"), count(object, "partition"), object.flag("in_sync"))),
          of(
              Role.Followers.class,
              "followers",
              List.of("topic", "partition"),
              (role, node) -> partition(node, role.topic(), role.partition()),
              object -> new Role.Followers(object.text("topic"), count(object, "partition"))),
          bare(new Role.Controller(), Role.Controller.class, "controller"),
          of(
              Role.GroupCoordinator.class,
              "group-coordinator",
              List.of("group"),
              (role, node) -> node.put("group", role.group()),
              object -> new Role.GroupCoordinator(object.text("group"))),
          of(
              Role.TransactionCoordinator.class,
              "transaction-coordinator",
              List.of("transactional_id"),
              (role, node) -> node.put("transactional_id", role.transactionalId()),
              object -> new Role.TransactionCoordinator(object.text("transactional_id"))),
          of(
              Role.Broker.class,
              "broker",
              List.of("id"),
              (role, node) -> node.put("id", role.id()),
              object -> new Role.Broker(count(object, "id"))),
          bare(new Role.AllBrokers(), Role.AllBrokers.class, "all-brokers"),
          of(
              Role.LoneLeader.class,
              "lone-leader",
              List.of("topic", "partition"),
              (role, node) -> partition(node, role.topic(), role.partition()),
              object -> new Role.LoneLeader(object.text("topic"), count(object, "partition"))),
          of(
              Role.InSyncReplicas.class,
              "in-sync-replicas",
              List.of("topic", "partition"),
              (role, node) -> partition(node, role.topic(), role.partition()),
              object -> new Role.InSyncReplicas(object.text("topic"), count(object, "partition"))),
          of(
              Role.Client.class,
              "client",
              List.of("name"),
              (role, node) -> node.put("name", role.name()),
              object -> new Role.Client(object.text("name"))),
          bare(new Role.AllClients(), Role.AllClients.class, "all-clients"));

  private FaultJson() {}

  /** One line of a schedule. */
  public static ObjectNode write(ScheduledFault line) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("at_ms", line.atMs()).put("length_ms", line.lengthMs());
    node.set("fault", write(line.fault()));
    node.set("whom", write(line.whom()));
    return node;
  }

  /** What goes wrong. */
  public static ObjectNode write(Fault fault) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    JsonForm.write(FAULTS, KIND, fault, node);
    return node;
  }

  /** Whom it hits. */
  public static ObjectNode write(Role role) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    JsonForm.write(ROLES, ROLE, role, node);
    return node;
  }

  /** Reads one line of a schedule; {@code place} is how messages call it. */
  public static ScheduledFault read(JsonNode node, String place) {
    return read(StrictObject.of(node, place));
  }

  /** Reads one line of a schedule. */
  public static ScheduledFault read(StrictObject object) {
    object.allow("at_ms", "length_ms", "fault", "whom");
    return new ScheduledFault(
        object.amount("at_ms"),
        object.amount("length_ms"),
        JsonForm.read(FAULTS, KIND, object.object("fault")),
        JsonForm.read(ROLES, ROLE, object.object("whom")));
  }

  private static ObjectNode partition(ObjectNode node, String topic, int partition) {
    return node.put("topic", topic).put("partition", partition);
  }

  private static int count(StrictObject object, String field) {
    long value = object.amount(field);
    return value == (int) value ? (int) value : object.integer(field);
  }
}
