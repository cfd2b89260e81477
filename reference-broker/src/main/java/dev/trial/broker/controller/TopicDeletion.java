package dev.trial.broker.controller;

import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.TopicDeleted;
import dev.trial.broker.metadata.TopicState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

/**
 * One DeleteTopics, by names and by ids (KIP-516): what is named twice, in whatever way, is not
 * deleted (ControllerApis.deleteTopics).
 */
final class TopicDeletion {
  private final ControlState state;
  private final DeleteTopicsResponseData response = new DeleteTopicsResponseData();
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> namesTwice = new LinkedHashSet<>();
  private final Set<Uuid> ids = new LinkedHashSet<>();
  private final Set<Uuid> idsTwice = new LinkedHashSet<>();
  private final Map<Uuid, String> toDelete = new LinkedHashMap<>();

  TopicDeletion(ControlState state) {
    this.state = state;
  }

  Decision delete(DeleteTopicsRequestData request) {
    request.topicNames().forEach(this::named);
    request.topics().forEach(this::asked);
    if (!idsTwice.containsAll(ids) || !namesTwice.containsAll(names)) {
      RequestDeadline.check(request.timeoutMs());
    }
    namesTwice.forEach(name -> refused(name, Uuid.ZERO_UUID, invalid("Duplicate topic name.")));
    idsTwice.forEach(id -> refused(null, id, invalid("Duplicate topic id.")));
    ids.stream().filter(id -> !idsTwice.contains(id)).forEach(this::find);
    names.stream().filter(name -> !namesTwice.contains(name)).forEach(this::find);
    List<MetadataRecord> records = new ArrayList<>();
    toDelete.forEach(
        (id, name) -> {
          records.add(new TopicDeleted(id));
          response.responses().add(new DeletableTopicResult().setName(name).setTopicId(id));
        });
    return new Decision(records, response);
  }

  private void named(String name) {
    if (!names.add(name)) {
      namesTwice.add(name);
    }
  }

  private void asked(DeleteTopicState topic) {
    boolean byId = !topic.topicId().equals(Uuid.ZERO_UUID);
    if (topic.name() != null && byId) {
      String both = "You may not specify both topic name and topic id.";
      refused(topic.name(), topic.topicId(), invalid(both));
    } else if (topic.name() != null) {
      named(topic.name());
    } else if (!byId) {
      refused(null, Uuid.ZERO_UUID, invalid("Neither topic name nor id were specified."));
    } else if (!ids.add(topic.topicId())) {
      idsTwice.add(topic.topicId());
    }
  }

  private void find(Uuid id) {
    Optional<TopicState> topic = state.image().topic(id);
    if (topic.isPresent()) {
      toDelete.put(id, topic.get().name());
    } else {
      refused(null, id, new ApiError(Errors.UNKNOWN_TOPIC_ID));
    }
  }

  private void find(String name) {
    TopicState topic = state.image().topics().get(name);
    if (topic == null) {
      refused(name, Uuid.ZERO_UUID, new ApiError(Errors.UNKNOWN_TOPIC_OR_PARTITION));
    } else if (idsTwice.contains(topic.id()) || toDelete.containsKey(topic.id())) {
      toDelete.remove(topic.id());
      String same = "The provided topic name maps to an ID that was already supplied.";
      refused(name, topic.id(), invalid(same));
    } else {
      toDelete.put(topic.id(), name);
    }
  }

  private static ApiError invalid(String message) {
    return new ApiError(Errors.INVALID_REQUEST, message);
  }

  private void refused(String name, Uuid id, ApiError error) {
    response
        .responses()
        .add(
            new DeletableTopicResult()
                .setName(name)
                .setTopicId(id)
                .setErrorCode(error.error().code())
                .setErrorMessage(error.messageWithFallback()));
  }
}
