package dev.trial.broker.metadata;

import dev.trial.broker.metadata.MetadataRecord.ClientQuotaChanged;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The client quotas of the cluster (KIP-546), as ClientQuotasImage keeps them. Immutable. */
public final class ClientQuotas {

  /** A cluster without quotas. */
  public static final ClientQuotas NONE = new ClientQuotas(new TreeMap<>());

  private final TreeMap<QuotaEntity, SortedMap<String, Double>> byEntity;

  private ClientQuotas(TreeMap<QuotaEntity, SortedMap<String, Double>> byEntity) {
    this.byEntity = byEntity;
  }

  /** With one value more, less or other; an entity without values is gone. */
  ClientQuotas after(ClientQuotaChanged changed) {
    TreeMap<QuotaEntity, SortedMap<String, Double>> next = new TreeMap<>(byEntity);
    SortedMap<String, Double> values = new TreeMap<>(of(changed.entity()));
    if (changed.value() == null) {
      values.remove(changed.key());
    } else {
      values.put(changed.key(), changed.value());
    }
    if (values.isEmpty()) {
      next.remove(changed.entity());
    } else {
      next.put(changed.entity(), Collections.unmodifiableSortedMap(values));
    }
    return next.isEmpty() ? NONE : new ClientQuotas(next);
  }

  public boolean isEmpty() {
    return byEntity.isEmpty();
  }

  /** The entities with quotas and each one's values, sorted. */
  public SortedMap<QuotaEntity, SortedMap<String, Double>> all() {
    return Collections.unmodifiableSortedMap(byEntity);
  }

  /** What is set for exactly this entity. */
  public SortedMap<String, Double> of(QuotaEntity entity) {
    return byEntity.getOrDefault(entity, Collections.emptySortedMap());
  }

  /** The value of one key by entity, for those that have it. */
  public SortedMap<QuotaEntity, Double> having(String key) {
    SortedMap<QuotaEntity, Double> found = new TreeMap<>();
    for (Map.Entry<QuotaEntity, SortedMap<String, Double>> entry : byEntity.entrySet()) {
      Double value = entry.getValue().get(key);
      if (value != null) {
        found.put(entry.getKey(), value);
      }
    }
    return found;
  }
}
