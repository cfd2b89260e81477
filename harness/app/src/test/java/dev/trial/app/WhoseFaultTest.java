package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file or a flag is wrong usage, in one line that names the place. */
class WhoseFaultTest {
  @TempDir private Path directory;

  @Test
  void badFlagsAreWrongUsage() {
    Said.trial("run", "--workload=bursts", "--faults=nonsense").refused("--faults");
    Said.trial("run", "--workload=nonsense").refused("workload");
    Said.trial("run", "--client=").refused("--client");
    Said.trial("run", "--client=4:3:1:2:5").refused("--client");
    Said.trial("run", "--claim=acks-1-tail-loss", "--time=1ms").refused("--time");
  }

  @Test
  void clientsThatNoSimulationTakesAreToldWhatRunsThem() {
    for (String old : new String[] {"0.11.0.3", "2.7.2", "2.8.1"}) {
      Said.trial("run", "--client=" + old)
          .refused("--client " + old, "from 2.8.2 on", "--target reference", "--target kafka:");
    }
  }

  @Test
  void anEditedSpecIsToldWhereItIsWrong() throws IOException {
    String out = "--out=" + directory;
    assertEquals(
        0,
        Said.trial(
                "run", "--workload=produce-consume", "--faults=none", "--seed=1", "--time=5s", out)
            .exit());
    Path stored = directory.resolve("produce-consume_none_default_sim_1");
    Path spec = stored.resolve("spec.json");
    String text = Files.readString(spec);
    edited(stored, text.replaceFirst("(\"acks\": ?)\"all\"", "$1\"two\""), "acks");
    edited(stored, text.replaceFirst("(\"workload\": ?)\"[^\"]*\"", "$1\"nonsense\""), "nonsense");
    edited(stored, text.replaceFirst("(\"claim\": ?)\"[^\"]*\"", "$1\"nonsense\""), "nonsense");
    edited(stored, text.replaceFirst("(\"mutants\": ?\\[)", "$1\"nonsense\""), "nonsense");
    Files.write(spec, new byte[] {(byte) 0xff, (byte) 0xfe});
    Said.trial("replay", stored.toString()).refused("spec.json");
  }

  private static void edited(Path stored, String spec, String mentions) throws IOException {
    Files.writeString(stored.resolve("spec.json"), spec);
    Said.trial("replay", stored.toString()).refused(mentions);
    Said.trial("replay", stored.toString()).refused("spec.json");
    Said.trial("check", stored.toString()).refused(mentions);
  }
}
