package dev.trial.broker.wire;

import dev.trial.broker.metadata.Feature;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.FinalizedFeatureKey;
import org.apache.kafka.common.message.ApiVersionsResponseData.SupportedFeatureKey;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * Which APIs and versions a listener serves, and the answer to ApiVersions (KIP-35, KIP-511,
 * KIP-584): what has a handler, at the stable versions of Kafka 4.3.
 */
public final class ApiVersions {

  /** From this version of ApiVersions on, a client can read a feature whose lowest level is 0. */
  private static final short LEVEL_ZERO_SINCE = 4;

  private final Handlers handlers;
  private final LongSupplier featuresEpoch;
  private final ToIntFunction<Feature> levels;

  /**
   * @param featuresEpoch metadata offset that the node has seen; −1 while none
   * @param levels finalized level of a feature as the node knows it, 0 for off
   */
  public ApiVersions(Handlers handlers, LongSupplier featuresEpoch, ToIntFunction<Feature> levels) {
    this.handlers = handlers;
    this.featuresEpoch = featuresEpoch;
    this.levels = levels;
  }

  /** Serves ApiVersions itself on the same handlers. */
  public void register() {
    handlers.register(
        ApiKeys.API_VERSIONS,
        (context, request, responder) -> responder.answer(answer(context.version(), request)));
  }

  /** True if a request of that API and version is served here. */
  public boolean serves(ApiKeys api, short version) {
    return handlers.of(api) != null && version >= api.oldestVersion() && version <= newest(api);
  }

  /** The newest version that this project speaks. */
  public static short newest(ApiKeys api) {
    return api.latestVersion(false);
  }

  private ApiMessage answer(short version, ApiMessage request) {
    ApiVersionsRequestData asked = (ApiVersionsRequestData) request;
    boolean named =
        !asked.clientSoftwareName().isEmpty() || !asked.clientSoftwareVersion().isEmpty();
    if (named && !(word(asked.clientSoftwareName()) && word(asked.clientSoftwareVersion()))) {
      return new ApiVersionsResponseData().setErrorCode(Errors.INVALID_REQUEST.code());
    }
    return table(version);
  }

  /**
   * The answer to a version of ApiVersions that is not known: v0, with the known range (KIP-511).
   */
  ApiVersionsResponseData unsupported() {
    ApiVersionsResponseData response =
        new ApiVersionsResponseData().setErrorCode(Errors.UNSUPPORTED_VERSION.code());
    response.apiKeys().add(range(ApiKeys.API_VERSIONS));
    return response;
  }

  private ApiVersionsResponseData table(short version) {
    ApiVersionsResponseData response = new ApiVersionsResponseData();
    for (ApiKeys api : ApiKeys.values()) {
      if (handlers.of(api) != null) {
        response.apiKeys().add(range(api));
      }
    }
    long epoch = featuresEpoch.getAsLong();
    response.setFinalizedFeaturesEpoch(epoch);
    for (Feature feature : Feature.values()) {
      // Java clients 3.3 to 3.7 fail on a lowest level of 0 (KAFKA-17011).
      if (feature.lowest() > 0 || version >= LEVEL_ZERO_SINCE) {
        supported(response, feature);
      }
      int level = levels.applyAsInt(feature);
      if (epoch >= 0 && level > 0) { // level 0 is the same as absent (KIP-584)
        finalized(response, feature, (short) level);
      }
    }
    return response;
  }

  private static void supported(ApiVersionsResponseData response, Feature feature) {
    response
        .supportedFeatures()
        .add(
            new SupportedFeatureKey()
                .setName(feature.key())
                .setMinVersion((short) feature.lowest())
                .setMaxVersion((short) feature.highest()));
  }

  private static void finalized(ApiVersionsResponseData response, Feature feature, short level) {
    response
        .finalizedFeatures()
        .add(
            new FinalizedFeatureKey()
                .setName(feature.key())
                .setMinVersionLevel(level)
                .setMaxVersionLevel(level));
  }

  private static ApiVersion range(ApiKeys api) {
    // KAFKA-18659: some clients need to see produce versions from 0, though those are refused.
    short oldest = api == ApiKeys.PRODUCE ? 0 : api.oldestVersion();
    return new ApiVersion().setApiKey(api.id).setMinVersion(oldest).setMaxVersion(newest(api));
  }

  /** Letters, digits, '-' and '.', first and last being no '-' or '.' (KIP-511). */
  private static boolean word(String text) {
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      boolean inner = i > 0 && i < last && (c == '-' || c == '.');
      if (!alphanumeric && !inner) {
        return false;
      }
    }
    return last >= 0;
  }

  /** True for an API id that Kafka's protocol has, with at least one living version. */
  static boolean known(short api) {
    return ApiKeys.hasId(api)
        && ApiMessageType.fromApiKey(api).highestSupportedVersion(true)
            >= ApiMessageType.fromApiKey(api).lowestSupportedVersion();
  }
}
