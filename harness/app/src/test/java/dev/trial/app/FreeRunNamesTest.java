package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trial.claims.FreeRun;
import dev.trial.claims.NamedProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A free run is called after its workload, faults and profile: no other takes its directory. */
class FreeRunNamesTest {
  @TempDir private Path directory;

  private static String name(String workload, List<String> faults, String profile) {
    return String.join("_", FreeRun.nameParts(workload, faults, NamedProfiles.nameOf(profile)));
  }

  @Test
  void whatDiffersIsCalledDifferently() {
    assertEquals("bursts_swarm_mine", name("bursts", List.of("swarm"), "some/where/mine.json"));
    assertEquals("bursts_kill+pause_acks-1", name("bursts", List.of("kill", "pause"), "acks-1"));
    assertEquals("bursts_none_acks-1.json", name("bursts", List.of("none"), "acks-1.json"));
  }

  @Test
  void anyNameOfAFileMakesADirectoryOfItsOwn() {
    String spaced = name("bursts", List.of("none"), "my own.json");
    assertTrue(spaced.matches("[A-Za-z0-9._+-]+"), spaced);
    assertNotEquals(spaced, name("bursts", List.of("none"), "my-own.json"));
    assertNotEquals(spaced, name("bursts", List.of("none"), "my_own.json"));
    String one = name("bursts", List.of("none"), "a".repeat(200) + ".json");
    assertTrue(one.length() < 80, one);
    assertNotEquals(one, name("bursts", List.of("none"), "a".repeat(201) + ".json"));
  }

  @Test
  void theRunIsStoredFoundAgainAndSaysItsProfile() throws IOException {
    JsonNode free =
        run("--workload=produce-consume", "--faults=none", "--profile=acks-1", "--time=5s");
    assertEquals("acks-1", free.get("profile").asText());
    assertEquals("produce-consume_none_acks-1_sim_3", free.get("run").asText());
    String stored = directory.resolve("produce-consume_none_acks-1_sim_3").toString();
    assertEquals(0, Said.trial("replay", stored).exit());
    assertEquals(0, Said.trial("check", stored).exit());
    assertEquals(0, Said.trial("report", stored).exit());
    run("--workload=produce-consume", "--faults=none", "--time=5s");
    String spec = Files.readString(Path.of(stored).resolve("spec.json"));
    assertTrue(spec.contains("\"acks\": \"1\"") || spec.contains("\"acks\":\"1\""), spec);
    assertFalse(Files.exists(directory.resolve("free_sim_3")));
  }

  @Test
  void aReportWrittenAgainSaysWhatTheFaultsWere() throws IOException {
    JsonNode free = run("--workload=produce-consume", "--faults=latency", "--time=20s");
    Path stored = directory.resolve(free.get("run").asText());
    Said.trial("report", stored).exited(0);
    String page = Files.readString(stored.resolve("report.html"));
    assertTrue(page.contains("produce-consume under latency"), page);
  }

  @Test
  void theProfileOfAClaimIsCalledAsTheClaim() throws IOException {
    JsonNode line = run("--claim=record-fidelity", "--time=20s");
    assertEquals("record-fidelity", line.get("profile").asText());
  }

  private JsonNode run(String... what) throws IOException {
    String[] arguments = java.util.Arrays.copyOf(what, what.length + 4);
    System.arraycopy(
        new String[] {"run", "--seed=3", "--json", "--out=" + directory}, 0, arguments, 0, 4);
    System.arraycopy(what, 0, arguments, 4, what.length);
    Said said = Said.trial((Object[]) arguments);
    assertEquals(0, said.exit(), said.err());
    return new JsonMapper().readTree(said.out().lines().findFirst().orElseThrow());
  }
}
