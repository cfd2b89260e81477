package dev.trial.claims.settings;

import java.util.List;
import java.util.Map;

/** A {@code .properties} file as Kafka's own clients and tools take it. */
public final class ClientFile {
  private static final String CONFIG_PROVIDER = "${";

  private ClientFile() {}

  /** What it says, all of it about this part. */
  public static ForeignSettings read(List<Map<String, String>> documents, Whose whose) {
    ForeignSettings.Draft draft = new ForeignSettings.Draft();
    for (Map<String, String> document : documents) {
      document.forEach(
          (name, value) -> {
            if (value.contains(CONFIG_PROVIDER)) {
              draft.keepOut(name, "it is " + value + ", which is not said in the file");
            } else {
              draft.take(name, whose, name, value);
            }
          });
    }
    return draft.done();
  }
}
