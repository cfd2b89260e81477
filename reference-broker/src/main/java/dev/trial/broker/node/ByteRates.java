package dev.trial.broker.node;

import static dev.trial.broker.metadata.QuotaEntity.CLIENT_ID;
import static dev.trial.broker.metadata.QuotaEntity.USER;

import dev.trial.broker.metadata.ClientQuotas;
import dev.trial.broker.metadata.QuotaEntity;
import dev.trial.broker.settings.BrokerSettings;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * How fast each client sends or reads, against what its quota allows, by the rules of
 * ClientQuotaManager. Clients are nobody in particular here: their user is ANONYMOUS.
 */
final class ByteRates {
  private static final String NOBODY = KafkaPrincipal.ANONYMOUS.getName();

  private final String key;
  private final MetricConfig window;
  private final long unthrottledWindows;
  private final Map<QuotaEntity, Rate> rates = new TreeMap<>();

  /**
   * @param key producer_byte_rate or consumer_byte_rate
   */
  ByteRates(String key, BrokerSettings settings) {
    this.key = key;
    int samples = (int) settings.number("quota.window.num", 11);
    long seconds = settings.number("quota.window.size.seconds", 1);
    this.window = new MetricConfig().samples(samples).timeWindow(seconds, TimeUnit.SECONDS);
    this.unthrottledWindows = (samples - 1) * seconds;
  }

  /**
   * A limit that holds for a client.
   *
   * @param metered whose rate is limited together: who the limit is meant for
   */
  private record Limit(QuotaEntity metered, double bytesPerSecond) {}

  /**
   * Notes bytes of a client.
   *
   * @return for how many milliseconds the client must be silent to come back to its rate, 0 if it
   *     kept to it
   */
  int throttleMs(ClientQuotas quotas, String clientId, long bytes, long nowMs) {
    Limit limit = limit(quotas, clientId);
    if (limit == null) {
      return 0;
    }
    Rate rate = rates.computeIfAbsent(limit.metered(), client -> new Rate());
    rate.record(window, bytes, nowMs);
    double excess = rate.measure(window, nowMs) - limit.bytesPerSecond();
    // As QuotaUtils: over a window longer by this, the same bytes keep to the rate.
    double silence = excess / limit.bytesPerSecond() * rate.windowSize(window, nowMs);
    return excess > 0 ? (int) Math.min(Math.round(silence), Integer.MAX_VALUE) : 0;
  }

  /** Takes back bytes that were noted but not sent. */
  void takeBack(ClientQuotas quotas, String clientId, long bytes, long nowMs) {
    Limit limit = limit(quotas, clientId);
    if (limit != null) {
      rates.get(limit.metered()).record(window, -bytes, nowMs);
    }
  }

  /** More than this is never sent at once, for it would always be too much (KAFKA-9677). */
  int bytesMax(ClientQuotas quotas, String clientId) {
    Limit limit = limit(quotas, clientId);
    return limit == null ? Integer.MAX_VALUE : (int) (limit.bytesPerSecond() * unthrottledWindows);
  }

  /** The limit for the closest entity, in the order of ClientQuotaManager. */
  private Limit limit(ClientQuotas quotas, String clientId) {
    SortedMap<QuotaEntity, Double> limits = quotas.having(key);
    String client = clientId == null ? "" : clientId;
    List<QuotaEntity> candidates =
        limits.isEmpty()
            ? List.of()
            : List.of(
                both(NOBODY, client),
                both(NOBODY, null),
                one(USER, NOBODY),
                both(null, client),
                both(null, null),
                one(USER, null),
                one(CLIENT_ID, client),
                one(CLIENT_ID, null));
    for (QuotaEntity candidate : candidates) {
      Double limit = limits.get(candidate);
      if (limit != null) {
        return new Limit(metered(candidate, client), limit);
      }
    }
    return null;
  }

  /** A default's limit is each client's own. */
  private static QuotaEntity metered(QuotaEntity limited, String client) {
    SortedMap<String, String> parts = new TreeMap<>(limited.parts());
    parts.replaceAll((kind, name) -> kind.equals(USER) ? NOBODY : client);
    return new QuotaEntity(parts);
  }

  private static QuotaEntity both(String user, String client) {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put(USER, user);
    parts.put(CLIENT_ID, client);
    return new QuotaEntity(parts);
  }

  private static QuotaEntity one(String kind, String name) {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put(kind, name);
    return new QuotaEntity(parts);
  }
}
