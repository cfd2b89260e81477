package dev.trial.checkers.jepsen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Circles of reads are found, and named by the operations; circles of writes are allowed. */
class InformationCyclesTest {

  private static Verdict judge(String edn) throws IOException {
    KafkaHistory history =
        KafkaHistoryReader.read(new ByteArrayInputStream(edn.getBytes(StandardCharsets.UTF_8)));
    return new KafkaJudge(new InformationCycles(), () -> Budget.UNLIMITED).judge(history);
  }

  private static String txn(int process, int index, String asked, String done) {
    return "{:process "
        + process
        + ", :type :invoke, :f :txn, :index "
        + index
        + ", :value ["
        + asked
        + "]}\n{:process "
        + process
        + ", :type :ok, :f :txn, :index "
        + (index + 1)
        + ", :value ["
        + done
        + "]}\n";
  }

  @Test
  void twoThatReadEachOther() throws IOException {
    String one = txn(0, 0, "[:send 1 7] [:poll]", "[:send 1 [0 7]] [:poll {2 [[0 8]]}]");
    String other = txn(1, 2, "[:send 2 8] [:poll]", "[:send 2 [0 8]] [:poll {1 [[0 7]]}]");
    Verdict verdict = judge(one + other);
    assertEquals(Map.of("g1c", 1), verdict.counts());
    assertEquals(
        "Operation 3 read value 7 of operation 1, operation 1 read value 8 of operation 3: each"
            + " would have to be over before the other.",
        verdict.anomalies().get(0).sentence());
  }

  @Test
  void aChainIsNoCircle() throws IOException {
    String one = txn(0, 0, "[:send 1 7]", "[:send 1 [0 7]]");
    String other = txn(1, 2, "[:send 2 8] [:poll]", "[:send 2 [0 8]] [:poll {1 [[0 7]]}]");
    assertEquals(Map.of("unseen", 1), judge(one + other).counts()); // nobody read value 8
  }

  @Test
  void interleavedWritesAreAllowedAndCounted() throws IOException {
    String one = txn(0, 0, "[:send 1 7] [:send 2 8]", "[:send 1 [0 7]] [:send 2 [1 8]]");
    String other = txn(1, 2, "[:send 1 9] [:send 2 6]", "[:send 1 [1 9]] [:send 2 [0 6]]");
    String reads = txn(2, 4, "[:poll]", "[:poll {1 [[0 7] [1 9]] 2 [[0 6] [1 8]]}]");
    Verdict verdict = judge(one + other + reads);
    assertEquals(Map.of(), verdict.counts());
    assertTrue(
        verdict.findings().stream().anyMatch(each -> each.statistics().containsKey("allowed.G0")));
  }
}
