package dev.trial.claims;

import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.run.ClaimName;
import dev.trial.core.run.HalfName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims by the names a command line gives them: ID, or ID/HALF for one of its experiments. */
public final class NamedClaims {

  private NamedClaims() {}

  /** These claims in this order, each once; of one that is named by halves, those halves. */
  public static List<Claim> all(List<String> names) {
    Map<String, Claim> chosen = new LinkedHashMap<>();
    for (String name : names) {
      Claim claim = of(name);
      chosen.merge(claim.id(), claim, NamedClaims::both);
    }
    return List.copyOf(chosen.values());
  }

  /** The claim of that name, with the named half alone if there is one. */
  public static Claim of(String name) {
    ClaimName wanted = ClaimName.of(name);
    Claim claim = Claims.all().get(wanted.id());
    if (claim == null) {
      throw new UsageException(
          Nearest.explain("claim", wanted.id(), Claims.all().keySet())
              + "; ./trial claims lists them");
    }
    return name.indexOf('/') < 0 ? claim : claim.withHalves(List.of(half(claim, wanted.half())));
  }

  /** The half of that name. */
  static Experiment half(Claim claim, HalfName name) {
    List<String> known = claim.halves().stream().map(each -> each.half().text()).toList();
    return claim
        .half(name)
        .orElseThrow(
            () -> new UsageException(Nearest.explain("half of " + claim.id(), name.text(), known)));
  }

  private static Claim both(Claim one, Claim other) {
    List<Experiment> halves = new ArrayList<>(Claims.all().get(one.id()).halves());
    halves.removeIf(each -> !one.halves().contains(each) && !other.halves().contains(each));
    return one.withHalves(halves);
  }
}
