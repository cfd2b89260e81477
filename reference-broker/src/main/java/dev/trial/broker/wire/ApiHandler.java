package dev.trial.broker.wire;

import org.apache.kafka.common.protocol.ApiMessage;

/** Serves the requests of one API on the node's event loop; may answer later. */
@FunctionalInterface
public interface ApiHandler {
  void handle(RequestContext context, ApiMessage request, Responder responder);
}
