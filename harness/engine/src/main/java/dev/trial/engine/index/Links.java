package dev.trial.engine.index;

import dev.trial.core.run.RunSpec;
import dev.trial.results.index.Shown.Where;
import dev.trial.results.store.RunDirectory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** How to look at a stored run: links relative to the overview, commands from where one stands. */
public final class Links {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+=,-]+");

  private final Path index;

  /**
   * From a directory.
   *
   * @param index as it was named on the command line
   */
  Links(Path index) {
    this.index = index;
  }

  /**
   * A run's.
   *
   * @param shrunk where the run is that shrinking made of it, if it did
   * @param otherwise how to hold it again if it is not stored; null if there is no way
   */
  Where of(Path run, Path shrunk, String otherwise) {
    return new Where(
        report(shrunk), report(run), Files.isDirectory(run) ? again(run, shrunk) : otherwise);
  }

  private String again(Path run, Path shrunk) {
    Path best = Files.isDirectory(shrunk) ? shrunk : run;
    return "./trial replay " + quoted(best.toString());
  }

  /** A run in real time is not replayed: what it recorded says how to hold it again. */
  Where ofStored(Path run, Path shrunk, String target, String recorded) {
    boolean replays = target.equals(RunSpec.SIMULATION);
    String held = recorded == null ? null : "./" + recorded;
    return new Where(report(shrunk), report(run), replays ? again(run, shrunk) : held);
  }

  private String report(Path run) {
    Path report = run.resolve(RunDirectory.REPORT);
    return Files.isRegularFile(report) ? link(index.relativize(report)) : null;
  }

  /** A path as a link: with whatever may not stand in one escaped. */
  public static String link(Path relative) {
    try {
      return new URI(null, null, "./" + relative.toString().replace('\\', '/'), null)
          .toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A path as a shell takes it. */
  public static String quoted(String path) {
    return PLAIN.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
