package dev.trial.app.command;

import dev.trial.app.ci.CiFiles;
import dev.trial.app.ci.NightCases;
import dev.trial.app.table.NightText;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.corpus.Corpus;
import dev.trial.engine.nightly.Change;
import dev.trial.engine.nightly.NightBook;
import dev.trial.engine.nightly.NightRun;
import dev.trial.engine.nightly.NightRunJson;
import dev.trial.engine.nightly.NightSummaryJson;
import dev.trial.engine.nightly.Shrinker;
import dev.trial.engine.shrink.Shrunk;
import dev.trial.engine.shrink.Sign;
import dev.trial.engine.work.ProcessEnd;
import dev.trial.results.store.RunDirectory;
import dev.trial.results.store.WholeFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells of a campaign: as it goes on, to whoever watches; in the end, or when it is cut short. */
final class NightPrinter {
  private static final long EVERY_NS = 500_000_000;

  private final boolean json;
  private final CiFiles files;
  private final boolean terminal = System.console() != null;
  private final Set<Sign> told = new HashSet<>();
  private NightBook book;
  private long shownNs;
  private ProcessEnd.Registration interrupted;
  private boolean concluded;

  NightPrinter(boolean json, CiFiles files) {
    this.json = json;
    this.files = files;
  }

  void begin(NightBook opened) {
    book = opened;
    if (book.resumed()) {
      System.err.println(
          "trial: goes on with "
              + book.directory()
              + ", which has "
              + book.summary().runs()
              + " runs");
    }
    interrupted = ProcessEnd.then(this::cutShort);
  }

  /** A run is over. */
  synchronized void add(NightRun run) {
    if (json) {
      System.out.println(NightRunJson.alone(run));
    }
    if (run.sign() != null && told.add(run.sign())) {
      clear();
      System.err.println("trial: " + run.sign().words() + ": " + run.sentence());
    }
    show();
  }

  /** A finding was made smaller. */
  synchronized void shrunk(Shrunk shrunk) {
    clear();
    System.err.println(
        "trial: "
            + shrunk.sign().words()
            + ": "
            + shrunk.before().faults()
            + " faults and "
            + shrunk.before().operations()
            + " operations made "
            + shrunk.after().faults()
            + " and "
            + shrunk.after().operations());
  }

  private void show() {
    long nowNs = System.nanoTime();
    if (!terminal || json || nowNs - shownNs < EVERY_NS) {
      return;
    }
    shownNs = nowNs;
    String left =
        book.plan().budgetMs() == 0
            ? ""
            : ", " + NightText.clock(book.plan().budgetMs() - book.elapsedMs()) + " left";
    System.err.print(
        "\r"
            + text().speed()
            + ", "
            + book.summary().runs(Outcome.FINDING)
            + " findings"
            + left
            + "\u001b[K");
  }

  private NightText text() {
    return new NightText(book.plan(), book.summary(), TerminalWidth.columns());
  }

  private void clear() {
    if (terminal && !json) {
      System.err.print("\r\u001b[K");
    }
  }

  /** It ends before its time: all that is known is in the journal, and the next one goes on. */
  synchronized void cutShort() {
    if (book != null && !concluded) {
      concluded = true;
      tell(List.of());
      System.err.println("trial: the same command goes on with " + book.directory());
    }
  }

  /** It is over: prints and writes what came of it, on a full disk the first alone; exit code. */
  synchronized int conclude(Corpus corpus, List<Change> changes) {
    interrupted.close();
    concluded = true;
    tell(changes);
    NightCases cases =
        new NightCases(book.summary(), change -> corpus.file(change.entry()), this::stored);
    files.write(cases.of(changes));
    WholeFile.write(
        book.directory().resolve("summary.json"),
        NightSummaryJson.of(book.plan(), book.summary(), changes).toPrettyString() + "\n");
    return ExitCode.of(book.summary().outcome());
  }

  private void tell(List<Change> changes) {
    clear();
    if (json) {
      System.out.println(NightSummaryJson.of(book.plan(), book.summary(), changes));
    } else {
      text().lines(changes).forEach(System.out::println);
      reproduce(changes);
    }
  }

  /** The smallest run that shows the same, where there is one. */
  private Path stored(NightRun run) {
    Path shrunk = book.runs().resolve(Shrinker.nameOf(run));
    return RunDirectory.open(shrunk).hasSpec() ? shrunk : book.runs().resolve(run.run());
  }

  private void reproduce(List<Change> changes) {
    for (Change change : changes) {
      if (change.kind().shown()) {
        System.out.println("  ./trial replay " + stored(change.run()));
      }
    }
  }
}
