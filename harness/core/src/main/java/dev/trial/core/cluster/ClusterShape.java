package dev.trial.core.cluster;

/**
 * How many nodes of each role. Brokers have ids 1..brokers, controllers 101..100+controllers; the
 * machines are called broker-1, controller-101 and so on.
 */
public record ClusterShape(int brokers, int controllers) {

  /**
   * Three brokers and three dedicated controllers: two brokers may be down and the quorum lives.
   */
  public static final ClusterShape THREE = new ClusterShape(3, 3);

  /** The machine's name of a broker. */
  public static String brokerName(int id) {
    return "broker-" + id;
  }

  /** The machine's name of a controller. */
  public static String controllerName(int id) {
    return "controller-" + id;
  }
}
