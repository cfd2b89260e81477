package dev.trial.claims;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.json.StrictObject;
import dev.trial.core.profile.Profile;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * A profile from a file: {@code {"broker":{…},"topic":{…},"producer":{…},"consumer":{…}}}, each
 * part optional, on top of {@link Profiles#BASE}. A name that would change nothing is refused, so
 * that nobody takes a verdict for one about a setting that was never in force, and so is a value
 * that the setting does not take, or that does not go with the others.
 */
public final class ProfileFile {
  private ProfileFile() {}

  /** The profile that a file's text says; what is wrong with it is told with its place. */
  public static Profile parse(String text, String place) {
    JsonNode tree = ReadableJson.parse(text, place);
    StrictObject object =
        StrictObject.of(tree, place)
            .allow(Arrays.stream(ProfilePart.values()).map(ProfilePart::id).toArray(String[]::new));
    Map<ProfilePart, Map<String, String>> settings = new EnumMap<>(ProfilePart.class);
    for (ProfilePart part : ProfilePart.values()) {
      String name = part.id();
      settings.put(part, tree.has(name) ? object.object(name).settings() : Map.of());
      settings.get(part).forEach((each, value) -> part.check(place + "." + name, each, value));
    }
    return whole(settings, place);
  }

  private static Profile whole(Map<ProfilePart, Map<String, String>> settings, String place) {
    Profile profile = base(settings.get(ProfilePart.CONSUMER));
    for (ProfilePart part : ProfilePart.values()) {
      for (Map.Entry<String, String> each : settings.get(part).entrySet()) {
        profile = part.with(profile, each.getKey(), each.getValue());
      }
      part.checkTogether(place + "." + part.id(), profile);
    }
    return profile;
  }

  /** A consumer of the other protocol refuses what the base says to one of the classic protocol. */
  private static Profile base(Map<String, String> consumer) {
    return "consumer".equalsIgnoreCase(consumer.get("group.protocol"))
        ? Profiles.consumerProtocol(Profiles.ofTheUser(Profiles.BASE))
        : Profiles.ofTheUser(Profiles.BASE);
  }
}
