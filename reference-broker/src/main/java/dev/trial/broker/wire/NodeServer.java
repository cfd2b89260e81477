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

/**
 * Serves Kafka's protocol on a port. Of one connection, one request at a time is with its handler,
 * as in Kafka's SocketServer, so answers go out in the order of the requests.
 *
 * <p>A request that is not served (API or version) or not readable breaks the connection, as
 * Processor.parseRequestHeader in Kafka's SocketServer does, except that ApiVersions is always
 * answered (KIP-511).
 */
public final class NodeServer {

  /** Port of a broker's listener. */
  public static final int BROKER_PORT = 9092;

  /** Port of a controller's listener. */
  public static final int CONTROLLER_PORT = 9093;

  /** Begins the line that a node logs when it does not serve a request. */
  public static final String REFUSAL = "closing a connection: ";

  private final Host host;
  private final Handlers handlers;
  private final ApiVersions versions;
  private final Set<Integer> refusalsLogged = new TreeSet<>();
  private long connections;

  public NodeServer(Host host, Handlers handlers, ApiVersions versions) {
    this.host = host;
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

  /** One accepted connection and its requests in order. */
  private final class ClientConnection implements ConnectionListener {
    private final Connection connection;
    private final String remoteHost;
    private final long id;
    private final Frames frames = new Frames(this::framed);
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    private Exchange current;
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
      if (!closed && !frames.received(bytes)) {
        host.log("closing a connection of " + remoteHost + ": frame length out of bounds");
        hangUp();
      }
    }

    @Override
    public void closed() {
      closed = true;
      waiting.clear();
    }

    private void framed(ByteBuffer frame) {
      if (!closed) {
        waiting.add(frame);
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
        while (current == null && !closed && !waiting.isEmpty()) {
          serve(waiting.poll());
        }
      } finally {
        serving = false;
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
        RequestHeaderData header = Envelope.readRequestHeader(frame);
        write(Envelope.response(versions.unsupported(), (short) 0, header.correlationId()));
      } else {
        refuse(api, version, "is not served");
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
      Exchange exchange = new Exchange(this, version, header.correlationId());
      current = exchange;
      handlers
          .of(api)
          .handle(
              new RequestContext(id, header.clientId(), remoteHost, api, version),
              request,
              exchange);
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
  private record Exchange(ClientConnection connection, short version, int correlationId)
      implements Responder {

    @Override
    public void answer(ApiMessage response) {
      if (!connection.closed) {
        connection.write(Envelope.response(response, version, correlationId));
      }
      connection.done(this);
    }

    @Override
    public void none() {
      connection.done(this);
    }

    @Override
    public void disconnect() {
      if (!connection.closed) {
        connection.hangUp();
      }
      connection.done(this);
    }
  }
}
