package dev.trial.claims;

import dev.trial.claims.settings.ForeignSetting;
import dev.trial.claims.settings.ForeignSettings;
import dev.trial.claims.settings.KeptOut;
import dev.trial.claims.settings.Whose;
import dev.trial.core.input.UsageException;
import dev.trial.core.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A profile from a file that was not written for Trial, taken as it is: what a trial cannot take
 * from it is told and left out. A value that its own client would refuse is refused.
 */
final class ForeignProfile {
  private final String place;
  private final Map<ProfilePart, Map<String, String>> chosen = new TreeMap<>();
  private final List<String> told = new ArrayList<>();

  private ForeignProfile(String place) {
    this.place = place;
  }

  static OwnProfile of(ForeignSettings file, String place) {
    ForeignProfile foreign = new ForeignProfile(place);
    file.keptOut().forEach(foreign::tell);
    file.settings().forEach(foreign::take);
    return foreign.done();
  }

  /** True if a part of a profile has a setting of that name. */
  static boolean obeyed(Whose whose, String name) {
    return parts(whose).stream().anyMatch(part -> part.knows(name));
  }

  private static List<ProfilePart> parts(Whose whose) {
    return switch (whose) {
      case CLIENTS -> List.of(ProfilePart.PRODUCER, ProfilePart.CONSUMER);
      case PRODUCER -> List.of(ProfilePart.PRODUCER);
      case CONSUMER -> List.of(ProfilePart.CONSUMER);
      case TOPIC -> List.of(ProfilePart.TOPIC);
      case BROKER -> List.of(ProfilePart.BROKER);
    };
  }

  private void tell(KeptOut keptOut) {
    told.add(keptOut.line(place));
  }

  private void take(ForeignSetting setting) {
    List<ProfilePart> parts =
        parts(setting.whose()).stream().filter(part -> part.knows(setting.name())).toList();
    if (parts.isEmpty()) {
      tell(new KeptOut(setting.key(), unknown(setting)));
    }
    for (ProfilePart part : parts) {
      String reason = part.taken(setting.name(), setting.value());
      if (reason == null) {
        take(part, setting);
      } else {
        tell(new KeptOut(setting.key(), reason));
        return; // once, where both clients have it
      }
    }
  }

  private static String unknown(ForeignSetting setting) {
    return switch (setting.whose()) {
      case BROKER, TOPIC -> "the reference cluster has no such setting";
      case CLIENTS, PRODUCER -> ProfilePart.PRODUCER.unknown(setting.name());
      case CONSUMER -> ProfilePart.CONSUMER.unknown(setting.name());
    };
  }

  private void take(ProfilePart part, ForeignSetting setting) {
    String unfit = part.unfit(setting.name(), setting.value());
    boolean ofCluster = part == ProfilePart.TOPIC || part == ProfilePart.BROKER;
    if (unfit == null) {
      chosen.computeIfAbsent(part, any -> new TreeMap<>()).put(setting.name(), setting.value());
    } else if (ofCluster) {
      tell(new KeptOut(setting.key(), "in the reference cluster, " + unfit));
    } else {
      throw new UsageException(place + ": " + setting.key() + ": " + unfit);
    }
  }

  private OwnProfile done() {
    Map<String, String> consumer = chosen.getOrDefault(ProfilePart.CONSUMER, Map.of());
    Map<String, String> producer = chosen.getOrDefault(ProfilePart.PRODUCER, Map.of());
    Profile profile = Profiles.under(ProfileFile.base(consumer), producer, consumer);
    for (ProfilePart part : ProfilePart.values()) {
      Map<String, String> settings = chosen.getOrDefault(part, Map.of());
      for (Map.Entry<String, String> each : settings.entrySet()) {
        profile = part.with(profile, each.getKey(), each.getValue());
      }
      part.checkTogether(place + ": " + part.id(), profile);
    }
    return OwnProfile.of(profile, told);
  }
}
