package dev.trial.app;

import static dev.trial.app.Said.trial;

import org.junit.jupiter.api.Test;

/** Real Kafka has no switches for the defects of the reference cluster. */
class MutantTargetTest {

  @Test
  void aMutantOfRealKafkaIsRefusedBeforeAnythingIsFetched() {
    for (String target : new String[] {"kafka", "kafka:4.3.1", "kafka:99.9.9"}) {
      trial("run", "--claim=log-divergence", "--mutant=min-insync-ignored", "--target=" + target)
          .refused("--mutant min-insync-ignored", "--target sim");
    }
  }
}
