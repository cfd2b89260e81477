package dev.trial.live.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Starts children through one long-lived shell that holds a pipe to this JVM. A parent-death signal
 * is tied to the thread that forked, so the JVM's own short-lived threads cannot give it; the shell
 * can. Every child's pid and start time go to a pid file, so that whatever could still be left is
 * found and ended by the next run ({@link PidFile#sweep}).
 */
public final class Launcher implements AutoCloseable {
  private final Path directory;
  private final PidFile pids;
  private final Process shell;
  private final BufferedReader answers;

  /** Starts the launcher; scripts, logs and the pid file go to {@code directory}. */
  public Launcher(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      Path script = directory.resolve("launcher.sh");
      try (InputStream in = Launcher.class.getResourceAsStream("launcher.sh")) {
        Files.write(script, in.readAllBytes());
      }
      shell =
          new ProcessBuilder("bash", script.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      answers = shell.inputReader(StandardCharsets.UTF_8);
      pids = new PidFile(directory.resolve("pids"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the process launcher (is bash there?)", e);
    }
  }

  /**
   * Starts a command.
   *
   * @param name unique among the children; its output goes to NAME.sh.log
   * @param environment variables on top of this process's
   */
  public synchronized Child start(
      String name, Path workingDirectory, Map<String, String> environment, List<String> command) {
    try {
      Path script = directory.resolve(name + ".sh");
      Files.writeString(script, script(workingDirectory, environment, command));
      String answer = ask("start " + name + " " + script);
      long pid = Long.parseLong(answer.substring(answer.lastIndexOf(' ') + 1));
      pids.add(pid, name);
      return new Child(this, pid, name, directory.resolve(name + ".sh.log"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  synchronized void signal(String signal, long pid) {
    try {
      ask("signal " + signal + " " + pid);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send SIG" + signal, e);
    }
  }

  private String ask(String line) throws IOException {
    OutputStream out = shell.getOutputStream();
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the process launcher is gone");
    }
    return answer;
  }

  private static String script(
      Path workingDirectory, Map<String, String> environment, List<String> command) {
    StringBuilder text = new StringBuilder("cd ").append(quoted(workingDirectory.toString()));
    environment.forEach(
        (name, value) -> text.append("\nexport ").append(name).append('=').append(quoted(value)));
    text.append("\nexec");
    command.forEach(word -> text.append(' ').append(quoted(word)));
    return text.append('\n').toString();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Kills every child and ends the launcher. */
  @Override
  public synchronized void close() {
    try {
      shell.getOutputStream().close();
      shell.waitFor();
      pids.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Appends a line to a text file, creating it. */
  static void append(Path file, String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
