package dev.trial.broker.node;

import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.ErrorAnswers;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.Peers.Reply;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** Administration that a broker passes on to the active controller (KIP-590), as it came. */
public final class AdminForwarding {
  /** What is passed on as it came. */
  public static final List<ApiKeys> FORWARDED =
      List.of(
          ApiKeys.CREATE_TOPICS,
          ApiKeys.DELETE_TOPICS,
          ApiKeys.CREATE_PARTITIONS,
          ApiKeys.ALTER_CLIENT_QUOTAS,
          ApiKeys.UPDATE_FEATURES,
          ApiKeys.UNREGISTER_BROKER,
          ApiKeys.DESCRIBE_QUORUM,
          ApiKeys.ELECT_LEADERS,
          ApiKeys.ALTER_PARTITION_REASSIGNMENTS,
          ApiKeys.LIST_PARTITION_REASSIGNMENTS);

  private final int broker;
  private final ControllerLink link;

  public AdminForwarding(int broker, ControllerLink link) {
    this.broker = broker;
    this.link = link;
  }

  /** Serves the forwarded APIs. */
  public void register(Handlers handlers) {
    FORWARDED.forEach(api -> handlers.register(api, this::forward));
    handlers.register(ApiKeys.ALTER_CONFIGS, configs(ConfigRequestForm.FULL));
    handlers.register(ApiKeys.INCREMENTAL_ALTER_CONFIGS, configs(ConfigRequestForm.INCREMENTAL));
  }

  private ApiHandler configs(ConfigRequestForm form) {
    return new BrokerConfigRequests(broker, form, this::forward);
  }

  private void forward(RequestContext context, ApiMessage request, Responder responder) {
    link.call(
        request,
        context.version(),
        ControllerLink.FORWARDING_TIMEOUT_MS,
        new Reply() {
          @Override
          public void answered(ApiMessage response) {
            responder.answer(response);
          }

          @Override
          public void failed(String why) {
            responder.answer(ErrorAnswers.of(context, request, Errors.REQUEST_TIMED_OUT));
          }
        });
  }
}
