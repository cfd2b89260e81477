package dev.trial.claims;

import dev.trial.claims.NamedProfiles.NamedProfile;
import dev.trial.core.profile.Profile;
import java.util.List;

/** What claims start from, and the same with one promise changed. */
final class SettingProfiles {

  private SettingProfiles() {}

  static List<NamedProfile> all() {
    return List.of(
        of(
            "default",
            "acks=all, idempotent, 3 replicas, min.insync.replicas=2, clean elections only",
            Profiles.BASE),
        of("acks-0", "acks=0: no answer is waited for", Profiles.acks(Profiles.BASE, "0")),
        of("acks-1", "acks=1: the leader alone answers", Profiles.acks(Profiles.BASE, "1")),
        of(
            "not-idempotent",
            "acks=all without idempotence, five requests in flight",
            Profiles.notIdempotent(Profiles.BASE)),
        of("min-isr-1", "min.insync.replicas=1", Profiles.minIsr(Profiles.BASE, 1)),
        of(
            "unclean-election",
            "unclean.leader.election.enable=true, min.insync.replicas=1",
            Profiles.minIsr(Profiles.BASE, 1).topic("unclean.leader.election.enable", true)),
        of(
            "kip-848",
            "group.protocol=consumer: the coordinator assigns, sessions of 6 s",
            Profiles.consumerProtocol(Profiles.BASE)),
        of(
            "flush-each-record",
            "flush.messages=1: each record is on the disk before it is acknowledged",
            Profiles.BASE.topic("flush.messages", 1).broker("log.flush.interval.messages", 1)));
  }

  private static NamedProfile of(String id, String summary, Profile profile) {
    return new NamedProfile(id, summary, "", profile);
  }
}
