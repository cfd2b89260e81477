package dev.trial.broker.wire;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.common.protocol.ApiKeys;

/** Who serves which API on a node: each part of the broker registers its own. */
public final class Handlers {
  private final Map<ApiKeys, ApiHandler> byApi = new EnumMap<>(ApiKeys.class);

  /** Registers the one handler of an API. */
  public void register(ApiKeys api, ApiHandler handler) {
    if (byApi.put(api, handler) != null) {
      throw new IllegalStateException("two handlers for " + api);
    }
  }

  /** Puts something before every handler that is registered by now. */
  public void wrap(BiFunction<ApiKeys, ApiHandler, ApiHandler> around) {
    byApi.replaceAll(around);
  }

  /** The handler, null if the API is not served here. */
  public ApiHandler of(ApiKeys api) {
    return byApi.get(api);
  }
}
