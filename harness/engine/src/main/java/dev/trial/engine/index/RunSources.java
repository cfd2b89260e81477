package dev.trial.engine.index;

import dev.trial.engine.nightly.NightJournal;
import dev.trial.results.store.FileProblem;
import dev.trial.results.store.RunDirectory;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Finds campaigns and runs below a directory. What a campaign stores of its runs is part of it. */
final class RunSources extends SimpleFileVisitor<Path> {
  private static final Comparator<RunSource> OLDEST_FIRST =
      Comparator.comparing(RunSource::writtenAt).thenComparing(RunSource::directory);

  private final List<RunSource> sources = new ArrayList<>();
  private final Consumer<String> unread;

  private RunSources(Consumer<String> unread) {
    this.unread = unread;
  }

  /**
   * All of them, the oldest first.
   *
   * @param unread sees a line for each place that cannot be looked into
   */
  static List<RunSource> below(Path directory, Consumer<String> unread) throws IOException {
    RunSources found = new RunSources(unread);
    Files.walkFileTree(directory, found);
    found.sources.sort(OLDEST_FIRST);
    return found.sources;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    Path journal = directory.resolve(NightJournal.FILE);
    if (Files.isRegularFile(journal)) {
      return found(directory, true, journal);
    }
    Path spec = RunDirectory.open(directory).specFile();
    Path verdict = directory.resolve(RunDirectory.VERDICT);
    if (Files.isRegularFile(verdict)) {
      return found(directory, false, verdict);
    }
    return Files.isRegularFile(spec) ? found(directory, false, spec) : FileVisitResult.CONTINUE;
  }

  private FileVisitResult found(Path directory, boolean campaign, Path file) throws IOException {
    sources.add(new RunSource(directory, campaign, Files.getLastModifiedTime(file).toInstant()));
    return FileVisitResult.SKIP_SUBTREE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    unread.accept(file + " cannot be read: " + FileProblem.reason(failure));
    return FileVisitResult.CONTINUE;
  }
}
