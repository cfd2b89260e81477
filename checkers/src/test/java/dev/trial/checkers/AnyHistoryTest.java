package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.append.AppendAnomaly;
import dev.trial.checkers.append.AppendHistory;
import dev.trial.checkers.append.ListAppend;
import dev.trial.checkers.append.RwRegister;
import dev.trial.checkers.foreign.AppendLog;
import dev.trial.checkers.foreign.KeyValueLog;
import dev.trial.checkers.foreign.RegisterLog;
import dev.trial.checkers.linear.AppendModel;
import dev.trial.checkers.linear.Linearizability;
import dev.trial.checkers.linear.RegisterModel;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.Producing.Call;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryFormatException;
import dev.trial.core.history.HistoryJsonReader;
import dev.trial.core.history.HistoryJsonWriter;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import dev.trial.core.verdict.Verdict;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a file holds, it is judged, or refused with one line that names the place. */
class AnyHistoryTest {
  private static final long FEW_CONFIGURATIONS = 20_000;

  /** Reads and judges, or throws. */
  private interface Judgement {
    void judge(byte[] file) throws IOException;
  }

  private static void judgedOrRefused(byte[] file, Judgement judgement) throws IOException {
    try {
      judgement.judge(file);
    } catch (HistoryFormatException refused) {
      assertTrue(refused.line() >= 1 && refused.column() >= 1, refused.getMessage());
      assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
    } catch (RuntimeException e) {
      throw new AssertionError(new String(file, StandardCharsets.UTF_8), e);
    }
  }

