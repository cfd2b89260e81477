package dev.trial.engine.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.input.UsageException;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  private static Shard parse(String text, Map<String, String> environment) {
    return Shard.parse(text, environment::get);
  }

  @Test
  void eachItemBelongsToOnePart() {
    LongStream.range(0, 100)
        .forEach(
            item ->
                assertEquals(
                    1,
                    IntStream.rangeClosed(1, 7)
                        .filter(part -> new Shard(part, 7).has(item))
                        .count()));
  }

  @Test
  void jobsCountFromWhereTheyDo() {
    assertEquals(new Shard(3, 4), parse("auto/4", Map.of("JOB_COMPLETION_INDEX", "2")));
    assertEquals(new Shard(3, 4), parse("auto/4", Map.of("SLURM_ARRAY_TASK_ID", "2")));
    assertEquals(
        new Shard(2, 4),
        parse("auto/4", Map.of("SLURM_ARRAY_TASK_ID", "2", "SLURM_ARRAY_TASK_MIN", "1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "0/4", "5/4", "1/0", "a/b", "auto/4", "-1/2", "1/4/2", "1/99999"})
  void whatIsNoPartIsRefused(String text) {
    UsageException refused = assertThrows(UsageException.class, () -> parse(text, Map.of()), text);
    assertTrue(refused.getMessage().startsWith("--shard " + text + ":"), refused.getMessage());
  }

  @Test
  void aJobThatSaysNothingUsefulIsRefused() {
    assertThrows(UsageException.class, () -> parse("auto/4", Map.of("JOB_COMPLETION_INDEX", "x")));
    assertThrows(UsageException.class, () -> parse("auto/4", Map.of("JOB_COMPLETION_INDEX", "4")));
  }
}
