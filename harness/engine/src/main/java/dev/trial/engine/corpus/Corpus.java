package dev.trial.engine.corpus;

import dev.trial.core.input.UsageException;
import dev.trial.core.json.JsonFormatException;
import dev.trial.engine.shrink.Sign;
import dev.trial.results.store.FileProblem;
import dev.trial.results.store.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory of entries, one file each, that a team keeps under version control. */
public final class Corpus {
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final SortedMap<String, Entry> entries = new TreeMap<>();

  private Corpus(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads the corpus that somebody named, which has to be there: a misspelt one would try nothing.
   */
  public static Corpus named(String option, Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UsageException(
          option
              + " "
              + directory
              + ": there is no such directory; make it, and keep what is written to it");
    }
    return read(directory);
  }

  /**
   * Reads a corpus; a directory that is not there is an empty one.
   *
   * @throws JsonFormatException naming the file and what is wrong with it
   */
  public static Corpus read(Path directory) {
    Corpus corpus = new Corpus(directory);
    if (!Files.exists(directory)) {
      return corpus;
    }
    try (Stream<Path> files = Files.list(directory)) {
      files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().forEach(corpus::readFile);
    } catch (IOException e) {
      throw new UsageException(directory + ": cannot be read: " + FileProblem.reason(e));
    }
    return corpus;
  }

  private void readFile(Path file) {
    Entry entry = EntryJson.parse(text(file), file.toString());
    String expected = entry.name() + SUFFIX;
    if (!file.getFileName().toString().equals(expected)) {
      throw new JsonFormatException(file.toString(), "must be called " + expected);
    }
    entries.put(entry.name(), entry);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new JsonFormatException(file.toString(), "cannot be read: " + FileProblem.reason(e));
    }
  }

  /** All entries by name. */
  public Collection<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** The entry for a sign; null if there is none. */
  public Entry of(Sign sign) {
    return entries.get(Entry.nameOf(sign));
  }

  /** Where an entry's file is. */
  public Path file(Entry entry) {
    return directory.resolve(entry.name() + SUFFIX);
  }

  /** Adds an entry, or replaces the one of its sign; the file is whole or as it was. */
  public void put(Entry entry) {
    WholeFile.write(file(entry), EntryJson.print(entry));
    entries.put(entry.name(), entry);
  }
}
