package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Targets of images where no container engine is, in processes that are told so. */
@Timeout(120)
class NoEngineTest {
  private static final String TARGET = "docker:apache/kafka:4.3.1";

  @TempDir private Path directory;

  @Test
  void anEngineThatIsAwayIsToldInOneLineAndLeavesNothing() throws Exception {
    Path nobody = directory.resolve("nobody.sock");
    Said said = trial("unix://" + nobody, "run", "--target", TARGET, "--seed", "1");
    assertEquals(70, said.exit(), said.out() + said.err());
    assertEquals("", said.out());
    assertEquals(1, said.err().lines().count(), said.err());
    assertTrue(said.err().startsWith("trial: no container engine: unix://" + nobody), said.err());
    assertTrue(said.err().contains("start Docker, or point DOCKER_HOST at an engine"), said.err());
    assertFalse(Files.exists(directory.resolve("runs")));
  }

  @Test
  void anEngineThatIsSilentIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String host = "tcp://127.0.0.1:" + silent.getLocalPort();
      Said said = trial(host, "run", "--target", TARGET, "--seed", "1");
      assertEquals(70, said.exit(), said.out() + said.err());
      assertEquals(1, said.err().lines().count(), said.err());
      assertTrue(said.err().contains(host + ": no answer within 8 s"), said.err());
    }
  }

  @Test
  void doctorTellsWhatIsMissing() throws Exception {
    Said said = trial("unix://" + directory.resolve("nobody.sock"), "doctor");
    assertEquals(0, said.exit(), said.err());
    assertTrue(said.out().contains("no: no container engine: unix://"), said.out());
  }

  @Test
  void whatIsNoImagesNameIsRefused() {
    Said.trial("run", "--target", "docker:", "--seed", "1")
        .refused("--target docker:: no image's name", "docker:apache/kafka:");
    Said.trial("run", "--target", "docker:-rf /", "--seed", "1")
        .refused("--target docker:-rf /: no image's name");
  }

  @Test
  void aDefectOfTheReferenceClusterIsNotInAnImage() {
    Said.trial("run", "--target", TARGET, "--mutant", "high-watermark-ahead")
        .refused("--mutant high-watermark-ahead: a defect of the reference cluster");
  }

  private Said trial(String dockerHost, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.trial.app.Main"));
    command.addAll(List.of(arguments));
    if (arguments[0].equals("run")) {
      command.addAll(List.of("--out", directory.resolve("runs").toString()));
    }
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("DOCKER_HOST", dockerHost);
    builder.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
    Process trial = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new Said(trial.waitFor(), read(out), read(err));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
