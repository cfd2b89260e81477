package dev.trial.engine.coverage;

import dev.trial.core.fault.FaultJson;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Role;

/** Which role a fault is for, as a point of the coverage table. */
public final class FaultPoint {

  private FaultPoint() {}

  /** The point of a family and a role, whoever plays it. */
  public static String of(FaultKind kind, Role whom) {
    return Dimension.FAULT.point(kind.id() + " > " + role(whom));
  }

  private static String role(Role whom) {
    if (whom instanceof Role.Follower follower) {
      return follower.inSync() ? "in-sync follower" : "out-of-sync follower";
    }
    return FaultJson.write(whom).get("role").asText().replace('-', ' ');
  }
}
