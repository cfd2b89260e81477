package dev.trial.app.live.scale;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference cluster over TCP takes at most twice as long as real Kafka for many partitions and
 * for large groups; both are measured one after the other by the same programs.
 */
@Tag("scale")
@Timeout(1_800)
class ScaleTest {
  private static final String VERSION = "4.3.1";
  private static final int PARTITIONS = Integer.getInteger("scale.partitions", 1_000);
  private static final int MEMBERS = Integer.getInteger("scale.members", 200);
  private static final double MOST = 2.0;

  /** Below it a figure tells of the moment, not of the cluster. */
  private static final double SHORT_S = 1.0;

  @TempDir private Path directory;

  @Test
  void atMostTwiceRealKafkasTime() throws Exception {
    Figures ours = measured(MeasuredCluster.reference());
    Figures theirs = measured(MeasuredCluster.kafka(VERSION, directory));
    System.out.println(Figures.table("reference", ours, "kafka " + VERSION, theirs));
    assertAll(ours.seconds().keySet().stream().map(what -> () -> inTime(what, ours, theirs)));
  }

  /**
   * What real Kafka did not finish took it longer than it was given, which is as good a measure:
   * the reference cluster has to finish it.
   */
  private static void inTime(String what, Figures ours, Figures theirs) {
    double own = ours.seconds().get(what);
    assertFalse(ours.unfinished(what), what + ": not done after " + own + " s");
    Double other = theirs.seconds().get(what);
    if (other != null) {
      double most = Math.max(SHORT_S, MOST * other);
      assertTrue(own <= most, what + ": " + own + " s, at most " + most);
    }
  }

  private static Figures measured(MeasuredCluster cluster) throws Exception {
    Figures figures = new Figures();
    try (cluster) {
      new ManyPartitions(cluster.bootstrapServers(), PARTITIONS, figures).measure();
      for (GroupProtocol protocol : GroupProtocol.values()) {
        new MembersProcess(cluster, protocol, MEMBERS, figures).measure();
      }
    }
    return figures;
  }
}
