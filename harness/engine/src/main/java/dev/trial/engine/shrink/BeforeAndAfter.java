package dev.trial.engine.shrink;

import dev.trial.engine.campaign.Reports;
import dev.trial.results.store.RunDirectory;
import dev.trial.results.store.Shrinkage;

/** Notes beside the smallest run what it was before, and tells it in its report. */
public final class BeforeAndAfter {

  private BeforeAndAfter() {}

  /**
   * Writes {@code shrunk.json}, and the report with it.
   *
   * @param directory where the smallest run is stored
   * @param of the run that it was made of
   */
  public static void keep(RunDirectory directory, Shrunk shrunk, String of) {
    directory.shrinkage(
        new Shrinkage(
            of, shrunk.held(), shrunk.cutShort(), sizes(shrunk.before()), sizes(shrunk.after())));
    Reports.write(directory, shrunk.smallest().request().spec(), shrunk.smallest().history());
  }

  private static Shrinkage.Sizes sizes(Size size) {
    return new Shrinkage.Sizes(
        size.faults(),
        size.clients(),
        size.operations(),
        size.partitions(),
        size.nodes(),
        size.loadMs());
  }
}
