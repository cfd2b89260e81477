package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** How soon defects are seen, counted here with two that are seen at once. */
class DetectionBenchTest {
  private static final String BOTH = "deposed-leader-acknowledges,checksum-not-checked";

  @Test
  void eachDefectIsSeenFromEachFirstSeed() throws Exception {
    Said said =
        Said.trial("bench", "--detection", "--mutant", BOTH, "--warm-up=1", "--starts=3", "--json");
    JsonNode told = new JsonMapper().readTree(said.exited(0).out());
    assertEquals(2, told.get("defects").size());
    for (JsonNode defect : told.get("defects")) {
      assertTrue(defect.get("seen").asBoolean(), defect::toString);
      assertTrue(defect.at("/runs/min").asInt() >= 1, defect::toString);
      assertTrue(defect.at("/processor_s/median").asDouble() > 0, defect::toString);
    }
  }

  @Test
  void fromItsOwnStartADefectTakesLongerThanTheVirtualMachine() {
    Said said = Said.trial("bench", "--detection", "--cold", "--mutant", "checksum-not-checked");
    String last = said.exited(0).out().lines().reduce((before, after) -> after).orElseThrow();
    assertTrue(last.startsWith("1 defects, seen after "), last);
    assertTrue(said.out().contains("a process of its own"), said.out());
  }

  @Test
  void whatBelongsToItIsRefusedWithoutIt() {
    Said.trial("bench", "--cold").refused("--detection");
    Said.trial("bench", "--starts", "3").refused("--detection");
    Said.trial("bench", "--mutant", "checksum-not-checked").refused("--detection");
    Said.trial("bench", "--detection", "--mutant", "checksum-not-chekced")
        .refused("checksum-not-checked");
    Said.trial("bench", "--detection", "--checkers").refused("--checkers");
  }
}
