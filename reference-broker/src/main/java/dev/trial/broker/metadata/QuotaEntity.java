package dev.trial.broker.metadata;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whom a client quota limits (KIP-546): up to a user and a client id, or an address.
 *
 * @param parts kind of entity to its name, null for the default of that kind
 */
public record QuotaEntity(SortedMap<String, String> parts) implements Comparable<QuotaEntity> {

  /** The kinds of entity that Kafka knows. */
  public static final String USER = "user";

  public static final String CLIENT_ID = "client-id";
  public static final String IP = "ip";

  private static final Comparator<String> NAMES = Comparator.nullsFirst(Comparator.naturalOrder());

  public QuotaEntity {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /** The name of that kind matches: a null one is the default's. */
  public boolean names(String kind, String nameOrNull) {
    return parts.containsKey(kind) && NAMES.compare(parts.get(kind), nameOrNull) == 0;
  }

  @Override
  public int compareTo(QuotaEntity other) {
    Iterator<Map.Entry<String, String>> others = other.parts.entrySet().iterator();
    for (Map.Entry<String, String> part : parts.entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      Map.Entry<String, String> with = others.next();
      int kinds = part.getKey().compareTo(with.getKey());
      int order = kinds != 0 ? kinds : NAMES.compare(part.getValue(), with.getValue());
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }
}
