package dev.trial.broker.replication;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.RequestScope;
import dev.trial.core.world.DiskException;
import dev.trial.core.world.Host;
import java.util.function.LongSupplier;

/** What all partitions of a broker share. */
final class ReplicaContext {
  final Host host;
  final RequestScope scope;
  final int brokerId;
  final LongSupplier brokerEpoch;
  final BrokerSettings settings;
  final long replicaLagTimeMaxMs;
  final Defects defects;
  private MetadataImage image;

  ReplicaContext(
      Host host, int brokerId, LongSupplier brokerEpoch, BrokerSettings settings, Defects defects) {
    this.host = host;
    this.scope = RequestScope.of(host);
    this.brokerId = brokerId;
    this.brokerEpoch = brokerEpoch;
    this.settings = settings;
    this.replicaLagTimeMaxMs = settings.replicaLagTimeMaxMs();
    this.defects = defects;
  }

  MetadataImage image() {
    return image;
  }

  void image(MetadataImage latest) {
    this.image = latest;
  }

  /**
   * Wall clock: Kafka measures replica lag by it, so a jump of the clock shows as it would there.
   */
  long nowMs() {
    return host.clock().epochMs();
  }

  /** After the answer that tells of it, a failed disk is the end of the process. */
  void diskFailed(DiskException failure) {
    if (!has(Defect.IO_ERROR_IGNORED)) {
      host.timers()
          .after(
              0,
              () -> {
                throw failure;
              });
    }
  }

  boolean has(Defect defect) {
    return defects.has(defect);
  }

  /** The metadata's epoch of that broker, −1 if it is unknown or fenced. */
  long aliveBrokerEpoch(int broker) {
    BrokerState state = image == null ? null : image.brokers().get(broker);
    return state == null || state.fenced() ? -1 : state.epoch();
  }

  /**
   * KIP-841 and KIP-903: a fenced or leaving broker may not join the in-sync set, nor one whose
   * fetch came from another incarnation than the registered one. −1 in a fetch is not checked.
   */
  boolean eligible(int broker, long fetchedBrokerEpoch) {
    BrokerState state = image == null ? null : image.brokers().get(broker);
    return state != null
        && !state.fenced()
        && !state.inControlledShutdown()
        && (fetchedBrokerEpoch == -1 || fetchedBrokerEpoch == state.epoch());
  }
}
