package dev.trial.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked for a Toxiproxy's version, and is none, is told in seconds. */
@Timeout(30)
class ToxiproxyPingTest {

  @ParameterizedTest
  @ValueSource(strings = {"2.1.4", "git", "{\"version\": \"2.5.0\"}\n"})
  void aToxiproxyTellsItsVersion(String version) throws IOException {
    answered(200, version);
  }

  @Test
  void anotherServerIsNoToxiproxy() {
    String told = assertThrows(IOException.class, () -> answered(404, "not found")).getMessage();
    assertEquals("what listens there is no Toxiproxy", told);
    told = assertThrows(IOException.class, () -> answered(200, "<html></html>")).getMessage();
    assertEquals("what listens there is no Toxiproxy", told);
  }

  @Test
  void whoeverIsSilentIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertEquals("no answer within 4 s", refused(silent.getLocalPort()));
    }
  }

  @Test
  void nobodyIsTold() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertEquals("Connection refused", refused(port));
  }

  private static String refused(int port) {
    return assertThrows(IOException.class, () -> ToxiproxyPing.check(url(port))).getMessage();
  }

  private static void answered(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.createContext(
        "/version",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      ToxiproxyPing.check(url(server.getAddress().getPort()));
    } finally {
      server.stop(0);
    }
  }

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
