package dev.trial.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.profile.Profile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FinalReaderTest {
  private static final String PROTOCOL = "group.protocol";

  @Test
  void readsByTheProfileButForTheFirstConsumersOfKip848() {
    assertEquals("classic", protocol("3.7.2", "consumer"));
    assertEquals("consumer", protocol("3.8.1", "consumer"));
    assertEquals("consumer", protocol("4.3.1", "consumer"));
    assertEquals("classic", protocol("3.7.2", "classic"));
  }

  @Test
  void anOldClientIsToldNoSettingThatItDoesNotKnow() {
    Profile profile = Profile.DEFAULTS;
    assertEquals(null, settings("2.8.2", profile).get(PROTOCOL));
  }

  private static String protocol(String client, String protocol) {
    return settings(client, Profile.DEFAULTS.consumer(PROTOCOL, protocol)).get(PROTOCOL);
  }

  private static Map<String, String> settings(String client, Profile profile) {
    RunSpec spec =
        new RunSpec(
            null,
            "group",
            Parameters.of(),
            profile,
            RunSpec.SIMULATION,
            client,
            1,
            1_000,
            List.of(),
            List.of());
    Workload.Plan plan =
        new Workload.Plan(List.of(), List.of(), List.of(), "dev.trial.workloads.program.Reader");
    return FinalReader.of(spec, plan).settings(profile);
  }
}
