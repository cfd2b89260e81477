package dev.trial.app.live.tools;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs several of Kafka's command line tools one after the other in one process, which a start of a
 * process for each would take most of the time of. After what a tool printed comes a line with
 * {@link #ENDED} and its exit code.
 */
public final class ToolScript {

  /** Begins the line that ends what a tool printed. */
  static final String ENDED = "=== exit ";

  private static final long PATIENCE_S = 60;

  private ToolScript() {}

  /**
   * @param args a file with one tool and its arguments on each line
   */
  public static void main(String[] args) throws Exception {
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      int code = run(line.split(" "));
      System.err.flush();
      System.out.println(ENDED + code);
      System.out.flush();
    }
    Runtime.getRuntime().halt(0);
  }

  /**
   * In a thread of its own, which ends or, where the tool would end the process, waits for ever.
   */
  private static int run(String[] words) throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Exit.setExitProcedure((code, message) -> end(ended, code));
    Exit.setHaltProcedure((code, message) -> end(ended, code));
    Method main = Class.forName(words[0]).getMethod("main", String[].class);
    Thread tool =
        new Thread(
            () -> {
              try {
                main.invoke(null, (Object) Arrays.copyOfRange(words, 1, words.length));
                ended.complete(0);
              } catch (InvocationTargetException | IllegalAccessException failed) {
                failed.printStackTrace();
                ended.complete(1);
              }
            });
    tool.setDaemon(true);
    tool.start();
    return ended.get(PATIENCE_S, TimeUnit.SECONDS);
  }

  private static void end(CompletableFuture<Integer> ended, int code) {
    ended.complete(code);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
