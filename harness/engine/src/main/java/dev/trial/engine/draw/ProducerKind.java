package dev.trial.engine.draw;

import dev.trial.core.profile.Profile;
import dev.trial.core.world.RandomStream;
import java.util.List;

/** Settings of a producer that only go together. */
record ProducerKind(String acks, boolean idempotent) {
  private static final ProducerKind SAFE = new ProducerKind("all", true);
  private static final List<ProducerKind> CHOICES =
      List.of(
          SAFE,
          SAFE,
          SAFE,
          SAFE,
          new ProducerKind("all", false),
          new ProducerKind("1", false),
          new ProducerKind("0", false));

  static ProducerKind draw(RandomStream random) {
    return random.pick(CHOICES);
  }

  Profile of(Profile profile) {
    return profile.producer("acks", acks).producer("enable.idempotence", idempotent);
  }
}
