package dev.trial.core.world;

/**
 * Stream connections between named machines, event-driven. All callbacks run on the owner's event
 * loop. Bytes arrive in order or not at all; a connection breaks rather than lose a byte silently.
 */
public interface Network {

  /** Accepts connections on a port of the own machine. */
  void listen(int port, Acceptor acceptor);

  /** Starts connecting; the listener learns whether it worked. */
  Connection connect(Address to, ConnectionListener listener);

  /** A machine's name and a port. */
  record Address(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** Takes an accepted connection and says who listens to it. */
  interface Acceptor {
    ConnectionListener accepted(Connection connection, String remoteHost);
  }

  /** What a connection tells its owner. */
  interface ConnectionListener {

    /** An outgoing connection is established (never called for an accepted one). */
    void connected();

    /** The next bytes of the stream; the array belongs to the listener. */
    void received(byte[] bytes);

    /** The connection is gone: refused, reset, closed by the peer. Called at most once. */
    void closed();

    /** What was written has been taken, after {@link Connection#congested} was true. */
    default void drained() {}
  }

  /** One open (or opening) connection. */
  interface Connection {

    /** Queues bytes; after the connection has closed they are dropped. */
    void write(byte[] bytes);

    /** Closes without telling the own listener. */
    void close();

    /**
     * Asks for no more bytes for now, or for bytes again, as a server does that has enough to work
     * on. A hint: bytes that were under way may still come, and in simulation they all do.
     */
    default void reading(boolean on) {}

    /**
     * True while much of what was written waits for the peer to take it; {@link
     * ConnectionListener#drained} tells when it has. Never so in simulation.
     */
    default boolean congested() {
      return false;
    }
  }
}
