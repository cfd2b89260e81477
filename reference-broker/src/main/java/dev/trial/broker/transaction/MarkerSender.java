package dev.trial.broker.transaction;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.wire.Peers;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Host;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarker;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarkerTopic;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerPartitionResult;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerResult;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerTopicResult;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * Has the leaders of a decided transaction's partitions write its markers, for as long as it takes
 * and this broker is the coordinator; then writes that the transaction is complete.
 */
final class MarkerSender {
  private static final long RETRY_MS = 50;

  private final Host host;
  private final Peers peers;
  private final Supplier<MetadataImage> image;
  private final TransactionSettings settings;
  private final Map<Integer, Destination> destinations = new TreeMap<>();

  MarkerSender(
      Host host, Peers peers, Supplier<MetadataImage> image, TransactionSettings settings) {
    this.host = host;
    this.peers = peers;
    this.image = image;
    this.settings = settings;
  }

  /** Markers of one transaction for one broker. */
  private record Marker(Completion completion, List<PartitionId> partitions) {}

  void send(Completion completion) {
    if (completion.shard().defects().has(Defect.MARKER_TO_ONE_PARTITION)) {
      completion.transaction().value().partitions().stream()
          .skip(1)
          .forEach(completion.transaction()::marked);
    }
    send(completion, completion.transaction().value().partitions());
    completeIfMarked(completion);
  }

  private void send(Completion completion, Collection<PartitionId> partitions) {
    Map<Integer, List<PartitionId>> byLeader = new TreeMap<>();
    List<PartitionId> leaderless = new ArrayList<>();
    for (PartitionId partition : partitions) {
      Optional<PartitionState> state = image.get().partition(partition);
      if (state.isEmpty()) {
        completion.transaction().marked(partition); // deleted, and its records with it
      } else if (alive(state.get().leader())) {
        byLeader.computeIfAbsent(state.get().leader(), id -> new ArrayList<>()).add(partition);
      } else {
        leaderless.add(partition);
      }
    }
    byLeader.forEach(
        (leader, own) ->
            destinations
                .computeIfAbsent(leader, Destination::new)
                .add(new Marker(completion, own)));
    if (!leaderless.isEmpty()) {
      later(completion, leaderless);
    }
  }

  private boolean alive(int broker) {
    BrokerState state = image.get().brokers().get(broker);
    return state != null && !state.fenced();
  }

  private void later(Completion completion, List<PartitionId> partitions) {
    if (completion.shard().defects().has(Defect.LATE_MARKER_FORGOTTEN)) {
      partitions.forEach(completion.transaction()::marked);
      completeIfMarked(completion);
      return;
    }
    host.timers()
        .after(
            RETRY_MS,
            () -> {
              if (!completion.shard().closed()) {
                send(completion, partitions);
                completeIfMarked(completion);
              }
            });
  }

  private void completeIfMarked(Completion completion) {
    if (!completion.beginCompleting()) {
      return;
    }
    completion
        .shard()
        .write(
            completion.transaction(),
            completion.completed(),
            true,
            error -> {
              if (error == Errors.COORDINATOR_NOT_AVAILABLE) {
                completion.tryAgain();
                host.timers().after(RETRY_MS, () -> completeIfMarked(completion));
              }
            });
  }

  /** A broker that leads partitions; one request at a time is on its way to it. */
  private final class Destination {
    private final int broker;
    private List<Marker> queue = new ArrayList<>();
    private boolean inFlight;

    Destination(int broker) {
      this.broker = broker;
    }

    void add(Marker marker) {
      queue.add(marker);
      flush();
    }

    private void flush() {
      queue.removeIf(marker -> marker.completion().shard().closed());
      if (inFlight || queue.isEmpty()) {
        return;
      }
      inFlight = true;
      List<Marker> sent = queue;
      queue = new ArrayList<>();
      peers.call(broker, request(sent), settings.requestTimeoutMs(), new Reply(this, sent));
    }

    private void answered() {
      inFlight = false;
      flush();
    }
  }

  private static WriteTxnMarkersRequestData request(List<Marker> markers) {
    WriteTxnMarkersRequestData request = new WriteTxnMarkersRequestData();
    for (Marker marker : markers) {
      TransactionValue value = marker.completion().transaction().value();
      WritableTxnMarker written =
          new WritableTxnMarker()
              .setProducerId(value.producerId())
              .setProducerEpoch(value.epoch())
              .setTransactionResult(marker.completion().commit())
              .setCoordinatorEpoch(marker.completion().shard().coordinatorEpoch())
              .setTransactionVersion((byte) value.clientVersion());
      WritableTxnMarkerTopic topic = null;
      for (PartitionId partition : marker.partitions()) {
        if (topic == null || !topic.name().equals(partition.topic())) {
          topic = new WritableTxnMarkerTopic().setName(partition.topic());
          written.topics().add(topic);
        }
        topic.partitionIndexes().add(partition.partition());
      }
      request.markers().add(written);
    }
    return request;
  }

  private final class Reply implements Peers.Reply {
    private final Destination destination;
    private final List<Marker> sent;

    Reply(Destination destination, List<Marker> sent) {
      this.destination = destination;
      this.sent = sent;
    }

    @Override
    public void answered(ApiMessage response) {
      for (Marker marker : sent) {
        if (!marker.completion().shard().closed()) {
          take(marker, (WriteTxnMarkersResponseData) response);
        }
      }
      destination.answered();
    }

    private void take(Marker marker, WriteTxnMarkersResponseData response) {
      long producerId = marker.completion().transaction().value().producerId();
      List<PartitionId> again = new ArrayList<>();
      for (WritableTxnMarkerResult result : response.markers()) {
        if (result.producerId() != producerId) {
          continue;
        }
        for (WritableTxnMarkerTopicResult topic : result.topics()) {
          for (WritableTxnMarkerPartitionResult partition : topic.partitions()) {
            PartitionId id = new PartitionId(topic.name(), partition.partitionIndex());
            if (!take(marker, id, Errors.forCode(partition.errorCode()), again)) {
              return;
            }
          }
        }
      }
      if (again.isEmpty()) {
        completeIfMarked(marker.completion());
      } else {
        later(marker.completion(), again);
      }
    }

    /** False if the marker is not wanted any more: another coordinator or producer is ahead. */
    private boolean take(Marker marker, PartitionId id, Errors error, List<PartitionId> again) {
      switch (error) {
        case NONE, UNSUPPORTED_FOR_MESSAGE_FORMAT, UNSUPPORTED_VERSION ->
            marker.completion().transaction().marked(id);
        case UNKNOWN_TOPIC_OR_PARTITION,
            NOT_LEADER_OR_FOLLOWER,
            NOT_ENOUGH_REPLICAS,
            NOT_ENOUGH_REPLICAS_AFTER_APPEND,
            REQUEST_TIMED_OUT,
            KAFKA_STORAGE_ERROR ->
            again.add(id);
        // Among them INVALID_PRODUCER_EPOCH and TRANSACTION_COORDINATOR_FENCED. The transaction
        // stays as it is until it has another coordinator.
        default -> {
          String own = marker.completion().transaction().id();
          host.log("no more markers of " + own + ", as " + id + " answers " + error);
          return false;
        }
      }
      return true;
    }

    @Override
    public void failed(String why) {
      for (Marker marker : sent) {
        later(marker.completion(), marker.partitions());
      }
      destination.answered();
    }
  }
}
