package dev.trial.claims;

import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.profile.Profile;
import java.util.List;

/** The profiles that a free run can be given by name; any other comes from a file. */
public final class NamedProfiles {
  /** What the name of a profile's file ends in. */
  public static final String FILE = ".json";

  private static final List<NamedProfile> ALL =
      List.of(
          new NamedProfile(
              "default",
              "acks=all, idempotent, 3 replicas, min.insync.replicas=2, clean elections only",
              Profiles.BASE),
          new NamedProfile(
              "acks-0", "acks=0: no answer is waited for", Profiles.acks(Profiles.BASE, "0")),
          new NamedProfile(
              "acks-1", "acks=1: the leader alone answers", Profiles.acks(Profiles.BASE, "1")),
          new NamedProfile(
              "not-idempotent",
              "acks=all without idempotence, five requests in flight",
              Profiles.notIdempotent(Profiles.BASE)),
          new NamedProfile("min-isr-1", "min.insync.replicas=1", Profiles.minIsr(Profiles.BASE, 1)),
          new NamedProfile(
              "unclean-election",
              "unclean.leader.election.enable=true, min.insync.replicas=1",
              Profiles.minIsr(Profiles.BASE, 1).topic("unclean.leader.election.enable", true)),
          new NamedProfile(
              "kip-848",
              "group.protocol=consumer: the coordinator assigns, sessions of 6 s",
              Profiles.consumerProtocol(Profiles.BASE)),
          new NamedProfile(
              "flush-each-record",
              "flush.messages=1: each record is on the disk before it is acknowledged",
              Profiles.BASE.topic("flush.messages", 1).broker("log.flush.interval.messages", 1)));

  private NamedProfiles() {}

  /**
   * A profile with its name.
   *
   * @param summary what it changes, in a line
   */
  public record NamedProfile(String id, String summary, Profile profile) {}

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
    return ALL.stream()
        .filter(each -> each.id().equals(name))
        .findFirst()
        .map(NamedProfile::profile)
        .orElseThrow(() -> new UsageException(unknown(name)));
  }

  /** The profile of that name, as if from a file. */
  static OwnProfile own(String name) {
    return OwnProfile.of(of(name), List.of());
  }

  private static String unknown(String name) {
    List<String> ids = ALL.stream().map(NamedProfile::id).toList();
    return Nearest.explain("profile", name, ids)
        + "; a profile of your own is a file: "
        + ProfileFiles.KINDS;
  }
}
