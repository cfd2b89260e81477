package dev.trial.broker.metadata;

import org.apache.kafka.common.Uuid;

/**
 * A registered broker (KIP-631).
 *
 * @param epoch broker epoch: the metadata offset of the registration
 * @param incarnation new at each start of the process
 * @param fenced serves no client and can't be in an in-sync set
 * @param inControlledShutdown is being relieved of its leaderships
 * @param rack broker.rack (KIP-36), null if it has none
 */
public record BrokerState(
    int id,
    long epoch,
    Uuid incarnation,
    String host,
    int port,
    boolean fenced,
    boolean inControlledShutdown,
    String rack) {

  /** A broker without a rack. */
  public BrokerState(
      int id,
      long epoch,
      Uuid incarnation,
      String host,
      int port,
      boolean fenced,
      boolean inControlledShutdown) {
    this(id, epoch, incarnation, host, port, fenced, inControlledShutdown, null);
  }
}
