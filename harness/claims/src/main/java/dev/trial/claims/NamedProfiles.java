package dev.trial.claims;

import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.profile.Profile;
import java.util.List;
import java.util.stream.Stream;

/** The profiles that a free run can be given by name; any other comes from a file. */
public final class NamedProfiles {
  /** What the name of a profile's file ends in. */
  public static final String FILE = ".json";

  private static final List<NamedProfile> ALL =
      Stream.of(SettingProfiles.all(), WellKnownProfiles.all()).flatMap(List::stream).toList();

  private NamedProfiles() {}

  /**
   * A profile with its name.
   *
   * @param summary what it changes, in a line
   * @param source the address that says so; empty where the summary names the settings
   */
  public record NamedProfile(String id, String summary, String source, Profile profile) {}

  /** The catalogue. */
  public static List<NamedProfile> all() {
    return ALL;
  }

  /** How a profile is called: by its name, or as its file without {@value #FILE}. */
  public static String nameOf(String nameOrFile) {
    if (!nameOrFile.endsWith(FILE)) {
      return nameOrFile;
    }
    String file = nameOrFile.substring(nameOrFile.lastIndexOf('/') + 1);
    String name = file.substring(0, file.length() - FILE.length());
    boolean ours = ALL.stream().anyMatch(each -> each.id().equals(name));
    return ours ? file : name;
  }

  /** The profile of that name. */
  public static Profile of(String name) {
    return named(name).profile();
  }

  /** The profile of that name, as if from a file. */
  static OwnProfile own(String name) {
    NamedProfile named = named(name);
    return new OwnProfile(named.profile(), null, named.summary(), named.source(), List.of());
  }

  private static NamedProfile named(String name) {
    return ALL.stream()
        .filter(each -> each.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException(unknown(name)));
  }

  private static String unknown(String name) {
    List<String> ids = ALL.stream().map(NamedProfile::id).toList();
    return Nearest.explain("profile", name, ids)
        + "; a profile of your own is a file: "
        + ProfileFiles.KINDS;
  }
}
