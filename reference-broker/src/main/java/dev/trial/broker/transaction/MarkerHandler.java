package dev.trial.broker.transaction;

import dev.trial.broker.group.GroupCoordinator;
import dev.trial.broker.log.EndMarker;
import dev.trial.broker.log.Origin;
import dev.trial.broker.replication.InternalLog;
import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Host;
import dev.trial.core.world.Timers.Timer;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
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
 * WriteTxnMarkers: writes markers into partitions that this broker leads, those of {@code
 * __consumer_offsets} through the group coordinator.
 */
final class MarkerHandler implements ApiHandler {
  private final Host host;
  private final InternalLog log;
  private final GroupCoordinator groups;
  private final TransactionSettings settings;

  MarkerHandler(Host host, InternalLog log, GroupCoordinator groups, TransactionSettings settings) {
    this.host = host;
    this.log = log;
    this.groups = groups;
    this.settings = settings;
  }

  @Override
  public void handle(RequestContext context, ApiMessage message, Responder responder) {
    WriteTxnMarkersResponseData response = new WriteTxnMarkersResponseData();
    Pending pending = new Pending(() -> responder.answer(response));
    for (WritableTxnMarker marker : ((WriteTxnMarkersRequestData) message).markers()) {
      WritableTxnMarkerResult result =
          new WritableTxnMarkerResult().setProducerId(marker.producerId());
      response.markers().add(result);
      for (WritableTxnMarkerTopic topic : marker.topics()) {
        WritableTxnMarkerTopicResult answers =
            new WritableTxnMarkerTopicResult().setName(topic.name());
        result.topics().add(answers);
        for (int index : topic.partitionIndexes()) {
          WritableTxnMarkerPartitionResult answer =
              new WritableTxnMarkerPartitionResult().setPartitionIndex(index);
          answers.partitions().add(answer);
          write(marker, new PartitionId(topic.name(), index), pending.one(answer));
        }
      }
    }
    pending.begun();
  }

  private void write(WritableTxnMarker marker, PartitionId partition, Consumer<Errors> done) {
    if (marker.producerId() < 0 || marker.producerEpoch() < 0) {
      // Kafka looks for the partition first, and cannot make such a marker (MemoryRecordsBuilder).
      boolean here = log.leads(partition);
      done.accept(here ? Errors.UNKNOWN_SERVER_ERROR : Errors.UNKNOWN_TOPIC_OR_PARTITION);
      return;
    }
    EndMarker end = new EndMarker(marker.transactionResult(), marker.coordinatorEpoch());
    ByteBuffer batch =
        end.batch(marker.producerId(), marker.producerEpoch(), host.clock().epochMs());
    Origin origin = Origin.marker(marker.transactionVersion());
    if (!partition.topic().equals(GroupCoordinator.TOPIC)) {
      log.append(partition, batch, origin, appended -> done.accept(appended.error()));
    } else {
      groups.endTransaction(partition, marker.producerId(), end, batch, origin, done);
    }
  }

  /** The partitions that are not answered yet. */
  private final class Pending {
    private final Runnable allAnswered;
    private int open = 1;

    Pending(Runnable allAnswered) {
      this.allAnswered = allAnswered;
    }

    Consumer<Errors> one(WritableTxnMarkerPartitionResult answer) {
      open++;
      boolean[] told = new boolean[1];
      Timer[] timer = new Timer[1];
      Consumer<Errors> once =
          error -> {
            if (!told[0]) {
              told[0] = true;
              timer[0].cancel();
              answer.setErrorCode(error.code());
              close();
            }
          };
      timer[0] =
          host.timers()
              .after(settings.requestTimeoutMs(), () -> once.accept(Errors.REQUEST_TIMED_OUT));
      return once;
    }

    void begun() {
      close();
    }

    private void close() {
      open--;
      if (open == 0) {
        allAnswered.run();
      }
    }
  }
}
