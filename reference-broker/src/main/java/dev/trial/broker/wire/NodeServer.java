package dev.trial.broker.wire;

import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * Serves Kafka's protocol on a port. Of one connection, one request at a time is with its handler,
 * as in Kafka's SocketServer, so answers go out in the order of the requests.
 *
 * <p>A request that is not served (API or version) or not readable breaks the connection, as
 * Processor.parseRequestHeader in Kafka's SocketServer does, except that ApiVersions is always
 * answered (KIP-511).
 *
 * <p>A fault in a handler costs the request's answer and nothing else: see {@link RequestScope}.
 */
public final class NodeServer {

  /** Port of a broker's listener. */
  public static final int BROKER_PORT = 9092;

  /** Port of a controller's listener. */
  public static final int CONTROLLER_PORT = 9093;

  /** Begins the line that a node logs when it does not serve a request. */
  public static final String REFUSAL = "closing a connection: ";

  /** Most bytes of memory that requests may hold which have not arrived as a whole. */
  private static final long MAX_HALF_READ_BYTES = 128L << 20;

  /** A connection with so many bytes of requests behind the current one is not read from. */
  private static final int MAX_WAITING_BYTES = 1 << 20;

  private final Host host;
  private final HalfReadFrames halfRead = new HalfReadFrames(MAX_HALF_READ_BYTES);
  private final RequestScope scope;
  private final Handlers handlers;
  private final ApiVersions versions;
  private final Set<Integer> refusalsLogged = new TreeSet<>();
  private final Set<String> endingsLogged = new TreeSet<>();
  private long connections;

  public NodeServer(Host host, Handlers handlers, ApiVersions versions) {
    this.host = host;
    this.scope = RequestScope.of(host);
    this.handlers = handlers;
    this.versions = versions;
  }

  /** Begins to accept connections. */
  public void listen(int port) {
    host.network()
        .listen(
            port,
            (connection, remoteHost) ->
                new ClientConnection(connection, remoteHost, connections++));
  }

  /** Said once for each API: a client that does not give up asks again and again. */
  private void logRefusal(short api, short version, String why) {
    if (refusalsLogged.add((int) api)) {
      String name = ApiKeys.hasId(api) ? " (" + ApiKeys.forId(api).name + ")" : "";
      host.log(REFUSAL + "api " + api + name + " version " + version + " " + why);
    }
  }

  /** Said once of each host and reason. */
  private void logEnding(String remoteHost, String why) {
    if (endingsLogged.add(remoteHost + " " + why)) {
      host.log("closing a connection of " + remoteHost + ": " + why);
    }
  }

  /** One accepted connection and its requests in order. */
  private final class ClientConnection implements ConnectionListener {
    private final Connection connection;
    private final String remoteHost;
    private final long id;
    private final Frames frames = new Frames(this::framed);
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    private Exchange current;
    private int waitingBytes;
    private boolean muted;
    private boolean serving;
    private boolean closed;

    ClientConnection(Connection connection, String remoteHost, long id) {
      this.connection = connection;
      this.remoteHost = remoteHost;
      this.id = id;
    }

    @Override
    public void connected() {}

    @Override
    public void received(byte[] bytes) {
      if (closed) {
        return;
      }
      if (!frames.received(bytes)) {
        logEnding(remoteHost, "frame length out of bounds");
        hangUp();
      }
      if (!closed) {
        halfRead.holds(id, frames.heldBytes(), this::evict);
        mute();
      }
    }

    private void evict() {
      logEnding(remoteHost, "half-read requests hold more than " + MAX_HALF_READ_BYTES + " bytes");
      hangUp();
    }

    @Override
    public void closed() {
      closed = true;
      waiting.clear();
      halfRead.forget(id);
    }

    @Override
    public void drained() {
      serveWaiting();
    }

    private void framed(ByteBuffer frame) {
      if (!closed) {
        waiting.add(frame);
        waitingBytes += frame.remaining();
        serveWaiting();
      }
    }

    /** A loop, not recursion: a handler that answers at once leads back here. */
    private void serveWaiting() {
      if (serving) {
        return;
      }
      serving = true;
      try {
        while (current == null && !closed && !connection.congested() && !waiting.isEmpty()) {
          ByteBuffer next = waiting.poll();
          waitingBytes -= next.remaining();
          serve(next);
        }
      } finally {
        serving = false;
      }
      mute();
    }

    /** Kafka's SocketServer reads nothing while a request is served; a few may wait here. */
    private void mute() {
      boolean full = waitingBytes > MAX_WAITING_BYTES;
      if (full != muted && !closed) {
        muted = full;
        connection.reading(!full);
      }
    }