  private static BufferedReader reader(byte[] file) {
    return new BufferedReader(
        new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8));
  }

  // ---- our own

  private static String json(Story story) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HistoryJsonWriter writer = new HistoryJsonWriter(out)) {
      writer.write(story.history());
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void ours(byte[] file, Rules rules) throws IOException {
    History history = HistoryJsonReader.read(new ByteArrayInputStream(file)).history();
    Verdict verdict = Judge.judge(history, rules);
    for (Anomaly each : verdict.anomalies()) {
      assertFalse(each.sentence().isEmpty());
      assertTrue(
          each.operations().stream().allMatch(at -> at >= 0 && at < history.size()),
          each.toString());
    }
  }

  /**
   * With lines gone or moved the indexes are wrong, which is refused; half of the files get new
   * ones, so that operations answer what they never asked.
   */
  private static byte[] changed(Random random, String correct) {
    byte[] file = new Mutations(random).of(correct);
    if (random.nextBoolean()) {
      return file;
    }
    StringBuilder numbered = new StringBuilder();
    int line = 0;
    for (String each : new String(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      numbered.append(each.replaceFirst("^\\{\"i\":[^,]*", "{\"i\":" + line++)).append("\n");
    }
    return numbered.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Property(tries = 700)
  void runsOfProducersAndGroups(@ForAll long seed) throws IOException {
    int acks = seed % 2 == 0 ? -1 : 1;
    String correct = json(new CorrectRun(seed, acks, 40).story);
    byte[] file = changed(new Random(seed), correct);
    judgedOrRefused(file, each -> ours(each, Story.rules(acks)));
  }

  @Property(tries = 500)
  void runsOfTransactions(@ForAll long seed) throws IOException {
    CorrectTransactions run = new CorrectTransactions(seed, 40);
    run.finish(run.committed());
    byte[] file = changed(new Random(seed), json(run.story));
    Map<String, String> topic =
        seed % 2 == 0 ? Map.of() : Map.of("cleanup.policy", "compact", "retention.ms", "60000");
    Rules rules = new Rules(-1, 2, Set.of(), Map.of(), Set.of(), Vacuity.NEVER, topic, 45_000);
    judgedOrRefused(file, each -> ours(each, rules));
  }

  /** Static members, one of which is back too late, and a producer whose transaction hangs. */
  private static Story members() {
    Story story = new Story();
    story.phase(Name.LOAD);
    for (int process : new int[] {10, 11, 12}) {
      Map<String, String> settings = new TreeMap<>();
      settings.put("group.id", Story.GROUP);
      settings.put("group.instance.id", "one");
      settings.put("session.timeout.ms", "6000");
      settings.put("max.poll.interval.ms", "4000");
      settings.put("transaction.timeout.ms", "1000");
      story.fact(process, new Action.Start("c", process - 10, Kind.CONSUMER, settings));
      story.assigned(process, process - 9);
      story.poll(process, 0, 100);
      story.commit(process, 1);
      story.committed(process, 1);
      story.sleep(5_000L * (process - 9));
      story.poll(process, 1, 101);
      story.rebalance(process, Change.REVOKED, process - 9);
      story.end(process, How.CRASHED);
    }
    Action.Producing begin = new Action.Producing(Call.BEGIN_TRANSACTION, "t", null);
    story.add(12, Stage.OK, story.add(12, Stage.INVOKE, -1, begin), begin);
    story.complete(story.invoke(12, 100), Stage.OK, 0);
    story.send(101, 1);
    story.sleep(20_000);
    story.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L)), 2);
    story.dump(1, new TreeMap<>(Map.of(0L, 100L)), 1, List.of(new EpochStart(0, 0)));
    return story;
  }

  @Property(tries = 1_500)
  void runsOfStaticMembers(@ForAll long seed) throws IOException {
    byte[] file = changed(new Random(seed), json(members()));
    judgedOrRefused(file, each -> ours(each, Story.rules(-1)));
  }

  // ---- lists

  private static final String LISTS =
      """
      {:index 0 :type :invoke :f :txn :process 0 :value [[:append 1 1] [:r 2 nil]]}
      {:index 1 :type :invoke :f :txn :process 1 :value [[:append 2 1] [:append 2 2] [:r 1 nil]]}
      {:index 2 :type :ok :f :txn :process 1 :value [[:append 2 1] [:append 2 2] [:r 1 [1]]]}
      {:index 3 :type :ok :f :txn :process 0 :value [[:append 1 1] [:r 2 []]]}
      {:index 4 :type :invoke :f :txn :process 1 :value [[:r 2 nil] [:append 1 3]]}
      {:index 5 :type :invoke :f :txn :process 0 :value [[:r 1 nil] [:r 2 nil] [:append 1 4]]}
      {:index 6 :type :ok :f :txn :process 0 :value [[:r 1 [1]] [:r 2 [1 2]] [:append 1 4]]}
      {:index 7 :type :info :f :txn :process 1 :value [[:r 2 nil] [:append 1 3]]}
      {:index 8 :type :invoke :f :txn :process 0 :value [[:append 2 9]]}
      {:index 9 :type :fail :f :txn :process 0 :value [[:append 2 9]]}
      {:index 10 :type :invoke :f :txn :process 2 :value [[:r 1 nil] [:r 2 nil]]}
      {:index 11 :type :ok :f :txn :process 2 :value [[:r 1 [1 4 3]] [:r 2 [1 2]]]}
      """;

  @Property(tries = 3_000)
  void listAppend(@ForAll long seed) throws IOException {
    judgedOrRefused(new Mutations(new Random(seed)).of(LISTS), AnyHistoryTest::lists);
  }

  private static void lists(byte[] file) throws IOException {
    for (AppendAnomaly each : ListAppend.check(AppendLog.read(reader(file))).anomalies()) {
      assertFalse(each.sentences().isEmpty() || each.operations().isEmpty(), each::toString);
    }
  }

  // ---- transactions on registers

  private static final String REGISTERS =
      """
      {:index 0 :type :invoke :f :txn :process 0 :value [[:w 1 1] [:r 2 nil]]}
      {:index 1 :type :invoke :f :txn :process 1 :value [[:w 2 1] [:w 2 2] [:r 1 nil]]}
      {:index 2 :type :ok :f :txn :process 1 :value [[:w 2 1] [:w 2 2] [:r 1 1]]}
      {:index 3 :type :ok :f :txn :process 0 :value [[:w 1 1] [:r 2 nil]]}
      {:index 4 :type :invoke :f :txn :process 1 :value [[:r 2 nil] [:w 1 3]]}
      {:index 5 :type :invoke :f :txn :process 0 :value [[:r 1 nil] [:r 2 nil] [:w 1 4]]}
      {:index 6 :type :ok :f :txn :process 0 :value [[:r 1 1] [:r 2 2] [:w 1 4]]}
      {:index 7 :type :info :f :txn :process 1 :value [[:r 2 nil] [:w 1 3]]}
      {:index 8 :type :invoke :f :txn :process 0 :value [[:r 2 nil] [:w 2 9]]}
      {:index 9 :type :fail :f :txn :process 0 :value [[:r 2 nil] [:w 2 9]]}
      {:index 10 :type :invoke :f :txn :process 2 :value [[:r 1 nil] [:w 1 5] [:r 1 nil]]}
      {:index 11 :type :ok :f :txn :process 2 :value [[:r 1 3] [:w 1 5] [:r 1 5]]}
      {:index 12 :type :invoke :f :txn :process 3 :value [[:r 1 nil] [:r 2 nil]]}
      {:index 13 :type :ok :f :txn :process 3 :value [[:r 1 5] [:r 2 2]]}
      """;

  @Property(tries = 3_000)
  void rwRegister(@ForAll long seed) throws IOException {
    judgedOrRefused(new Mutations(new Random(seed)).of(REGISTERS), AnyHistoryTest::registers);
  }

  /** Whoever says so with --format has lists judged as registers, and registers as lists. */
  @Property(tries = 300)
  void oneFormTakenForTheOther(@ForAll long seed) throws IOException {
    Mutations mutations = new Mutations(new Random(seed));
    judgedOrRefused(mutations.of(LISTS), AnyHistoryTest::registers);
    judgedOrRefused(mutations.of(REGISTERS), AnyHistoryTest::lists);
  }

  private static void registers(byte[] file) throws IOException {
    AppendHistory history = AppendLog.readRegisters(reader(file));
    for (AppendAnomaly each : RwRegister.check(history).anomalies()) {
      assertFalse(each.sentences().isEmpty() || each.operations().isEmpty(), each::toString);
    }
  }

  // ---- linearizability

  @Property(tries = 2_000)
  void jepsensRegisters(@ForAll long seed) throws IOException {
    String log =
        String.join(
            "\n",
            List.of(
                "INFO  jepsen.util - 0\t:invoke\t:write\t1",
                "INFO  jepsen.util - 1\t:invoke\t:read\tnil",
                "INFO  jepsen.util - 0\t:ok\t:write\t1",
                "INFO  jepsen.util - 1\t:ok\t:read\t1",
                "INFO  jepsen.util - 2\t:invoke\t:cas\t[1 2]",
                "INFO  jepsen.util - 1\t:invoke\t:read\tnil",
                "INFO  jepsen.util - 2\t:fail\t:cas\t[1 2]",
                "INFO  jepsen.util - 1\t:fail\t:read\t:timed-out",
                "INFO  jepsen.util - 3\t:invoke\t:cas\t[2 3]",
                "INFO  jepsen.util - 3\t:info\t:cas\t:timed-out"));
    judgedOrRefused(
        new Mutations(new Random(seed)).of(log),
        file ->
            Linearizability.check(
                new RegisterModel(), RegisterLog.read(reader(file)), FEW_CONFIGURATIONS));
  }

  @Property(tries = 2_000)
  void porcupinesStrings(@ForAll long seed) throws IOException {
    String log =
        """
        {:process 0, :type :invoke, :f :append, :key "1", :value "x 0 0 y"}
        {:process 1, :type :invoke, :f :get, :key "1", :value nil}
        {:process 0, :type :ok, :f :append, :key "1", :value "x 0 0 y"}
        {:process 1, :type :ok, :f :get, :key "1", :value "x 0 0 y"}
        {:process 2, :type :invoke, :f :put, :key "0", :value "new"}
        {:process 1, :type :invoke, :f :get, :key "0", :value nil}
        {:process 2, :type :ok, :f :put, :key "0", :value "new"}
        {:process 1, :type :ok, :f :get, :key "0", :value ""}
        """;
    judgedOrRefused(
        new Mutations(new Random(seed)).of(log),
        file ->
            Linearizability.check(
                new AppendModel(), KeyValueLog.read(reader(file)), FEW_CONFIGURATIONS));
  }
}
