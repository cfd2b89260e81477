package dev.trial.live.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryOrder;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.ClientProgram;
import dev.trial.core.run.Clients.ClientProcess;
import dev.trial.core.run.Clients.Signal;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunRecorder;
import dev.trial.core.world.RandomStream;
import dev.trial.live.artifact.Artifacts;
import dev.trial.live.process.Child;
import dev.trial.live.process.Launcher;
import dev.trial.live.world.LiveClock;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ForkedClientsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Artifacts ARTIFACTS = new Artifacts();

  @TempDir private Path directory;
  private final LiveClock clock = new LiveClock();
  private final RunRecorder recorder = new RunRecorder(clock, operation -> {});
  private int started;
  private Launcher launcher;
  private ForkedClients clients;

  @BeforeEach
  void clients() {
    launcher = new Launcher(directory);
    clients =
        new ForkedClients(
            launcher,
            directory,
            clock,
            42,
            "4.3.1",
            version -> ARTIFACTS.jar("org.apache.kafka:kafka-clients:" + version));
  }

  @AfterEach
  void close() {
    clients.close();
    launcher.close();
  }

  @Test
  void twoProcessesWriteOneHistory() {
    ClientProcess one = start("one", Programs.Counter.class, "count", 50);
    ClientProcess two = start("two", Programs.Counter.class, "count", 50);
    await().atMost(SOON).until(() -> !one.alive() && !two.alive());
    History history = HistoryOrder.byTime(recorder.history());
    for (ClientProcess each : List.of(one, two)) {
      List<Operation> own = own(history, each);
      assertEquals(102, own.size());
      assertTrue(own.get(0).action() instanceof Start);
      assertEquals(new End(End.How.CLOSED, null), own.get(101).action());
      for (long value = 0; value < 50; value++) {
        Operation done = own.get((int) (2 + 2 * value));
        assertEquals(new Send(value, each.client(), "topic", 0, value, null), done.action());
        assertEquals(
            new Send(value, each.client(), "topic", 0, -1, null),
            history.at(done.invocation()).action());
      }
    }
    assertTrue(history.at(history.size() - 1).timeNs() <= clock.nanos());
  }

  @Test
  void stopIsHeardEvenWhenSaidBeforeTheProcessIsUp() {
    ClientProcess counter = start("counter", Programs.Counter.class);
    clients.signal(counter, Signal.STOP);
    await().atMost(SOON).until(() -> !counter.alive());
    assertEquals(new End(End.How.CLOSED, null), last(counter));
  }

  @Test
  void eachProcessHasItsClientVersionItsSettingsAndItsRandomness() {
    ClientProcess old = start("old", Programs.Reporter.class, "client.version", "2.8.2");
    ClientProcess current = start("current", Programs.Reporter.class);
    await().atMost(SOON).until(() -> notes(old).size() == 3 && notes(current).size() == 3);
    assertTrue(old.alive(), "a thread started through the context keeps the process alive");
    clients.signal(old, Signal.CLOSE);
    clients.signal(current, Signal.CLOSE);
    await().atMost(SOON).until(() -> !old.alive() && !current.alive());
    assertEquals(
        List.of("version 2.8.2", "setting old", "draw " + draw("old"), "closing"), notes(old));
    assertEquals(
        List.of("version 4.3.1", "setting current", "draw " + draw("current"), "closing"),
        notes(current));
    assertEquals("false", ((Start) first(current)).settings().get("enable.metrics.push"));
    assertFalse(((Start) first(old)).settings().containsKey("enable.metrics.push"));
  }

  @Test
  void killLosesNothingThatWasSaidAndIsRecorded() {
    ClientProcess stuck = start("stuck", Programs.Stuck.class);
    ClientProcess counter = start("counter", Programs.Counter.class);
    await().atMost(SOON).until(() -> sends(counter) > 100 && sends(stuck) == 1);
    clients.kill(counter);
    clients.kill(stuck);
    assertFalse(counter.alive());
    assertFalse(stuck.alive());
    assertFalse(((ForkedClient) counter).child().alive());
    assertEquals(new End(End.How.CRASHED, null), last(counter));
    assertEquals(new End(End.How.CRASHED, null), last(stuck));
    assertEquals(Stage.INVOKE, own(recorder.history(), stuck).get(1).stage());
    int size = recorder.history().size();
    clients.kill(counter);
    assertEquals(size, recorder.history().size());
  }

  @Test
  void killRightAfterTheStartIsACrashToo() {
    ClientProcess counter = start("counter", Programs.Counter.class);
    clients.kill(counter);
    assertFalse(counter.alive());
    assertEquals(new End(End.How.CRASHED, null), last(counter));
  }

  @Test
  void pausedProcessDoesNothingUntilItIsResumed() throws IOException {
    ClientProcess counter = start("counter", Programs.Counter.class);
    await().atMost(SOON).until(() -> sends(counter) > 0);
    clients.pause(counter);
    int[] before = {-1};
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> before[0] == (before[0] = sends(counter)));
    assertTrue(counter.alive());
    clients.resume(counter);
    await().atMost(SOON).until(() -> sends(counter) > before[0] + 10);
    clients.pause(counter);
    clients.kill(counter);
    assertEquals(new End(End.How.CRASHED, null), last(counter));
  }

  @Test
  void failuresAreToldWithTheirCauses() {
    ClientProcess failing = start("failing", Programs.Failing.class);
    ClientProcess vanishing = start("vanishing", Programs.Vanishing.class);
    await().atMost(SOON).until(() -> !failing.alive() && !vanishing.alive());
    assertEquals(
        new End(
            End.How.FAILED,
            "java.lang.IllegalStateException: out of luck, "
                + "caused by java.lang.ArithmeticException: by zero"),
        last(failing));
    End vanished = (End) last(vanishing);
    assertEquals(End.How.FAILED, vanished.how());
    assertTrue(vanished.error().contains("without a word"), vanished.error());
  }

  @Test
  void processWithoutItsHarnessEndsAtOnce() throws IOException {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path jar = ARTIFACTS.jar("org.apache.kafka:kafka-clients:4.3.1");
      Child child =
          launcher.start(
              "orphan",
              directory,
              Map.of(ClientHost.TOKEN_VARIABLE, "token"),
              ForkedClients.command(jar, door.getLocalPort()));
      String program = Programs.Stuck.class.getName();
      try (Socket socket = door.accept()) {
        new LaunchOrder(program, "orphan", 0, 0, Map.of(), Map.of(), 1, clock.startNs())
            .write(new DataOutputStream(socket.getOutputStream()));
        assertEquals("token", new String(socket.getInputStream().readNBytes(5)));
        assertEquals('{', socket.getInputStream().read());
        assertTrue(child.alive());
      }
      await().atMost(SOON).until(() -> !child.alive());
    }
  }

  @Test
  void strangersAreNotListenedTo() throws IOException {
    ClientProcess counter = start("counter", Programs.Counter.class, "count", 3);
    try (Socket stranger =
        new Socket(InetAddress.getLoopbackAddress(), ((ForkedClient) counter).port())) {
      stranger.getOutputStream().write("0".repeat(ForkedClient.TOKEN_CHARACTERS).getBytes());
      assertEquals(-1, stranger.getInputStream().read());
    }
    await().atMost(SOON).until(() -> !counter.alive());
    assertEquals(new End(End.How.CLOSED, null), last(counter));
  }

  @Test
  void recorderWithoutTimesIsRefused() {
    Recorder timeless =
        new Recorder() {
          @Override
          public long invoke(int process, Action action) {
            return 0;
          }

          @Override
          public void complete(int process, long invocation, Stage stage, Action action) {}

          @Override
          public void fact(int process, Action action) {}
        };
    ClientPlan plan = plan("any", Programs.Stuck.class);
    assertThrows(
        IllegalArgumentException.class, () -> clients.start(plan, 0, 0, Map.of(), timeless));
  }

  // ---- what happened

  private ClientProcess start(
      String name, Class<? extends ClientProgram> program, Object... parameters) {
    return clients.start(plan(name, program, parameters), started++, 0, Map.of(), recorder);
  }

  private static ClientPlan plan(
      String name, Class<? extends ClientProgram> program, Object... parameters) {
    return new ClientPlan(
        name,
        Start.Kind.PRODUCER,
        program.getName(),
        Parameters.of(parameters),
        Map.of(),
        0,
        false);
  }

  private static List<Operation> own(History history, ClientProcess process) {
    return history.operations().stream()
        .filter(each -> each.process() == process.process())
        .toList();
  }

  private Action first(ClientProcess process) {
    return own(recorder.history(), process).get(0).action();
  }

  private Action last(ClientProcess process) {
    List<Operation> own = own(recorder.history(), process);
    return own.get(own.size() - 1).action();
  }

  private int sends(ClientProcess process) {
    return (int)
        own(recorder.history(), process).stream()
            .filter(each -> each.action() instanceof Send)
            .count();
  }

  private List<String> notes(ClientProcess process) {
    return own(recorder.history(), process).stream()
        .filter(each -> each.action() instanceof Action.Note)
        .map(each -> ((Action.Note) each.action()).text())
        .toList();
  }

  private static int draw(String client) {
    return new RandomStream(42).fork("client:" + client + "#0:dice").nextInt(1_000_000);
  }
}
