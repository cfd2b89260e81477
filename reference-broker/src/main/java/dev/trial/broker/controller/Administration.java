package dev.trial.broker.controller;

import java.util.List;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/** What administrators change of the cluster as a whole. */
final class Administration {
  static final List<ApiKeys> SERVED =
      List.of(
          ApiKeys.ALTER_CONFIGS,
          ApiKeys.ALTER_CLIENT_QUOTAS,
          ApiKeys.UPDATE_FEATURES,
          ApiKeys.UNREGISTER_BROKER);

  private final FullConfigControl configs;
  private final QuotaControl quotas;
  private final FeatureControl features;
  private final BrokerControl brokers;

  /**
   * @param controller the id of this node
   */
  Administration(int controller, ControlState state, ConfigControl configs, BrokerControl brokers) {
    this.configs = new FullConfigControl(state, configs);
    this.quotas = new QuotaControl(state);
    this.features = new FeatureControl(controller, state);
    this.brokers = brokers;
  }

  /** Decides a request for one of the APIs in {@link #SERVED}. */
  Decision decide(short version, ApiMessage request) {
    return switch (ApiKeys.forId(request.apiKey())) {
      case ALTER_CONFIGS -> configs.alter((AlterConfigsRequestData) request);
      case ALTER_CLIENT_QUOTAS -> quotas.alter((AlterClientQuotasRequestData) request);
      case UPDATE_FEATURES -> features.update((UpdateFeaturesRequestData) request, version);
      case UNREGISTER_BROKER -> brokers.unregister((UnregisterBrokerRequestData) request);
      default -> throw new IllegalArgumentException("not served: " + request);
    };
  }
}
