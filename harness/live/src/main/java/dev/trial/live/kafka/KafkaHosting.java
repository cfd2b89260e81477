package dev.trial.live.kafka;

import dev.trial.live.process.NodeProcess;
import java.util.List;

/**
 * Where the nodes of a cluster run and how they find each other: as processes of this machine, or
 * in containers. Nodes are called by their machines' names; a port here is a listener's number
 * within its node, the same in every run. Addresses are HOST:PORT.
 */
public interface KafkaHosting extends AutoCloseable {

  /** What a node's listener binds. */
  String bound(String node, int port);

  /** Where the harness finds that listener, with no fault between. */
  String direct(String node, int port);

  /**
   * Where {@code from} is told to find that listener: at the proxy of this link; a node finds its
   * own at itself.
   *
   * @param from a node's name, or {@link dev.trial.live.machine.ProxiedRoutes#CLIENTS}
   */
  String through(String from, String node, int port);

  /** The path under which a node sees its own disk. */
  String diskWithin(NodeFiles files);

  /**
   * Runs Kafka's storage tool on a node's disk and returns when it has ended, one way or another.
   *
   * @param flags what the tool is told beside the cluster's id and the settings
   * @return where it says what it did
   */
  String format(NodeFiles files, String clusterId, List<String> flags);

  /**
   * Starts a node.
   *
   * @param start how many times it was started, this one included
   */
  NodeProcess start(NodeFiles files, int start);

  @Override
  void close();
}
