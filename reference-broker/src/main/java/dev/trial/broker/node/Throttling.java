package dev.trial.broker.node;

import dev.trial.broker.metadata.ClientQuotas;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.world.Host;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * Holds clients to their byte rates (KIP-13, KIP-124, KIP-219), as KafkaApis does: who was too fast
 * is told for how long to be silent, and for so long the broker does not look at what else comes on
 * that connection. Of the other quotas nothing is enforced: request_percentage is a share of the
 * time of Kafka's threads, which do not exist here.
 */
final class Throttling {
  private final Host host;
  private final Supplier<? extends MetadataImage> image;
  private final ByteRates produced;
  private final ByteRates fetched;

  /** Until when a connection is not listened to. */
  private final Map<Long, Long> mutedUntilMs = new TreeMap<>();

  Throttling(Host host, Supplier<? extends MetadataImage> image, BrokerSettings settings) {
    this.host = host;
    this.image = image;
    this.produced = new ByteRates("producer_byte_rate", settings);
    this.fetched = new ByteRates("consumer_byte_rate", settings);
  }

  /** The handler behind the quotas; without any it is asked at once. */
  ApiHandler around(ApiKeys api, ApiHandler handler) {
    ApiHandler metered =
        switch (api) {
          case PRODUCE -> (c, request, r) -> handler.handle(c, request, produce(c, request, r));
          case FETCH -> (c, request, r) -> handler.handle(c, request, fetch(c, request, r));
          default -> handler;
        };
    return (context, request, responder) -> {
      Long until = mutedUntilMs.remove(context.connection());
      if (until != null && until > nowMs()) {
        host.timers().after(until - nowMs(), () -> metered.handle(context, request, responder));
      } else if (quotas().isEmpty()) {
        handler.handle(context, request, responder);
      } else {
        metered.handle(context, request, responder);
      }
    };
  }

  private ClientQuotas quotas() {
    return image.get().clientQuotas();
  }

  private void mute(RequestContext context, int forMs) {
    if (forMs > 0) {
      mutedUntilMs.values().removeIf(until -> until <= nowMs()); // some may have hung up
      mutedUntilMs.put(context.connection(), nowMs() + forMs);
    }
  }

  private long nowMs() {
    return host.clock().millis();
  }

  // ---- produce

  private Responder produce(RequestContext context, ApiMessage request, Responder to) {
    long bytes = requestBytes(context, request);
    return new Responder() {
      @Override
      public void answer(ApiMessage response) {
        ((ProduceResponseData) response).setThrottleTimeMs(throttle());
        to.answer(response);
      }

      @Override
      public void none() {
        throttle();
        to.none();
      }

      @Override
      public void disconnect() {
        to.disconnect();
      }

      private int throttle() {
        int forMs = produced.throttleMs(quotas(), context.clientId(), bytes, nowMs());
        mute(context, forMs);
        return forMs;
      }
    };
  }

  private static long requestBytes(RequestContext context, ApiMessage request) {
    RequestHeaderData header = new RequestHeaderData().setClientId(context.clientId());
    ObjectSerializationCache cache = new ObjectSerializationCache();
    short headerVersion = context.api().requestHeaderVersion(context.version());
    return header.size(cache, headerVersion) + request.size(cache, context.version());
  }

  // ---- fetch

  /** A follower is no client. */
  private Responder fetch(RequestContext context, ApiMessage message, Responder to) {
    FetchRequestData request = (FetchRequestData) message;
    if (Math.max(request.replicaId(), request.replicaState().replicaId()) >= 0) {
      return to;
    }
    int bytesMax = fetched.bytesMax(quotas(), context.clientId());
    request.setMaxBytes(Math.min(request.maxBytes(), bytesMax));
    request.setMinBytes(Math.min(request.minBytes(), request.maxBytes()));
    return new Responder() {
      @Override
      public void answer(ApiMessage response) {
        to.answer(within(context, (FetchResponseData) response));
      }

      @Override
      public void none() {
        to.none();
      }

      @Override
      public void disconnect() {
        to.disconnect();
      }
    };
  }

  /** What is too much is not sent: the client gets an empty answer and comes again. */
  private FetchResponseData within(RequestContext context, FetchResponseData response) {
    if (response.errorCode() != 0) {
      return response;
    }
    long bytes = Integer.BYTES + response.size(new ObjectSerializationCache(), context.version());
    int forMs = fetched.throttleMs(quotas(), context.clientId(), bytes, nowMs());
    if (forMs == 0) {
      return response;
    }
    fetched.takeBack(quotas(), context.clientId(), bytes, nowMs());
    mute(context, forMs);
    return new FetchResponseData().setThrottleTimeMs(forMs).setSessionId(response.sessionId());
  }
}
