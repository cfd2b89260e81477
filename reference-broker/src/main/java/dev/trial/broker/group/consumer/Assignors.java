package dev.trial.broker.group.consumer;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The server-side assignors that members may ask for (group.consumer.assignors). */
public final class Assignors {
  private static final List<Assignor> KNOWN = List.of(new UniformAssignor(), new RangeAssignor());

  private final List<Assignor> offered;

  private Assignors(List<Assignor> offered) {
    this.offered = offered;
  }

  /**
   * Those with the given names; the first is the default.
   *
   * @param names separated by commas
   */
  public static Assignors named(String names) {
    return new Assignors(
        List.of(names.split(",")).stream().map(name -> known(name.trim())).toList());
  }

  private static Assignor known(String name) {
    return KNOWN.stream()
        .filter(assignor -> assignor.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "group.consumer.assignors names " + name + "; known are uniform and range"));
  }

  /** Names in the order of preference. */
  public List<String> names() {
    return offered.stream().map(Assignor::name).toList();
  }

  /** The assignor that most members ask for, else the default. */
  public String preferredNameBy(ConsumerGroup group) {
    return preferredBy(group).name();
  }

  Assignor preferredBy(ConsumerGroup group) {
    SortedMap<String, Integer> votes = new TreeMap<>();
    for (ConsumerMember member : group.members().values()) {
      if (member.subscription().assignor() != null) {
        votes.merge(member.subscription().assignor(), 1, Integer::sum);
      }
    }
    if (votes.isEmpty()) {
      return offered.get(0);
    }
    String most = Collections.max(votes.entrySet(), Map.Entry.comparingByValue()).getKey();
    return known(most);
  }
}
