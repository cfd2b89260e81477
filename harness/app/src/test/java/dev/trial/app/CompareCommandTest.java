package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trial.core.run.RunSpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trial compare} as people type it. */
class CompareCommandTest {
  @TempDir private Path directory;

  /** What acks=1 loses when the leader dies before it is copied, acks=all keeps. */
  @Test
  void theSameFaultsTellProfilesApart() throws IOException {
    Said said =
        Said.trial(
                "compare",
                "--profiles=default,acks-1",
                "--seeds=1",
                "--time=10s",
                "--json",
                "--html=" + directory.resolve("page.html"),
                "--out=" + directory)
            .exited(0);
    JsonNode all = new JsonMapper().readTree(said.out());
    assertEquals(1, all.get("version").asInt());
    JsonNode safe = all.at("/contenders/0");
    JsonNode fast = all.at("/contenders/1");
    assertFalse(safe.get("harms").has("lost"), said.out());
    assertTrue(fast.at("/harms/lost/records").asInt() > 0, said.out());
    assertTrue(safe.get("latency_p50_ms").asDouble() > 0, said.out());
    assertTrue(safe.get("gap_worst_ms").asLong() > 0, said.out());
    Path witness = directory.resolve(fast.at("/harms/lost/witness").asText());
    assertTrue(Files.exists(witness.resolve("verdict.json")));
    isPage(fast.at("/harms/lost/witness").asText());
    String spec = Files.readString(witness.resolve("spec.json"));
    assertEquals("1", RunSpecJson.parse(spec, "spec").profile().producer().get("acks"));
  }

  /** The safest first, and each harm leads to its run. */
  private void isPage(String witness) throws IOException {
    String page = Files.readString(directory.resolve("page.html"));
    assertTrue(page.indexOf("row\">default<") < page.indexOf("row\">acks-1<"), page);
    assertTrue(page.contains("href=\"#lost-acks-1\""), page);
    assertTrue(page.contains("<div id=\"lost-acks-1\">"), page);
    assertTrue(page.contains("./trial replay " + directory.resolve(witness)), page);
    assertTrue(page.contains("href=\"./" + witness + "/report.html\""), page);
  }

  @Test
  void badInputIsOneLine() {
    Said.trial("compare", "--profiles=defalt").refused("default");
    Said.trial("compare", "--profiles=acks-1,acks-1").refused("two are called acks-1");
    Said.trial("compare", "--html=").refused("--html", "no name of a file");
    Said.trial("compare", "--html=" + directory).refused("--html", "no name of a file");
    Said.trial("compare", "--faults=kil").refused("kill");
    Said.trial("compare", "--workload=burst").refused("bursts");
    Said.trial("compare", "--seeds=0..").refused("--seeds");
  }
}
