package dev.trial.app;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every option that takes a number says what it takes, whatever number it is given. */
class NumericOptionsTest {

  @ParameterizedTest
  @CsvSource({
    "run, --parallel, 1 to 256",
    "mutants, --parallel, 1 to 256",
    "bench, --runs, 1 to 1000000",
    "cluster, --port, 0 to 65535",
    "bench, --warm-up, 0 to 1000000",
    "mutants, --clean, 0 to 1000000"
  })
  void outOfRangeNamesTheRange(String command, String option, String range) {
    for (String number : new String[] {"-1", "2147483648", "99999999999999999999", "x", ""}) {
      Said.trial(command, option + "=" + number).refused(range);
    }
  }

  @ParameterizedTest
  @CsvSource({"run, --parallel", "mutants, --parallel", "bench, --runs"})
  void noneIsTooFew(String command, String option) {
    Said.trial(command, option, "0").refused("from 1 to");
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "99999999999", "many"})
  void aMadeHistoryHasOperations(String number) {
    Said.trial("bench", "--checkers", "--operations=" + number).refused("from 1 to");
  }

  @ParameterizedTest
  @CsvSource({"run, --time", "bench, --time"})
  void lengthsOfTimeHaveBounds(String command, String option) {
    for (String length : new String[] {"0s", "-1s", "99999999999999999999s", "25h"}) {
      Said.trial(command, option + "=" + length).refused(option);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1..9223372036854775807",
    "-9223372036854775808..9223372036854775807",
    "1..1000001",
    "9223372036854775808"
  })
  void seedsAreAMillionAtMost(String seeds) {
    Said.trial("run", "--claim=log-divergence", "--seeds=" + seeds).refused("--seeds");
    Said.trial("mutants", "--score", "--seeds=" + seeds).refused("--seeds");
  }

  @ParameterizedTest
  @CsvSource({"-1", "-5..5"})
  void mutantsAreScoredBySeedsFromNought(String seeds) {
    Said.trial("mutants", "--score", "--seeds=" + seeds).refused("--seeds");
  }

  @ParameterizedTest
  @CsvSource({"1..1000000"})
  void soManyRunsOfEveryClaimAreRefusedAtOnce(String seeds) {
    Said.trial("run", "--all", "--seeds=" + seeds).refused("1000000 at most");
  }
}
