package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Producing.Call;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A processor that turns each input into one output, crashes now and then, and starts again. */
class TransformInjectionTest {
  private static final int TRIES = 60;
  private static final int INPUTS = 12;
  private static final PartitionId OUT = new PartitionId("out", 0);

  /** Inputs, and outputs in transactions that commit or are left open by a crash. */
  private static final class Transforms {
    final Story story = new Story();
    final TreeMap<Long, Delivered> outputs = new TreeMap<>();
    private final Random random;
    private final List<Delivered> inputs = new ArrayList<>();
    private int processor = 20;
    private long end;
    private long nextValue = 1_000;

    Transforms(long seed) {
      random = new Random(seed);
      story.phase(Name.LOAD);
      story.start(Story.PRODUCER, Kind.PRODUCER);
      for (long offset = 0; offset < INPUTS; offset++) {
        story.send(100 + offset, offset);
        inputs.add(new Delivered(Story.P0, offset, 100 + offset, Story.key(100 + offset), null));
      }
      start(processor);
      long next = 0;
      while (next < INPUTS) {
        long upTo = Math.min(INPUTS, next + 1 + random.nextInt(3));
        next = transform(next, upTo, random.nextInt(4) > 0) ? upTo : next;
      }
    }

    private void start(int process) {
      Map<String, String> settings =
          Map.of("group.id", Story.GROUP, "isolation.level", "read_committed");
      Kind kind = process == Story.READER ? Kind.READER : Kind.PROCESSOR;
      story.fact(process, new Action.Start("c-" + process, 0, kind, settings));
    }

    private void call(Call call) {
      Producing action = new Producing(call, "t", null);
      story.add(processor, Stage.OK, story.add(processor, Stage.INVOKE, -1, action), action);
    }

    boolean transform(long from, long to, boolean commits) {
      call(Call.BEGIN_TRANSACTION);
      TreeMap<Long, Delivered> written = new TreeMap<>();
      for (long input = from; input < to; input++) {
        String key = Story.P0 + "/" + input;
        Action.Send asked = new Action.Send(nextValue, key, OUT.topic(), 0, -1, null);
        Action.Send done = new Action.Send(nextValue, key, OUT.topic(), 0, end, null);
        story.add(processor, Stage.OK, story.add(processor, Stage.INVOKE, -1, asked), done);
        written.put(end, new Delivered(OUT, end++, nextValue++, key, null));
      }
      end++;
      if (commits) {
        call(Call.COMMIT_TRANSACTION);
        outputs.putAll(written);
      } else {
        story.end(processor, How.CRASHED);
        start(++processor);
      }
      return commits;
    }

    /** The reader is told the group's offset, and reads everything; the two answers' indexes. */
    List<Long> finish(long committed) {
      story.phase(Name.FINAL_READ);
      start(Story.READER);
      long told = story.committed(Story.READER, committed);
      Map<PartitionId, Long> starts = Map.of(Story.P0, 0L, OUT, 0L);
      Map<PartitionId, Long> ends = Map.of(Story.P0, (long) INPUTS, OUT, end);
      long asked =
          story.add(Story.READER, Stage.INVOKE, -1, new Action.Ends(Map.of(), Map.of(), null));
      story.add(Story.READER, Stage.OK, asked, new Action.Ends(starts, ends, null));
      List<Delivered> records = new ArrayList<>(inputs);
      records.addAll(outputs.values());
      return List.of(told, story.poll(Story.READER, records));
    }

    List<Anomaly> judged() {
      return new TransformChecker().check(story.history(), Story.rules(-1)).anomalies();
    }
  }

  private static Anomaly only(Transforms run, AnomalyKind kind) {
    List<Anomaly> found = run.judged();
    assertEquals(1, found.size(), found::toString);
    assertEquals(kind, found.get(0).kind());
    assertEquals(Cause.UNEXPLAINED, found.get(0).cause());
    return found.get(0);
  }

  @Property(tries = 300)
  void whatIsCorrectIsNeverFlagged(@ForAll long seed) {
    Transforms run = new Transforms(seed);
    run.finish(INPUTS);
    assertEquals(List.of(), run.judged());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.OFFSET_OUTPUT_MISMATCH)
  void theOffsetStaysBehindTheOutputs(@ForAll long seed) {
    Transforms run = new Transforms(seed);
    List<Long> proof = run.finish(INPUTS - 1);
    Anomaly found = only(run, AnomalyKind.OFFSET_OUTPUT_MISMATCH);
    assertTrue(found.operations().containsAll(proof), found::toString);
    assertEquals(
        "Input orders-0@11 has a committed output, and the group's committed offset is 11.",
        found.sentence());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.LOST_PROCESSING)
  void anOutputIsMissing(@ForAll long seed) {
    Transforms run = new Transforms(seed);
    Delivered gone = run.outputs.remove(run.outputs.firstKey());
    List<Long> proof = run.finish(INPUTS);
    Anomaly found = only(run, AnomalyKind.LOST_PROCESSING);
    assertTrue(found.operations().containsAll(proof), found::toString);
    assertTrue(gone.key().endsWith("/" + found.offsets().get(0)), found::toString);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.DUPLICATE_PROCESSING)
  void anInputIsTransformedAgain(@ForAll long seed) {
    Transforms run = new Transforms(seed);
    long input = Math.floorMod(seed, INPUTS);
    long again = run.end;
    run.transform(input, input + 1, true);
    long read = run.finish(INPUTS).get(1);
    Anomaly found = only(run, AnomalyKind.DUPLICATE_PROCESSING);
    assertTrue(found.offsets().contains(again), found::toString);
    assertTrue(found.operations().contains(read), found::toString);
  }
}
