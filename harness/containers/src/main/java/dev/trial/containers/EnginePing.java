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

/**
 * Asks an engine's socket whether anybody is there, before Testcontainers goes about it, which
 * waits for long and in many places.
 */
final class EnginePing {
  private static final String USUAL = "unix:///var/run/docker.sock";
  private static final String QUESTION = "GET /_ping HTTP/1.0\r\n\r\n";

  private EnginePing() {}

  /**
   * Returns if something at the engine's address answers, or where it is not known which address
   * that is.
   *
   * @throws IOException if nobody listens there, or whoever listens is silent for that long
   */
  static void check(String dockerHost, long timeoutMs) throws IOException {
    SocketAddress address = address(dockerHost);
    if (address == null) {
      return;
    }
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
    } catch (IOException nobody) {
      throw new IOException(dockerHost(dockerHost) + ": " + nobody.getMessage(), nobody);
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

  private static String dockerHost(String named) {
    return named == null || named.isEmpty() ? USUAL : named;
  }

  /** Null where Testcontainers must look for it. */
  private static SocketAddress address(String named) throws IOException {
    URI uri = uri(dockerHost(named));
    if ("unix".equals(uri.getScheme())) {
      boolean elsewhere =
          (named == null || named.isEmpty()) && !Files.exists(Path.of(uri.getPath()));
      return elsewhere ? null : UnixDomainSocketAddress.of(uri.getPath());
    }
    return "tcp".equals(uri.getScheme()) && uri.getPort() > 0
        ? new InetSocketAddress(uri.getHost(), uri.getPort())
        : null;
  }

  private static URI uri(String text) throws IOException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException bad) {
      throw new IOException("DOCKER_HOST is no address: " + text, bad);
    }
  }
}
