package dev.trial.claims.settings;

import java.util.ArrayList;
import java.util.List;

/** What a file says, in its order, and what was left out while it was read. */
public record ForeignSettings(List<ForeignSetting> settings, List<KeptOut> keptOut) {

  public ForeignSettings {
    settings = List.copyOf(settings);
    keptOut = List.copyOf(keptOut);
  }

  /** Collects both while a file is read. */
  static final class Draft {
    private final List<ForeignSetting> settings = new ArrayList<>();
    private final List<KeptOut> keptOut = new ArrayList<>();

    void take(String key, Whose whose, String name, String value) {
      settings.add(new ForeignSetting(key, whose, name, value));
    }

    void keepOut(String key, String reason) {
      keptOut.add(new KeptOut(key, reason));
    }

    ForeignSettings done() {
      return new ForeignSettings(settings, keptOut);
    }
  }
}
