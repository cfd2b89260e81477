package dev.trial.broker.node;

import static dev.trial.broker.metadata.QuotaEntity.CLIENT_ID;
import static dev.trial.broker.metadata.QuotaEntity.IP;
import static dev.trial.broker.metadata.QuotaEntity.USER;

import dev.trial.broker.metadata.ClientQuotas;
import dev.trial.broker.metadata.QuotaEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData.ComponentData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.EntityData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.EntryData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.ValueData;
import org.apache.kafka.common.requests.DescribeClientQuotasRequest;

/** Answers DescribeClientQuotas (KIP-546) by the rules of ClientQuotasImage. */
final class QuotaDescription {
  private static final Set<String> KINDS = Set.of(USER, CLIENT_ID, IP);

  /** Kinds that must be there with this name, null for the default's. */
  private final TreeMap<String, String> exact = new TreeMap<>();

  /** Kinds that must be there, named or not. */
  private final TreeSet<String> present = new TreeSet<>();

  private final boolean strict;

  /**
   * Reads the filter.
   *
   * @throws InvalidRequestException if it contradicts itself
   * @throws UnsupportedVersionException if it names a kind that does not exist
   */
  QuotaDescription(DescribeClientQuotasRequestData request) {
    strict = request.strict();
    request.components().forEach(this::read);
    boolean others = asks(USER) || asks(CLIENT_ID);
    if (asks(IP) && others) {
      throw new InvalidRequestException(
          "Invalid entity filter component combination. IP filter component should not be used"
              + " with user or clientId filter component.");
    }
  }

  private boolean asks(String kind) {
    return exact.containsKey(kind) || present.contains(kind);
  }

  private void read(ComponentData component) {
    String kind = component.entityType();
    if (kind.isEmpty()) {
      throw new InvalidRequestException("Invalid empty entity type.");
    }
    if (asks(kind)) {
      throw new InvalidRequestException(
          "Entity type " + kind + " cannot appear more than once in the filter.");
    }
    if (!KINDS.contains(kind)) {
      throw new UnsupportedVersionException("Unsupported entity type " + kind);
    }
    switch (component.matchType()) {
      case DescribeClientQuotasRequest.MATCH_TYPE_EXACT -> {
        if (component.match() == null) {
          throw new InvalidRequestException(
              "Request specified MATCH_TYPE_EXACT, but set match string to null.");
        }
        exact.put(kind, component.match());
      }
      case DescribeClientQuotasRequest.MATCH_TYPE_DEFAULT -> {
        unnamed(component, "MATCH_TYPE_DEFAULT");
        exact.put(kind, null);
      }
      case DescribeClientQuotasRequest.MATCH_TYPE_SPECIFIED -> {
        unnamed(component, "MATCH_TYPE_SPECIFIED");
        present.add(kind);
      }
      default -> throw new InvalidRequestException("Unknown match type " + component.matchType());
    }
  }

  private static void unnamed(ComponentData component, String type) {
    if (component.match() != null) {
      throw new InvalidRequestException(
          "Request specified " + type + ", but also specified a match string.");
    }
  }

  DescribeClientQuotasResponseData answer(ClientQuotas quotas) {
    List<EntryData> entries = new ArrayList<>();
    quotas
        .all()
        .forEach(
            (entity, values) -> {
              if (matches(entity)) {
                entries.add(entry(entity, values));
              }
            });
    return new DescribeClientQuotasResponseData().setEntries(entries);
  }

  private boolean matches(QuotaEntity entity) {
    boolean sized = !strict || entity.parts().size() == exact.size() + present.size();
    return sized
        && exact.entrySet().stream().allMatch(e -> entity.names(e.getKey(), e.getValue()))
        && entity.parts().keySet().containsAll(present);
  }

  private static EntryData entry(QuotaEntity entity, Map<String, Double> values) {
    EntryData entry = new EntryData();
    entity
        .parts()
        .forEach(
            (kind, name) ->
                entry.entity().add(new EntityData().setEntityType(kind).setEntityName(name)));
    values.forEach((key, value) -> entry.values().add(new ValueData().setKey(key).setValue(value)));
    return entry;
  }
}
