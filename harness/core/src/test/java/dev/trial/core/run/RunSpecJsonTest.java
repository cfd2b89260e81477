package dev.trial.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Fault.Direction;
import dev.trial.core.fault.Fault.Side;
import dev.trial.core.fault.FaultJson;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.json.JsonFormatException;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Specs and schedules survive being written and read, and wrong files are named clearly. */
class RunSpecJsonTest {

  @Property(tries = 300)
  void aSpecComesBackAsItWas(@ForAll("specs") RunSpec spec) {
    String text = RunSpecJson.print(spec);
    assertEquals(spec, RunSpecJson.parse(text, "spec.json"));
    assertEquals(text, RunSpecJson.print(RunSpecJson.parse(text, "spec.json")));
  }

  @Property(tries = 1000)
  void aScheduleLineComesBackAsItWas(@ForAll("lines") ScheduledFault line) {
    String text = FaultJson.write(line).toString();
    assertEquals(line, FaultJson.read(ReadableJson.parse(text, "line"), "line"));
  }

  @Test
  void theArbitrariesNameEveryKindOfFaultAndRole() {
    assertEquals(permitted(Fault.class), names(faultSamples("a", 1, 2L)));
    assertEquals(permitted(Role.class), names(roleSamples("a", 1)));
  }

  @Test
  void aReadableSpecHasOneFaultPerLine() {
    ScheduledFault kill =
        new ScheduledFault(2000, 1500, new Fault.Kill(), new Role.Leader("orders", 0));
    RunSpec spec =
        new RunSpec(
            null,
            "sends",
            Parameters.of("records", 10),
            Profile.DEFAULTS,
            "sim",
            "4.3.1",
            7,
            10_000,
            java.util.Collections.nCopies(3, kill),
            List.of());
    String line =
        "    {\"at_ms\":2000,\"length_ms\":1500,\"fault\":{\"kind\":\"kill\"},"
            + "\"whom\":{\"role\":\"leader\",\"topic\":\"orders\",\"partition\":0}}";
    assertTrue(RunSpecJson.print(spec).contains("\n" + line + ",\n" + line + ",\n" + line + "\n"));
  }

  @Test
  void anUnknownFieldIsNamedWithItsPlaceAndTheNearestChoice() {
    assertProblem(
        VALID.replace("\"length_ms\"", "\"lenght_ms\""),
        "spec.json.faults[0]: unknown field 'lenght_ms', did you mean 'length_ms'?");
    assertProblem(
        VALID.replace("\"seed\"", "\"sead\""),
        "spec.json: unknown field 'sead', did you mean 'seed'?");
  }

  @Test
  void anUnknownKindIsNamedWithItsPlaceAndTheNearestChoice() {
    assertProblem(
        VALID.replace("\"freeze\"", "\"frieze\""),
        "spec.json.faults[0].fault: unknown kind 'frieze', did you mean 'freeze'?");
    assertProblem(
        VALID.replace("\"leader\"", "\"leaders\""),
        "spec.json.faults[0].whom: unknown role 'leaders', did you mean 'leader'?");
  }

  @Test
  void wrongValuesAreNamed() {
    assertProblem(
        VALID.replace("\"load_ms\":9", "\"load_ms\":\"9\""), "'load_ms' must be a whole number");
    assertProblem(VALID.replace("\"load_ms\":9,", ""), "spec.json: 'load_ms' is missing");
    assertProblem(VALID.replace("\"at_ms\":5", "\"at_ms\":-5"), "'at_ms' must not be negative");
    assertProblem(VALID + "x", "spec.json:1:");
    assertProblem("", "spec.json: is empty");
  }

  private static final String VALID =
      "{\"claim\":null,\"workload\":\"w\",\"parameters\":{},\"profile\":{\"shape\":{\"brokers\":3,"
          + "\"controllers\":3},\"broker\":{},\"topic\":{},\"producer\":{},\"consumer\":{}},"
          + "\"target\":\"sim\",\"client\":\"4.3.1\",\"seed\":1,\"load_ms\":9,\"faults\":["
          + "{\"at_ms\":5,\"length_ms\":1,\"fault\":{\"kind\":\"freeze\",\"buffer_bytes\":0},"
          + "\"whom\":{\"role\":\"leader\",\"topic\":\"t\",\"partition\":0}}],\"mutants\":[]}";

