package dev.trial.app;

import static dev.trial.app.Said.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history of nothing is not valid, whatever form it would have had. */
class EmptyHistoryTest {
  @TempDir private Path directory;

  @Test
  void aFileOfNothingIsRefusedInEveryForm() throws IOException {
    for (String text : List.of("", "\n\n")) {
      Path file = Files.writeString(directory.resolve("empty.edn"), text);
      trial("check", file).refused("empty.edn: ");
      for (String form :
          List.of("jepsen-kafka", "register-log", "key-value-log", "list-append", "rw-register")) {
        trial("check", "--format", form, file).refused("empty.edn: ");
        trial("check", "--json", "--format", form, file).refused("empty.edn: ");
      }
    }
  }

  @Test
  void anEmptyListIsAFileOfNothing() throws IOException {
    Path file = Files.writeString(directory.resolve("empty.edn"), "[]");
    trial("check", file).refused("no operation can be read");
  }

  @Test
  void aLogWithoutALineOfItsFormIsAFileOfNothing() throws IOException {
    Path file = Files.writeString(directory.resolve("other.log"), "INFO  starting\nINFO  done\n");
    trial("check", "--format", "register-log", file).refused("no operation can be read");
  }
}
