package dev.trial.broker.controller;

import static dev.trial.broker.metadata.QuotaEntity.CLIENT_ID;
import static dev.trial.broker.metadata.QuotaEntity.IP;
import static dev.trial.broker.metadata.QuotaEntity.USER;

import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.ClientQuotaChanged;
import dev.trial.broker.metadata.QuotaEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.OpData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData.EntityData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData.EntryData;
import org.apache.kafka.common.protocol.Errors;

/** Changes of client quotas (KIP-546) by the rules of ClientQuotaControlManager. */
final class QuotaControl {
  private static final double FRACTION = 1e-6;

  /** Kafka asks the name service whether there is such a host; here it need only look like one. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z_.:-]+");

  private static final Map<String, Kind> OF_CLIENTS =
      Map.of(
          "producer_byte_rate", Kind.LONG,
          "consumer_byte_rate", Kind.LONG,
          "request_percentage", Kind.DOUBLE,
          "controller_mutation_rate", Kind.DOUBLE);

  private static final Map<String, Kind> OF_ADDRESSES =
      Map.of("connection_creation_rate", Kind.INT);

  /** The kinds of numbers that QuotaConfig defines its keys with. */
  private enum Kind {
    DOUBLE(Double.MAX_VALUE, "a DOUBLE"),
    LONG(Long.MAX_VALUE, "a LONG"),
    INT(Integer.MAX_VALUE, "an INT");

    private final double highest;
    private final String words;

    Kind(double highest, String words) {
      this.highest = highest;
      this.words = words;
    }
  }

  private final ControlState state;

  QuotaControl(ControlState state) {
    this.state = state;
  }

  Decision alter(AlterClientQuotasRequestData request) {
    List<MetadataRecord> records = new ArrayList<>();
    List<EntryData> answers = new ArrayList<>();
    TreeMap<QuotaEntity, EntryData> seen = new TreeMap<>();
    for (AlterClientQuotasRequestData.EntryData entry : request.entries()) {
      TreeMap<String, String> parts = new TreeMap<>();
      entry.entity().forEach(part -> parts.put(part.entityType(), part.entityName()));
      QuotaEntity entity = new QuotaEntity(parts);
      EntryData answer = seen.get(entity);
      if (answer == null) {
        answer = new EntryData();
        named(answer, entity);
        seen.put(entity, answer);
        answers.add(answer);
        alter(entity, entry.ops(), answer, records);
      } else {
        refused(answer, "Ignoring duplicate entity " + parts);
      }
    }
    return new Decision(
        request.validateOnly() ? List.of() : records,
        new AlterClientQuotasResponseData().setEntries(answers));
  }

  private static void named(EntryData answer, QuotaEntity entity) {
    List<EntityData> parts = new ArrayList<>();
    entity
        .parts()
        .forEach(
            (kind, name) -> parts.add(new EntityData().setEntityType(kind).setEntityName(name)));
    answer.setEntity(parts).setErrorMessage(null);
  }

  private static void refused(EntryData answer, String why) {
    answer.setErrorCode(Errors.INVALID_REQUEST.code()).setErrorMessage(why);
  }

  /** All of an entity's values are changed, or none. */
  private void alter(
      QuotaEntity entity, List<OpData> operations, EntryData answer, List<MetadataRecord> records) {
    try {
      Map<String, Kind> kinds = kinds(entity);
      List<MetadataRecord> changes = new ArrayList<>();
      SortedMap<String, Double> now = state.image().clientQuotas().of(entity);
      TreeMap<String, OpData> byKey = new TreeMap<>();
      for (OpData operation : operations) {
        if (byKey.put(operation.key(), operation) != null) {
          throw new InvalidRequestException(
              "Duplicate quota key "
                  + operation.key()
                  + " not updating quota for this entity "
                  + entity.parts());
        }
      }
      for (OpData operation : operations) {
        Double value = operation.remove() ? null : operation.value();
        if (value != null) {
          check(kinds, operation.key(), value);
        }
        Double before = now.get(operation.key());
        if (value == null ? before != null : !value.equals(before)) {
          changes.add(new ClientQuotaChanged(entity, operation.key(), value));
        }
      }
      records.addAll(changes);
    } catch (InvalidRequestException invalid) {
      refused(answer, invalid.getMessage());
    }
  }

  /** What may be set for such an entity. */
  private static Map<String, Kind> kinds(QuotaEntity entity) {
    Map<String, String> parts = entity.parts();
    if (parts.isEmpty()) {
      throw new InvalidRequestException("Invalid empty client quota entity");
    }
    parts.forEach(QuotaControl::check);
    if (!parts.containsKey(IP)) {
      return OF_CLIENTS;
    }
    if (parts.size() > 1) {
      throw new InvalidRequestException(
          "Invalid quota entity combination, IP entity should"
              + "not be combined with User or ClientId");
    }
    return OF_ADDRESSES;
  }

  private static void check(String kind, String name) {
    if (!kind.equals(USER) && !kind.equals(CLIENT_ID) && !kind.equals(IP)) {
      throw new InvalidRequestException("Unhandled client quota entity type: " + kind);
    }
    if (name != null && name.isEmpty()) {
      throw new InvalidRequestException("Empty " + kind + " not supported");
    }
    if (kind.equals(IP) && name != null && !ADDRESS.matcher(name).matches()) {
      throw new InvalidRequestException(name + " is not a valid IP or resolvable host.");
    }
  }

  private static void check(Map<String, Kind> kinds, String key, double value) {
    Kind kind = kinds.get(key);
    if (kind == null) {
      throw new InvalidRequestException("Invalid configuration key " + key);
    }
    if (value <= 0.0) {
      throw new InvalidRequestException("Quota " + key + " must be greater than 0");
    }
    if (kind == Kind.DOUBLE) {
      return;
    }
    if (value > kind.highest) {
      throw new InvalidRequestException(
          "Proposed value for " + key + " is too large for " + kind.words + ".");
    }
    if (Math.abs(value % 1.0) > FRACTION) {
      throw new InvalidRequestException(key + " cannot be a fractional value.");
    }
  }
}