  private static void assertProblem(String text, String message) {
    JsonFormatException e =
        assertThrows(JsonFormatException.class, () -> RunSpecJson.parse(text, "spec.json"));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().indexOf('\n') < 0, e.getMessage());
  }

  @Test
  void theValidTextIsValid() {
    assertEquals(1, RunSpecJson.parse(VALID, "spec.json").faults().size());
  }

  @Provide
  Arbitrary<RunSpec> specs() {
    Arbitrary<Map<String, String>> settings =
        Arbitraries.maps(words(), Arbitraries.strings().ofMaxLength(12)).ofMaxSize(4);
    Arbitrary<Profile> profiles =
        Combinators.combine(
                Arbitraries.integers().between(1, 9), settings, settings, settings, settings)
            .as((n, b, t, p, c) -> new Profile(new ClusterShape(n, n), b, t, p, c));
    return Combinators.combine(
            words().map(ClaimName::of).injectNull(0.3),
            words(),
            settings.map(Parameters::new),
            profiles,
            Arbitraries.longs(),
            Arbitraries.longs().between(0, 1L << 40),
            lines().list().ofMaxSize(5),
            words().list().ofMaxSize(3))
        .as(
            (claim, workload, parameters, profile, seed, load, faults, mutants) ->
                new RunSpec(
                    claim,
                    workload,
                    parameters,
                    profile,
                    "sim",
                    "4.3.1",
                    seed,
                    load,
                    faults,
                    mutants));
  }

  @Provide
  Arbitrary<ScheduledFault> lines() {
    Arbitrary<Integer> counts = Arbitraries.integers().between(0, Integer.MAX_VALUE);
    Arbitrary<Long> times = Arbitraries.longs().between(0, Long.MAX_VALUE);
    return Combinators.combine(words(), counts, times)
        .flatAs(
            (word, count, time) ->
                Combinators.combine(
                        times,
                        times,
                        Arbitraries.of(faultSamples(word, count, time)),
                        Arbitraries.of(roleSamples(word, count)))
                    .as(ScheduledFault::new));
  }

  private static Arbitrary<String> words() {
    return Arbitraries.strings().withCharRange('a', 'z').withChars('.', '-', '"').ofMaxLength(9);
  }

  private static List<Fault> faultSamples(String word, int count, long time) {
    List<Fault> faults =
        new ArrayList<>(
            List.of(
                new Fault.Kill(),
                new Fault.Stop(),
                new Fault.Pause(),
                new Fault.PowerLoss(),
                new Fault.Halves(),
                new Fault.Latency(time, time / 2),
                new Fault.Freeze(count),
                new Fault.Reset(),
                new Fault.DropAnswer(word, count),
                new Fault.DelayAnswer(word, time, count),
                new Fault.DelayRequest(word, time, count),
                new Fault.Refuse(word, word + "e", count),
                new Fault.UncleanElection(word, count),
                new Fault.PartitionIncrease(word, count),
                new Fault.RecordDeletion(word, count),
                new Fault.TopicRecreation(word),
                new Fault.PreferredElection(word, count),
                new Fault.Reassignment(word, count),
                new Fault.DiskFailure(),
                new Fault.DiskFull(),
                new Fault.ReadError(),
                new Fault.TornWrite(),
                new Fault.BitFlip(),
                new Fault.SlowDisk(time, time / 3),
                new Fault.DiskLoss(),
                new Fault.ClockSkew(-time),
                new Fault.ClockJump(time - 5),
                new Fault.ClockDrift(-count)));
    for (Side side : Side.values()) {
      for (Direction direction : Direction.values()) {
        faults.add(new Fault.Partition(side, direction));
      }
    }
    return faults;
  }

  private static List<Role> roleSamples(String word, int count) {
    return List.of(
        new Role.Leader(word, count),
        new Role.Follower(word, count, true),
        new Role.Follower(word, count, false),
        new Role.Followers(word, count),
        new Role.Controller(),
        new Role.GroupCoordinator(word),
        new Role.TransactionCoordinator(word),
        new Role.Broker(count),
        new Role.AllBrokers(),
        new Role.LoneLeader(word, count),
        new Role.InSyncReplicas(word, count),
        new Role.Client(word),
        new Role.AllClients());
  }

  /** Only the implementing records; the enums nested in Fault do not implement it. */
  private static TreeSet<String> permitted(Class<?> family) {
    TreeSet<String> names = new TreeSet<>();
    for (Class<?> type : family.getPermittedSubclasses()) {
      if (type.isSealed()) {
        names.addAll(permitted(type));
      } else {
        names.add(type.getName());
      }
    }
    return names;
  }

  private static TreeSet<String> names(List<?> samples) {
    TreeSet<String> names = new TreeSet<>();
    samples.forEach(sample -> names.add(sample.getClass().getName()));
    return names;
  }
}
