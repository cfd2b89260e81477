package dev.trial.claims;

import dev.trial.claims.settings.ClientFile;
import dev.trial.claims.settings.DescribedConfigs;
import dev.trial.claims.settings.ForeignSettings;
import dev.trial.claims.settings.PropertiesText;
import dev.trial.claims.settings.SpringFile;
import dev.trial.claims.settings.Whose;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.StrictObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Profiles by name or from files: Trial's own, those of Kafka's clients, of Spring Boot, and what
 * {@code kafka-configs --describe} prints. Which kind a file is, its name and its text say.
 */
public final class ProfileFiles {
  /** What may be a file of settings, in words. */
  static final String KINDS =
      "a .json profile, a client's .properties, an application.yml or .properties of Spring Boot,"
          + " or the output of kafka-configs --describe";

  private final ProfileTexts texts;
  private final List<String> open = new ArrayList<>();

  public ProfileFiles(ProfileTexts texts) {
    this.texts = texts;
  }

  /** True if this is meant as a file: no profile of the catalogue has such a name. */
  static boolean isFile(String nameOrFile) {
    return nameOrFile.indexOf('.') >= 0
        || nameOrFile.indexOf('/') >= 0
        || PartOfFile.of(nameOrFile).isPresent();
  }

  /** The profile of that name, or of that file; whatever is wrong with it is one line. */
  public OwnProfile of(String nameOrFile) {
    return isFile(nameOrFile) ? file(nameOrFile) : NamedProfiles.own(nameOrFile);
  }

  /** A file that is said to be about one part: {@code producer:client.properties}. */
  private record PartOfFile(Whose whose, String file) {
    static Optional<PartOfFile> of(String text) {
      for (Whose whose : List.of(Whose.PRODUCER, Whose.CONSUMER, Whose.TOPIC, Whose.BROKER)) {
        String prefix = StrictObject.idOf(whose) + ":";
        if (text.startsWith(prefix)) {
          return Optional.of(new PartOfFile(whose, text.substring(prefix.length())));
        }
      }
      return Optional.empty();
    }
  }

  private OwnProfile file(String named) {
    if (open.contains(named)) {
      throw new UsageException(
          named + ": inherits from itself: " + String.join(" → ", open) + " → " + named);
    }
    open.add(named);
    Optional<PartOfFile> part = PartOfFile.of(named);
    String file = part.map(PartOfFile::file).orElse(named);
    OwnProfile read = read(named, file, texts.text(file), part.map(PartOfFile::whose));
    open.remove(named);
    return read;
  }

  private OwnProfile read(String place, String file, String text, Optional<Whose> whose) {
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (whose.isPresent() ? "properties" : ending) {
      case "json" -> new ProfileFile(place, text).read(parent -> of(beside(file, parent)));
      case "yml", "yaml" -> ForeignProfile.of(SpringFile.yaml(text, place), place);
      case "properties" -> ForeignProfile.of(properties(place, text, whose), place);
      default -> ForeignProfile.of(described(place, text), place);
    };
  }

  private String beside(String file, String named) {
    if (!isFile(named)) {
      return named;
    }
    Optional<PartOfFile> part = PartOfFile.of(named);
    String other = texts.beside(file, part.map(PartOfFile::file).orElse(named));
    return part.map(each -> StrictObject.idOf(each.whose()) + ":" + other).orElse(other);
  }

  private static ForeignSettings described(String place, String text) {
    if (!DescribedConfigs.isSuch(text)) {
      throw new UsageException(place + ": is no file of settings that is known here: " + KINDS);
    }
    return DescribedConfigs.read(text, place, ForeignProfile::obeyed);
  }

  private static ForeignSettings properties(String place, String text, Optional<Whose> whose) {
    List<Map<String, String>> documents = PropertiesText.documents(text, place);
    return whose.isEmpty() && SpringFile.isSpring(documents)
        ? SpringFile.properties(text, place)
        : ClientFile.read(documents, whose.orElseGet(() -> guessed(place, documents)));
  }

  /** By the settings that only one of the two has. */
  private static Whose guessed(String place, List<Map<String, String>> documents) {
    List<String> producers = only(ProfilePart.PRODUCER, ProfilePart.CONSUMER, documents);
    List<String> consumers = only(ProfilePart.CONSUMER, ProfilePart.PRODUCER, documents);
    if (producers.isEmpty() == consumers.isEmpty()) {
      String found =
          producers.isEmpty()
              ? "nothing in it tells whether it is of a producer or of a consumer"
              : "has settings of producers ("
                  + producers.get(0)
                  + ") and of consumers ("
                  + consumers.get(0)
                  + ")";
      throw new UsageException(
          place + ": " + found + ": write producer:" + place + " or consumer:" + place);
    }
    return consumers.isEmpty() ? Whose.PRODUCER : Whose.CONSUMER;
  }

  private static List<String> only(
      ProfilePart part, ProfilePart other, List<Map<String, String>> documents) {
    return documents.stream()
        .flatMap(document -> document.keySet().stream())
        .filter(name -> part.knows(name) && !other.knows(name))
        .toList();
  }
}