    private void serve(ByteBuffer frame) {
      short api = frame.remaining() < 4 ? -1 : frame.getShort(frame.position());
      short version = frame.remaining() < 4 ? -1 : frame.getShort(frame.position() + 2);
      if (!ApiVersions.known(api)) {
        refuse(api, version, "is unknown");
      } else if (versions.serves(ApiKeys.forId(api), version)) {
        dispatch(frame, ApiKeys.forId(api), version);
      } else if (api == ApiKeys.API_VERSIONS.id) {
        tellVersions(frame, version);
      } else {
        refuse(api, version, "is not served");
      }
    }

    private void tellVersions(ByteBuffer frame, short version) {
      try {
        RequestHeaderData header = Envelope.readRequestHeader(frame);
        write(Envelope.response(versions.unsupported(), (short) 0, header.correlationId()));
      } catch (RuntimeException malformed) {
        refuse(ApiKeys.API_VERSIONS.id, version, "is malformed: " + malformed.getMessage());
      }
    }

    private void dispatch(ByteBuffer frame, ApiKeys api, short version) {
      RequestHeaderData header;
      ApiMessage request;
      try {
        header = Envelope.readRequestHeader(frame);
        request = Envelope.readRequest(frame, api.id, version);
      } catch (RuntimeException malformed) {
        refuse(api.id, version, "is malformed: " + malformed.getMessage());
        return;
      }
      // A null id is as good as an empty one (RequestHeader.parse).
      String clientId = header.clientId() == null ? "" : header.clientId();
      RequestContext context = new RequestContext(id, clientId, remoteHost, api, version);
      Exchange exchange = new Exchange(this, context, request, header.correlationId());
      current = exchange;
      scope.serve(exchange, () -> handlers.of(api).handle(context, request, exchange));
    }

    private void refuse(short api, short version, String why) {
      logRefusal(api, version, why);
      hangUp();
    }

    private void write(byte[] frame) {
      if (!closed) {
        connection.write(frame);
      }
    }

    private void hangUp() {
      closed = true;
      waiting.clear();
      halfRead.forget(id);
      connection.close();
    }

    private void done(Exchange exchange) {
      if (current != exchange) {
        throw new IllegalStateException("a request was answered twice");
      }
      current = null;
      serveWaiting();
    }
  }

  /** One request that waits for its answer. */
  private final class Exchange implements Responder, OpenRequest {
    private final ClientConnection connection;
    private final RequestContext context;
    private final int correlationId;
    private ApiMessage request;
    private boolean failed;

    Exchange(
        ClientConnection connection,
        RequestContext context,
        ApiMessage request,
        int correlationId) {
      this.connection = connection;
      this.context = context;
      this.request = request;
      this.correlationId = correlationId;
    }

    @Override
    public void answer(ApiMessage response) {
      if (failed) {
        return;
      }
      byte[] frame = connection.closed ? null : encoded(response);
      if (frame != null) {
        connection.write(frame);
      }
      ended();
    }

    /** Null when the fault is told and dealt with. */
    private byte[] encoded(ApiMessage response) {
      try {
        return Envelope.response(response, context.version(), correlationId);
      } catch (RuntimeException fault) {
        scope.tell(context, fault);
        return error(fault);
      }
    }

    @Override
    public void none() {
      if (!failed) {
        ended();
      }
    }

    @Override
    public void disconnect() {
      if (!failed) {
        hangUp();
        ended();
      }
    }

    @Override
    public boolean answered() {
      return request == null;
    }

    @Override
    public void failed(Throwable fault) {
      scope.tell(context, fault);
      if (answered()) {
        return;
      }
      byte[] frame = connection.closed ? null : error(fault);
      failed = true;
      if (frame != null) {
        connection.write(frame);
      }
      ended();
    }

    /**
     * The answer that tells of a fault, as KafkaApis.handleError does; null after hanging up, where
     * an answer has no room for errors.
     */
    private byte[] error(Throwable fault) {
      try {
        ApiMessage answer = ErrorAnswers.of(context, request, Errors.forException(fault));
        return Envelope.response(answer, context.version(), correlationId);
      } catch (RuntimeException noAnswer) {
        logRefusal(context.api().id, context.version(), "cannot tell of an error: " + noAnswer);
        hangUp();
        return null;
      }
    }

    private void hangUp() {
      if (!connection.closed) {
        connection.hangUp();
      }
    }

    private void ended() {
      request = null;
      connection.done(this);
    }
  }
}
