package dev.trial.checkers.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.trial.checkers.foreign.KeyValueLog;
import dev.trial.checkers.foreign.RegisterLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The test histories published with Porcupine, where a folder of them is at hand. */
class PublishedHistoriesTest {
  private static final Set<Integer> LINEARIZABLE = Set.of(2, 5, 7, 18, 25, 31, 38, 45, 48, 49);

  private static Path data(String folder) {
    Path at = Path.of("").toAbsolutePath();
    while (at != null) {
      Path data = at.resolve("shared/data/porcupine").resolve(folder);
      if (Files.isDirectory(data)) {
        return data;
      }
      at = at.getParent();
    }
    return abort("the published histories are not at hand");
  }

  @Test
  void registersOfEtcdAreJudgedAsPublished() throws IOException {
    Path folder = data("jepsen");
    Set<Integer> linearizable = new TreeSet<>();
    int judged = 0;
    for (int i = 0; i <= 50; i++) {
      Path file = folder.resolve(String.format("etcd_%03d.log", i));
      try (BufferedReader in = Files.newBufferedReader(file)) {
        if (holds(new RegisterModel(), RegisterLog.read(in))) {
          linearizable.add(i);
        }
        judged++;
      }
    }
    assertEquals(51, judged);
    assertEquals(new TreeSet<>(LINEARIZABLE), linearizable);
  }

  @Test
  void keyValueStoresAreJudgedAsTheirNamesSay() throws IOException {
    Path folder = data("kv");
    for (String name : new String[] {"c01-ok", "c01-bad", "c10-ok", "c10-bad"}) {
      try (BufferedReader in = Files.newBufferedReader(folder.resolve(name + ".txt"))) {
        assertEquals(name.endsWith("ok"), holds(new AppendModel(), KeyValueLog.read(in)), name);
      }
    }
  }

  private static <S, O> boolean holds(Model<S, O> model, java.util.List<Interval<O>> history) {
    Linearity<O> found =
        Linearizability.check(model, history, Linearizability.DEFAULT_CONFIGURATIONS_MAX);
    assertEquals(false, found instanceof Linearity.Undecided<O>);
    return found instanceof Linearity.Linearizable<O>;
  }
}
