package dev.trial.claims;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.json.StrictObject;
import dev.trial.core.profile.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A profile from a file of Trial's own: {@code {"inherits":"safe","description":"…",
 * "source":"https://…","client":"3.9.1","broker":{…},"topic":{…},"producer":{…},"consumer":{…}}},
 * each field optional, on top of the profiles that it inherits from, or else of {@link
 * Profiles#BASE}. A name that would change nothing is refused, so that nobody takes a verdict for
 * one about a setting that was never in force, and so is a value that the setting does not take, or
 * that does not go with the others.
 */
final class ProfileFile {
  private static final String INHERITS = "inherits";
  private static final String DESCRIPTION = "description";
  private static final String SOURCE = "source";
  private static final String CLIENT = "client";

  private final String place;
  private final JsonNode tree;
  private final StrictObject object;

  /** Of a file's text; what is wrong with it is told with its place. */
  ProfileFile(String place, String text) {
    this.place = place;
    this.tree = ReadableJson.parse(text, place);
    this.object = StrictObject.of(tree, place).allow(fields());
  }

  private static List<String> fields() {
    List<String> fields = new ArrayList<>(List.of(INHERITS, DESCRIPTION, SOURCE, CLIENT));
    Arrays.stream(ProfilePart.values()).map(ProfilePart::id).forEach(fields::add);
    return fields;
  }

  /** The profile; {@code others} finds the ones that it inherits from. */
  OwnProfile read(Function<String, OwnProfile> others) {
    Map<ProfilePart, Map<String, String>> settings = settings();
    Map<String, String> consumer = settings.get(ProfilePart.CONSUMER);
    String parent = object.textOrNull(INHERITS);
    OwnProfile above =
        parent == null ? OwnProfile.of(base(consumer), List.of()) : others.apply(parent);
    Profile start = parent == null ? above.profile() : asProtocol(above.profile(), consumer);
    String client = object.textOrNull(CLIENT);
    return new OwnProfile(
        whole(start, settings),
        client == null ? above.client() : client,
        object.has(DESCRIPTION) ? object.text(DESCRIPTION) : "",
        source(),
        above.told());
  }

  private String source() {
    String source = object.textOrNull(SOURCE);
    if (source != null && !source.matches("https?://\\S+")) {
      throw object.problem("'source' must be an address such as https://…, found '" + source + "'");
    }
    return source == null ? "" : source;
  }

  private Map<ProfilePart, Map<String, String>> settings() {
    Map<ProfilePart, Map<String, String>> settings = new EnumMap<>(ProfilePart.class);
    for (ProfilePart part : ProfilePart.values()) {
      String name = part.id();
      settings.put(part, tree.has(name) ? object.object(name).settings() : Map.of());
      settings.get(part).forEach((each, value) -> part.check(place + "." + name, each, value));
    }
    return settings;
  }

  private Profile whole(Profile start, Map<ProfilePart, Map<String, String>> settings) {
    Profile profile = start;
    for (ProfilePart part : ProfilePart.values()) {
      for (Map.Entry<String, String> each : settings.get(part).entrySet()) {
        profile = part.with(profile, each.getKey(), each.getValue());
      }
      part.checkTogether(place + "." + part.id(), profile);
    }
    return profile;
  }

  /** What a profile starts from that inherits nothing. */
  static Profile base(Map<String, String> consumer) {
    return asProtocol(Profiles.ofTheUser(Profiles.BASE), consumer);
  }

  /** A consumer of the other protocol refuses what the base says to one of the classic protocol. */
  private static Profile asProtocol(Profile profile, Map<String, String> consumer) {
    boolean already = "consumer".equalsIgnoreCase(profile.consumer().get("group.protocol"));
    boolean wanted = "consumer".equalsIgnoreCase(consumer.get("group.protocol"));
    return wanted && !already ? Profiles.consumerProtocol(profile) : profile;
  }
}
