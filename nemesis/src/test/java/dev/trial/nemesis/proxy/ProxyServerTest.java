package dev.trial.nemesis.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.fault.Links.Interference;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets on loopback, through toxiproxy-java where it has a word for it. */
@Timeout(30)
class ProxyServerTest {
  private static final int PRODUCE = 0;
  private static final int METADATA = 3;

  private final List<AutoCloseable> open = new ArrayList<>();
  private ProxyServer server;
  private ToxiproxyClient toxiproxy;
  private ServerSocket upstream;

  @BeforeEach
  void start() throws IOException {
    server = ProxyServer.start(new TestCodec());
    toxiproxy = new ToxiproxyClient("127.0.0.1", server.httpPort());
    upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stopWithoutLeavingThreads() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    upstream.close();
    server.close();
    await().until(() -> proxyThreads().isEmpty());
  }

  private static List<String> proxyThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("trial-proxy"))
        .toList();
  }

  /** A client's socket and the server's end of it. */
  private record Pair(Socket client, Socket server) {}

  private Pair connect(int port) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    Socket accepted = upstream.accept();
    client.setSoTimeout(10_000);
    accepted.setSoTimeout(10_000);
    open.add(client);
    open.add(accepted);
    return new Pair(client, accepted);
  }

  private String address() {
    return "127.0.0.1:" + upstream.getLocalPort();
  }

  private int plain(String name) throws IOException {
    return server.add(name, 0, address(), false);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String receive(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
  }

  /** Nothing arrives within a little while. */
  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(150);
    assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    socket.setSoTimeout(10_000);
  }

  @Test
  void proxiesAndToxicsAreManagedThroughTheToxiproxyClient() throws IOException {
    assertTrue(toxiproxy.version().startsWith("2."));
    Proxy proxy = toxiproxy.createProxy("a", "127.0.0.1:0", address());
    assertEquals(List.of("a"), toxiproxy.getProxies().stream().map(Proxy::getName).toList());
    assertThrows(IOException.class, () -> toxiproxy.createProxy("a", "127.0.0.1:0", address()));
    proxy.toxics().latency("l", ToxicDirection.UPSTREAM, 7).setJitter(3);
    proxy.toxics().bandwidth("b", ToxicDirection.UPSTREAM, 9).setRate(10);
    proxy.toxics().slowClose("s", ToxicDirection.DOWNSTREAM, 5).setToxicity(0.5f);
    proxy.toxics().timeout("t", ToxicDirection.DOWNSTREAM, 5);
    proxy.toxics().slicer("c", ToxicDirection.DOWNSTREAM, 5, 1).setSizeVariation(2);
    proxy.toxics().limitData("d", ToxicDirection.DOWNSTREAM, 5);
    proxy.toxics().resetPeer("r", ToxicDirection.DOWNSTREAM, 5);
    assertEquals(
        "[l, b, s, t, c, d, r]",
        proxy.toxics().getAll().stream().map(toxic -> toxic.getName()).toList().toString());
    assertEquals(0.5f, proxy.toxics().get("s").getToxicity());
    proxy.toxics().get("l").remove();
    assertEquals(6, proxy.toxics().getAll().size());
    toxiproxy.reset();
    assertEquals(0, proxy.toxics().getAll().size());
    proxy.delete();
    assertEquals(List.of(), toxiproxy.getProxies());
    assertEquals(null, toxiproxy.getProxyOrNull("a"));
  }

  @Test
  void unknownToxicsAndForeignAddressesAreRefused() throws IOException {
    plain("a");
    IllegalArgumentException unknown =
        assertThrows(
            IllegalArgumentException.class, () -> server.afflict("a", "cat", true, Map.of()));
    assertTrue(unknown.getMessage().contains("did you mean 'cut'"), unknown.getMessage());
    assertThrows(IllegalArgumentException.class, () -> server.upstream("a", "198.51.100.1:9092"));
  }

  @Test
  void bytesAndTheEndOfTheStreamPassBothWays() throws IOException {
    Pair pair = connect(plain("a"));
    send(pair.client, "question");
    assertEquals("question", receive(pair.server, 8));
    send(pair.server, "answer");
    pair.server.shutdownOutput();
    assertEquals("answer", receive(pair.client, 6));
    assertEquals(-1, pair.client.getInputStream().read());
    send(pair.client, "more");
    assertEquals("more", receive(pair.server, 4));
  }

  @Test
  void aCutHoldsBytesOneWayUntilItHeals() throws IOException {
    Pair pair = connect(plain("a"));
    String cut = server.afflict("a", "cut", true, Map.of());
    send(pair.client, "late");
    send(pair.server, "now");
    assertEquals("now", receive(pair.client, 3));
    assertSilent(pair.server);
    server.cure("a", cut);
    assertEquals("late", receive(pair.server, 4));
  }

  @Test
  void disablingClosesConnectionsAndEnablingKeepsThePort() throws IOException {
    int port = plain("a");
    Pair pair = connect(port);
    Proxy proxy = toxiproxy.getProxy("a");
    proxy.disable();
    assertEquals(-1, pair.server.getInputStream().read());
    assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port));
    proxy.enable();
    Pair again = connect(port);
    send(again.client, "x");
    assertEquals("x", receive(again.server, 1));
  }

  @Test
  void aResetIsSeenAsOneByBothPeers() throws IOException {
    int port = plain("a");
    // Many connections: a pump that closed the other end softly won the race on one in some
    // hundred.
    for (int i = 0; i < 300; i++) {
      Pair pair = connect(port);
      send(pair.client, "x");
      assertEquals("x", receive(pair.server, 1));
      server.reset("a");
      assertThrows(SocketException.class, () -> pair.client.getInputStream().read());
      assertThrows(SocketException.class, () -> pair.server.getInputStream().read());
    }
  }

  @Test
  void latencyDelaysBytesWithoutThrottlingThem() throws IOException {
    Pair pair = connect(plain("a"));
    toxiproxy.getProxy("a").toxics().latency("l", ToxicDirection.UPSTREAM, 300);
    long startNs = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      send(pair.client, "x");
      send(pair.server, "y");
      receive(pair.client, 1);
    }
    receive(pair.server, 20);
    long tookMs = Duration.ofNanos(System.nanoTime() - startNs).toMillis();
    assertTrue(tookMs >= 300 && tookMs < 3_000, tookMs + " ms");
  }

  @Test
  void slicedAndThrottledBytesArriveWhole() throws IOException {
    Pair pair = connect(plain("a"));
    toxiproxy.getProxy("a").toxics().slicer("s", ToxicDirection.UPSTREAM, 50, 10);
    toxiproxy.getProxy("a").toxics().bandwidth("b", ToxicDirection.UPSTREAM, 100);
    byte[] sent = new byte[20_000];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 31 + i / 251);
    }
    long startNs = System.nanoTime();
    pair.client.getOutputStream().write(sent);
    assertArrayEquals(sent, pair.server.getInputStream().readNBytes(sent.length));
    assertTrue(Duration.ofNanos(System.nanoTime() - startNs).toMillis() >= 150);
  }

  @Test
  void limitedDataEndsTheConnectionAfterThatMuch() throws IOException {
    Pair pair = connect(plain("a"));
    toxiproxy.getProxy("a").toxics().limitData("d", ToxicDirection.UPSTREAM, 5);
    send(pair.client, "1234567");
    assertEquals("12345", receive(pair.server, 99));
  }

  @Test
  void timeoutAndResetPeerEndConnections() throws IOException {
    int port = plain("a");
    toxiproxy.getProxy("a").toxics().timeout("t", ToxicDirection.UPSTREAM, 100);
    Pair timed = connect(port);
    send(timed.client, "swallowed");
    assertEquals("", receive(timed.server, 9));
    toxiproxy.getProxy("a").toxics().get("t").remove();
    toxiproxy.getProxy("a").toxics().resetPeer("r", ToxicDirection.DOWNSTREAM, 100);
    Pair reset = connect(port);
    assertThrows(SocketException.class, () -> reset.client.getInputStream().read());
  }

  @Test
  void slowCloseKeepsTheEndBack() throws IOException {
    Pair pair = connect(plain("a"));
    toxiproxy.getProxy("a").toxics().slowClose("s", ToxicDirection.UPSTREAM, 300);
    long startNs = System.nanoTime();
    pair.client.close();
    assertEquals(-1, pair.server.getInputStream().read());
    assertTrue(Duration.ofNanos(System.nanoTime() - startNs).toMillis() >= 300);
  }

  // ---- Kafka's frames

  @Test
  void aDroppedAnswerTakesAllLaterOnesWithItUntilTheConnectionCloses() throws IOException {
    int port = kafka();
    Pair pair = connect(port);
    server.afflict("k", "kafka_drop", false, Map.of("api", "PRODUCE", "count", "1"));
    exchange(pair, METADATA, 1);
    request(pair, PRODUCE, 2);
    answer(pair, 2);
    request(pair, METADATA, 3);
    answer(pair, 3);
    assertSilent(pair.client);
    pair.client.close();
    exchange(connect(port), PRODUCE, 1);
  }

  @Test
  void aDelayedAnswerComesLateAndInOrder() throws IOException {
    Pair pair = connect(kafka());
    server.afflict(
        "k", "kafka_delay", false, Map.of("api", "PRODUCE", "count", "1", "delay", "200"));
    long startNs = System.nanoTime();
    request(pair, PRODUCE, 1);
    request(pair, METADATA, 2);
    answer(pair, 1);
    answer(pair, 2);
    assertEquals(1, ByteBuffer.wrap(frame(pair.client)).getInt());
    assertTrue(Duration.ofNanos(System.nanoTime() - startNs).toMillis() >= 200);
    assertEquals(2, ByteBuffer.wrap(frame(pair.client)).getInt());
    exchange(pair, PRODUCE, 3);
  }

  @Test
  void aRefusalKeepsItsPlaceAmongTheAnswers() throws IOException {
    Pair pair = connect(kafka());
    request(pair, METADATA, 1);
    server.afflict(
        "k", "kafka_refuse", true, Map.of("api", "PRODUCE", "count", "1", "error", "NOT_LEADER"));
    writeRequest(pair, PRODUCE, 2);
    writeRequest(pair, PRODUCE, 3);
    assertEquals(3, ByteBuffer.wrap(frame(pair.server)).getInt(4));
    assertSilent(pair.client);
    answer(pair, 1);
    answer(pair, 3);
    assertEquals(1, ByteBuffer.wrap(frame(pair.client)).getInt());
    byte[] refusal = frame(pair.client);
    assertEquals(2, ByteBuffer.wrap(refusal).getInt());
    assertEquals("NOT_LEADER", new String(refusal, 4, refusal.length - 4, StandardCharsets.UTF_8));
    assertEquals(3, ByteBuffer.wrap(frame(pair.client)).getInt());
  }

  @Test
  void aFrozenConnectionDeliversNothingUntilItThaws() throws IOException {
    Pair pair = connect(kafka());
    String freeze = server.afflict("k", "kafka_freeze", true, Map.of("buffer", "0"));
    writeRequest(pair, PRODUCE, 1);
    assertSilent(pair.server);
    server.cure("k", freeze);
    assertEquals(1, ByteBuffer.wrap(frame(pair.server)).getInt(4));
  }

  @Test
  void liveLinksCutTheDirectionTheyAreTold() throws IOException {
    int port = server.add("k", 0, address(), true);
    LinkRegistry registry = new LinkRegistry();
    registry.register(LinkRegistry.CLIENTS, "broker-1", "k");
    LiveLinks links = new LiveLinks(server, registry, () -> List.of("p", "c"));
    Pair pair = connect(port);
    links.cut("1", List.of("broker-1"), List.of("broker-2", "p", "c"));
    request(pair, METADATA, 1);
    answer(pair, 1);
    assertSilent(pair.client);
    links.heal("1");
    assertEquals(1, ByteBuffer.wrap(frame(pair.client)).getInt());
    links.cut("2", List.of("p", "c"), List.of("broker-1"));
    writeRequest(pair, METADATA, 2);
    assertSilent(pair.server);
    links.healAll();
    assertEquals(2, ByteBuffer.wrap(frame(pair.server)).getInt(4));
    answer(pair, 2);
    frame(pair.client);
    links.delay("3", List.of("broker-1"), List.of("p", "c"), 100, 0);
    long startNs = System.nanoTime();
    exchange(pair, METADATA, 3);
    assertTrue(Duration.ofNanos(System.nanoTime() - startNs).toMillis() >= 200);
    links.heal("3");
    links.interfere("4", List.of("broker-1"), new Interference.DropAnswer("PRODUCE", 1));
    request(pair, PRODUCE, 4);
    answer(pair, 4);
    assertSilent(pair.client);
    links.reset(List.of("p", "c"), List.of("broker-1"));
    assertThrows(SocketException.class, () -> pair.client.getInputStream().read());
    links.healAll();
    assertFalse(toxiproxy.getProxy("k").toxics().getAll().iterator().hasNext());
  }

  @Test
  void aFaultOnOneOfManyClientsIsRefused() {
    LiveLinks links = new LiveLinks(server, new LinkRegistry(), () -> List.of("p", "c"));
    assertThrows(
        UnsupportedOperationException.class,
        () -> links.cut("1", List.of("p"), List.of("broker-1")));
  }

  private int kafka() throws IOException {
    return server.add("k", 0, address(), true);
  }

  private static void writeRequest(Pair pair, int api, int correlation) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(ByteBuffer.allocate(4).putInt(12).array());
    bytes.write(
        ByteBuffer.allocate(12)
            .putShort((short) api)
            .putShort((short) 9)
            .putInt(correlation)
            .array());
    pair.client.getOutputStream().write(bytes.toByteArray());
  }

  private static void request(Pair pair, int api, int correlation) throws IOException {
    writeRequest(pair, api, correlation);
    assertEquals(correlation, ByteBuffer.wrap(frame(pair.server)).getInt(4));
  }

  private static void answer(Pair pair, int correlation) throws IOException {
    byte[] bytes = ByteBuffer.allocate(8).putInt(4).putInt(correlation).array();
    pair.server.getOutputStream().write(bytes);
  }

  private static void exchange(Pair pair, int api, int correlation) throws IOException {
    request(pair, api, correlation);
    answer(pair, correlation);
    assertEquals(correlation, ByteBuffer.wrap(frame(pair.client)).getInt());
  }

  private static byte[] frame(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    return frame;
  }

  /** Correlation id and the error's name stand for an answer. */
  private static final class TestCodec implements RefusalCodec {
    @Override
    public int apiKey(String api) {
      return switch (api) {
        case "PRODUCE" -> PRODUCE;
        case "METADATA" -> METADATA;
        default -> -1;
      };
    }

    @Override
    public boolean expectsAnswer(byte[] request) {
      return true;
    }

    @Override
    public Optional<byte[]> refuse(byte[] request, String error) {
      byte[] text = error.getBytes(StandardCharsets.UTF_8);
      return Optional.of(
          ByteBuffer.allocate(4 + text.length)
              .putInt(ByteBuffer.wrap(request).getInt(4))
              .put(text)
              .array());
    }
  }
}
