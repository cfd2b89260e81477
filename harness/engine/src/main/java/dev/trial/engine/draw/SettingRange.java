package dev.trial.engine.draw;

import dev.trial.claims.ProfilePart;
import dev.trial.core.profile.Profile;
import dev.trial.core.world.RandomStream;
import java.util.List;

/**
 * The values that a setting is drawn from.
 *
 * @param choices one of them is drawn, each as likely as it is named here; {@link #UNSET} leaves
 *     what the profile says
 */
record SettingRange(ProfilePart part, String name, List<String> choices) {
  static final String UNSET = "";

  static SettingRange of(ProfilePart part, String name, String... choices) {
    return new SettingRange(part, name, List.of(choices));
  }

  Profile draw(Profile profile, RandomStream random) {
    String value = random.pick(choices);
    return value.equals(UNSET) ? profile : part.with(profile, name, value);
  }
}
