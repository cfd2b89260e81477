package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher gives Java a locale in which every path can be named. */
class LauncherLocaleTest {
  private static final String JAVA =
      "#!/bin/sh\n"
          + "[ \"$1\" = -version ] && { echo 'openjdk version \"17.0.1\"' >&2; exit; }\n"
          + "echo \"$LC_ALL\"\n";

  @TempDir private Path home;

  @Test
  void whereItIsNotUnicodeItBecomesSo() throws IOException {
    assertEquals("C.UTF-8", localeOfJava("C"));
    assertEquals("C.UTF-8", localeOfJava("POSIX"));
    assertEquals("C.UTF-8", localeOfJava("C.UTF-8"));
  }

  /** A project that is built, with a Java that tells its locale. */
  private String localeOfJava(String locale) throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("trial"))) {
      root = root.getParent();
    }
    Files.createDirectories(home.resolve("harness/app/target"));
    Files.writeString(home.resolve("harness/app/target/built"), "");
    Files.createDirectories(home.resolve("bin"));
    Path java = Files.writeString(home.resolve("bin/java"), JAVA);
    java.toFile().setExecutable(true);
    Files.writeString(home.resolve("trial"), Files.readString(root.resolve("trial")));
    ProcessBuilder trial = new ProcessBuilder("bash", home.resolve("trial").toString(), "doctor");
    trial.environment().putAll(Map.of("LC_ALL", locale, "JAVA_HOME", home.toString()));
    byte[] said = trial.start().getInputStream().readAllBytes();
    return new String(said, StandardCharsets.UTF_8).strip();
  }
}
