package dev.trial.claims;

import dev.trial.core.profile.Profile;
import java.util.List;

/**
 * A profile that somebody chose, with what its file says beside the settings.
 *
 * @param client version of kafka-clients that it is about; null if it says none
 * @param description what it is for; empty if it does not say
 * @param source who says so: an address; empty if it does not say
 * @param told what was left out of its files, a line each
 */
public record OwnProfile(
    Profile profile, String client, String description, String source, List<String> told) {

  public OwnProfile {
    told = List.copyOf(told);
  }

  /** Which version of kafka-clients to take, if nobody chose {@code chosen}. */
  public String clientUnless(String chosen, String otherwise) {
    String wanted = chosen == null ? client : chosen;
    return wanted == null ? otherwise : wanted;
  }

  /** One that comes with nothing but settings. */
  static OwnProfile of(Profile profile, List<String> told) {
    return new OwnProfile(profile, null, "", "", told);
  }
}
