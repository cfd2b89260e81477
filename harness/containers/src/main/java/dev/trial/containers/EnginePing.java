package dev.trial.containers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks an engine's socket whether anybody is there, before Testcontainers goes about it, which
 * waits for long and in many places.
 */
final class EnginePing {
  private static final Path USUAL = Path.of("/var/run/docker.sock");
  private static final String QUESTION = "GET /_ping HTTP/1.0\r\n\r\n";

  private EnginePing() {}

  /**
   * Returns if something at the engine's address answers, or where it is not known which address
   * that is.
   *
   * @throws IOException if nobody listens there, or whoever listens is silent for that long
   */
  static void check(String dockerHost, long timeoutMs) throws IOException {
    try {
      SocketAddress address = address(dockerHost);
      if (address != null) {
        ask(address, timeoutMs);
      }
    } catch (IOException nobody) {
      throw new IOException(named(dockerHost) + ": " + nobody.getMessage(), nobody);
    }
  }

  private static void ask(SocketAddress address, long timeoutMs) throws IOException {
    boolean unix = address instanceof UnixDomainSocketAddress;
    try (SocketChannel channel =
            unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      if (!channel.connect(address)) {
        await(channel, selector, SelectionKey.OP_CONNECT, timeoutMs);
        channel.finishConnect();
      }
      channel.write(ByteBuffer.wrap(QUESTION.getBytes(StandardCharsets.US_ASCII)));
      await(channel, selector, SelectionKey.OP_READ, timeoutMs);
      if (channel.read(ByteBuffer.allocate(64)) <= 0) {
        throw new IOException("whoever listens says nothing");
      }
    }
  }

  private static void await(SocketChannel channel, Selector selector, int operation, long timeoutMs)
      throws IOException {
    channel.register(selector, operation);
    if (selector.select(timeoutMs) == 0) {
      throw new IOException("no answer within " + timeoutMs / 1000 + " s");
    }
    selector.selectedKeys().clear();
  }

  private static String named(String dockerHost) {
    return dockerHost == null || dockerHost.isEmpty() ? "unix://" + USUAL : dockerHost;
  }

  /** Null where Testcontainers must look for it. */
  private static SocketAddress address(String named) throws IOException {
    if (named == null || named.isEmpty()) {
      return usual();
    }
    URI uri = uri(named);
    if ("unix".equals(uri.getScheme())) {
      return UnixDomainSocketAddress.of(uri.getPath());
    }
    return "tcp".equals(uri.getScheme()) && uri.getPort() > 0 ? resolved(uri) : null;
  }

  private static SocketAddress resolved(URI uri) throws IOException {
    InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
    if (address.isUnresolved()) {
      throw new IOException("unknown host " + uri.getHost());
    }
    return address;
  }

  /** Where engines are found that nobody names, by the rules of Testcontainers' strategies. */
  private static SocketAddress usual() throws IOException {
    Path home = Path.of(System.getProperty("user.home"));
    if (Files.exists(home.resolve(".testcontainers.properties"))) {
      return null; // it may name one
    }
    List<Path> sockets = new ArrayList<>();
    sockets.add(USUAL);
    if (System.getenv("XDG_RUNTIME_DIR") != null) {
      sockets.add(Path.of(System.getenv("XDG_RUNTIME_DIR"), "docker.sock"));
    }
    sockets.add(home.resolve(".docker/run/docker.sock"));
    sockets.add(home.resolve(".docker/desktop/docker.sock"));
    if (Files.exists(home)) {
      sockets.add(Path.of("/run/user/" + Files.getAttribute(home, "unix:uid"), "docker.sock"));
    }
    for (Path socket : sockets) {
      if (Files.exists(socket)) {
        return UnixDomainSocketAddress.of(socket);
      }
    }
    throw new IOException("no such socket");
  }

  private static URI uri(String text) throws IOException {
    try {
      URI uri = URI.create(text);
      boolean whole =
          uri.getScheme() != null
              && ("unix".equals(uri.getScheme())
                  ? uri.getPath() != null && !uri.getPath().isEmpty()
                  : !"tcp".equals(uri.getScheme()) || uri.getHost() != null);
      if (whole) {
        return uri;
      }
    } catch (IllegalArgumentException noUri) {
      // told below
    }
    throw new IOException("no address of an engine; write unix:///PATH or tcp://HOST:PORT");
  }
}
