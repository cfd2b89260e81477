package dev.trial.broker.node;

import dev.trial.broker.defect.Defects;
import dev.trial.broker.group.GroupCoordinator;
import dev.trial.broker.group.GroupHandlers;
import dev.trial.broker.metadata.Image;
import dev.trial.broker.metadata.ImageStore;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.replication.RefusedBatchListener;
import dev.trial.broker.replication.ReplicaService;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.transaction.CoordinatorLink;
import dev.trial.broker.transaction.TransactionCoordinator;
import dev.trial.broker.transaction.TransactionHandlers;
import dev.trial.broker.wire.ApiVersions;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.NodeServer;
import dev.trial.broker.wire.PeerConnections;
import dev.trial.broker.wire.Peers.Reply;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Address;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.protocol.ApiMessage;

/** One broker process: its parts, built on a host and connected to each other. */
public final class BrokerNode {
  private final Host host;
  private final int id;
  private final BrokerSettings settings;
  private final IntFunction<Optional<Address>> controllers;
  private final ImageStore images = new ImageStore();
  private final MetadataFetcher metadata;
  private final ControllerLink forwarding;
  private final BrokerLifecycle lifecycle;
  private final ReplicaService replicas;
  private final GroupCoordinator groups;
  private final TransactionCoordinator transactions;
  private MetadataImage published = Image.EMPTY;
  private boolean straysDeleted;

  /**
   * To be called on the event loop of the starting process.
   *
   * @param advertised where clients reach this broker; other nodes go by the machine's name
   * @param voters ids of the controllers
   * @param controllers where a controller listens
   * @param refusedBatches told of batches that are refused for their bytes
   */
  public BrokerNode(
      Host host,
      int id,
      Address advertised,
      BrokerSettings settings,
      Defects defects,
      List<Integer> voters,
      IntFunction<Optional<Address>> controllers,
      RefusedBatchListener refusedBatches) {
    this.host = host;
    this.id = id;
    this.settings = settings;
    this.controllers = controllers;
    this.metadata = new MetadataFetcher(host, id, voters, settings, peers("metadata"), images);
    this.forwarding = forwardingLink();
    this.lifecycle =
        new BrokerLifecycle(host, id, advertised, settings, metadata, link("lifecycle"));
    this.replicas =
        new ReplicaService(
            host,
            id,
            lifecycle::brokerEpoch,
            settings,
            defects,
            peers("replication"),
            metadata::activeController,
            refusedBatches);
    this.groups =
        new GroupCoordinator(host, settings, defects, replicas, images::image, this::createTopic);
    this.transactions =
        new TransactionCoordinator(
            host,
            settings,
            defects,
            replicas,
            peers("markers"),
            images::image,
            replicas::freshProducerId);
    groups.finder().serve(transactions.topic());
    images.listen((before, after) -> publishWhenRegistered());
  }

  private PeerConnections peers(String purpose) {
    return new PeerConnections(host, "broker-" + id + "-" + purpose, this::address);
  }

  private ControllerLink link(String purpose) {
    ControllerLink link = new ControllerLink(host, peers(purpose), metadata::activeController);
    metadata.onControllerChange(link::controllerChanged);
    return link;
  }

  /**
   * A forwarded request is on its way until its controller answers, its connection breaks, or
   * controller.socket.timeout.ms is over: not before, for it may be carried out twice where it is
   * asked for again (NodeToControllerRequestThread does not look for the controller in between).
   */
  private ControllerLink forwardingLink() {
    PeerConnections connections = peers("forwarding");
    metadata.onControllerChange(connections::closeIdle);
    long attemptMs = settings.number("controller.socket.timeout.ms", 30_000);
    return new ControllerLink(host, connections, metadata::activeController, attemptMs);
  }

  private Optional<Address> address(int node) {
    Optional<Address> controller = controllers.apply(node);
    if (controller.isPresent()) {
      return controller;
    }
    boolean registered = images.image().brokers().containsKey(node);
    return registered
        ? Optional.of(new Address(ClusterShape.brokerName(node), NodeServer.BROKER_PORT))
        : Optional.empty();
  }

  private void createTopic(CreatableTopic topic, Runnable done) {
    CreateTopicsRequestData request =
        new CreateTopicsRequestData().setTimeoutMs((int) settings.requestTimeoutMs());
    request.topics().add(topic);
    forwarding.call(
        request,
        ControllerLink.FORWARDING_TIMEOUT_MS,
        new Reply() {
          @Override
          public void answered(ApiMessage response) {
            done.run();
          }

          @Override
          public void failed(String why) {
            done.run();
          }
        });
  }

  /**
   * Replicas follow the metadata once it contains this process's own registration: what was decided
   * before says nothing about now, and must not be acted on while it is replayed.
   */
  private void publishWhenRegistered() {
    boolean registered =
        lifecycle.brokerEpoch() >= 0 && metadata.appliedOffset() >= lifecycle.brokerEpoch();
    if (registered) {
      MetadataImage before = published;
      published = images.image();
      replicas.changed(before, published);
      groups.metadataChanged(before, published);
      if (!straysDeleted) {
        straysDeleted = true;
        replicas.deleteStrays();
      }
    }
    lifecycle.metadataApplied();
  }

  /** Listens, registers, follows the metadata. */
  public void start() {
    Handlers handlers = new Handlers();
    TransactionHandlers served = new TransactionHandlers(transactions, groups);
    replicas.register(handlers, coordinatorLink(), served::initProducerId);
    GroupHandlers.register(groups, handlers);
    served.register(handlers, host, replicas);
    new MetadataHandlers(id, images::image, settings, forwarding).register(handlers);
    new AdminForwarding(id, forwarding).register(handlers);
    new AdminQueries(images::image, settings).register(handlers);
    new LogDirs(replicas, images::image, settings).register(handlers);
    ApiVersions versions =
        new ApiVersions(
            handlers, metadata::appliedOffset, feature -> feature.level(images.image(), settings));
    versions.register();
    handlers.wrap(new Throttling(host, images::image, settings)::around);
    new NodeServer(host, handlers, versions).listen(NodeServer.BROKER_PORT);
    metadata.start();
    lifecycle.start();
  }

  private CoordinatorLink coordinatorLink() {
    return new CoordinatorLink(peers("transactions"), images::image, settings.requestTimeoutMs());
  }

  /** Controlled shutdown, then a flush; {@code done} when the process may end. */
  public void stop(Runnable done) {
    lifecycle.shutDown(
        () -> {
          flush();
          done.run();
        });
  }

  /** What an abrupt end of a graceful stop still does: a flush, and a note that it was one. */
  public void flush() {
    replicas.shutDown();
    lifecycle.endedCleanly();
  }

  /** The replicas, for observers of the run. */
  public ReplicaService replicas() {
    return replicas;
  }

  /** True while the controller does not let this broker serve. */
  public boolean fenced() {
    return lifecycle.fenced();
  }
}
