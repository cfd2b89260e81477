package dev.trial.broker.node;

import dev.trial.broker.log.TextFile;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.Peers.Reply;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.Timers.Timer;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.BrokerHeartbeatRequestData;
import org.apache.kafka.common.message.BrokerHeartbeatResponseData;
import org.apache.kafka.common.message.BrokerRegistrationRequestData;
import org.apache.kafka.common.message.BrokerRegistrationRequestData.Feature;
import org.apache.kafka.common.message.BrokerRegistrationRequestData.Listener;
import org.apache.kafka.common.message.BrokerRegistrationResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * A broker process's membership (KIP-631): registers, sends heartbeats, asks to be unfenced as soon
 * as it has seen its own registration, and is relieved of its leaderships before it stops.
 */
public final class BrokerLifecycle {
  private static final long FIRST_BACKOFF_MS = 100;
  private static final long SHUTDOWN_RETRY_MS = 50;
  private static final long UNKNOWN_EPOCH = -1;
  private static final String CLEAN_SHUTDOWN = "clean-shutdown";
  private static final short METADATA_VERSION_MIN = 7;
  private static final short METADATA_VERSION_MAX = 30;

  private final Host host;
  private final int id;
  private final Address advertised;
  private final BrokerSettings settings;
  private final MetadataFetcher metadata;
  private final ControllerLink link;
  private final Uuid incarnation;
  private final Uuid directory;
  private final TextFile cleanShutdown;
  private final long previousEpoch;
  private long brokerEpoch = -1;
  private boolean fenced = true;
  private boolean asking;
  private boolean askAgain;
  private long backoffMs = FIRST_BACKOFF_MS;
  private Timer timer;
  private Runnable stopped;

  /**
   * @param link of this part's own: heartbeats must not wait behind anything
   */
  public BrokerLifecycle(
      Host host,
      int id,
      Address advertised,
      BrokerSettings settings,
      MetadataFetcher metadata,
      ControllerLink link) {
    this.host = host;
    this.id = id;
    this.advertised = advertised;
    this.settings = settings;
    this.metadata = metadata;
    this.link = link;
    RandomStream random = host.random("incarnation");
    this.incarnation = new Uuid(random.nextLong(), host.clock().nanos());
    this.directory = new Uuid(1L << 32, id);
    this.cleanShutdown = new TextFile(host.disk(), CLEAN_SHUTDOWN);
    this.previousEpoch = epochOfCleanShutdown();
  }

  /** Believed once: the next process must not take an older one's end for this one's. */
  private long epochOfCleanShutdown() {
    String told = cleanShutdown.read();
    host.disk().delete(CLEAN_SHUTDOWN);
    return told.isEmpty() ? UNKNOWN_EPOCH : Long.parseLong(told);
  }

  /** To be called when all is flushed and the process is about to end in order (KIP-966). */
  public void endedCleanly() {
    cleanShutdown.write(Long.toString(brokerEpoch));
  }

  /** Registers and stays a member for as long as the process lives. */
  public void start() {
    communicate();
  }

  /** The epoch under which this process is registered; −1 before. */
  public long brokerEpoch() {
    return brokerEpoch;
  }

  /** True until the controller lets this broker serve, and again when it was fenced. */
  public boolean fenced() {
    return fenced;
  }

  /**
   * To be called after each applied entry: a registration that was waited for may be among them.
   */
  public void metadataApplied() {
    if (brokerEpoch >= 0 && fenced && !asking && metadata.appliedOffset() >= brokerEpoch) {
      communicate();
    }
  }

  /** Asks to leave; {@code done} when the controller has moved the leaderships away. */
  public void shutDown(Runnable done) {
    stopped = done;
    if (asking) {
      askAgain = true;
    } else {
      communicate();
    }
  }

  private void communicate() {
    asking = true;
    if (timer != null) {
      timer.cancel();
    }
    if (brokerEpoch < 0) {
      link.call(registration(), settings.brokerSessionTimeoutMs(), new Registered());
    } else {
      link.call(heartbeat(), settings.brokerSessionTimeoutMs() / 2, new Beaten());
    }
  }

  private void next(long delayMs) {
    asking = false;
    long waitMs = askAgain ? 0 : delayMs;
    askAgain = false;
    timer = host.timers().after(waitMs, this::communicate);
  }

  /** Doubling up to the session timeout, as Kafka's BrokerLifecycleManager does. */
  private void backOff() {
    long delayMs = backoffMs;
    backoffMs = Math.min(2 * backoffMs, settings.brokerSessionTimeoutMs());
    next(delayMs);
  }

  private BrokerRegistrationRequestData registration() {
    BrokerRegistrationRequestData request =
        new BrokerRegistrationRequestData()
            .setBrokerId(id)
            .setClusterId(MetadataHandlers.CLUSTER_ID)
            .setIncarnationId(incarnation)
            .setPreviousBrokerEpoch(previousEpoch)
            .setRack(settings.rack(id))
            .setLogDirs(List.of(directory));
    request
        .listeners()
        .add(
            new Listener()
                .setName("PLAINTEXT")
                .setHost(advertised.host())
                .setPort(advertised.port()));
    request
        .features()
        .add(
            new Feature()
                .setName("metadata.version")
                .setMinSupportedVersion(METADATA_VERSION_MIN)
                .setMaxSupportedVersion(METADATA_VERSION_MAX));
    return request;
  }

  private BrokerHeartbeatRequestData heartbeat() {
    return new BrokerHeartbeatRequestData()
        .setBrokerId(id)
        .setBrokerEpoch(brokerEpoch)
        .setCurrentMetadataOffset(metadata.appliedOffset())
        .setWantFence(false)
        .setWantShutDown(stopped != null);
  }

  /** The answer to a registration. */
  private final class Registered implements Reply {
    @Override
    public void answered(ApiMessage message) {
      BrokerRegistrationResponseData response = (BrokerRegistrationResponseData) message;
      if (response.errorCode() != Errors.NONE.code()) {
        host.log("registration refused: " + Errors.forCode(response.errorCode()));
        backOff();
        return;
      }
      brokerEpoch = response.brokerEpoch();
      backoffMs = FIRST_BACKOFF_MS;
      next(0);
    }

    @Override
    public void failed(String why) {
      backOff();
    }
  }

  /** The answer to a heartbeat. */
  private final class Beaten implements Reply {
    @Override
    public void answered(ApiMessage message) {
      BrokerHeartbeatResponseData response = (BrokerHeartbeatResponseData) message;
      if (response.errorCode() == Errors.STALE_BROKER_EPOCH.code()
          || response.errorCode() == Errors.BROKER_ID_NOT_REGISTERED.code()) {
        brokerEpoch = -1;
        fenced = true;
        backOff();
      } else if (response.errorCode() != Errors.NONE.code()) {
        backOff();
      } else {
        took(response);
      }
    }

    private void took(BrokerHeartbeatResponseData response) {
      backoffMs = FIRST_BACKOFF_MS;
      fenced = response.isFenced();
      if (stopped != null && response.shouldShutDown()) {
        asking = false;
        stopped.run();
      } else {
        next(stopped != null ? SHUTDOWN_RETRY_MS : settings.brokerHeartbeatIntervalMs());
        metadataAppliedMeanwhile();
      }
    }

    private void metadataAppliedMeanwhile() {
      boolean missed = fenced && metadata.appliedOffset() >= brokerEpoch;
      if (missed && stopped == null) {
        timer.cancel();
        next(SHUTDOWN_RETRY_MS);
      }
    }

    @Override
    public void failed(String why) {
      backOff();
    }
  }
}
