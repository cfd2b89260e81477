package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.targets.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser; skipped where there is none. */
class ReportInBrowserTest {
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--dump-dom");

  @TempDir private Path directory;

  @Test
  void everySectionIsDrawn() throws IOException, InterruptedException {
    String browser =
        BROWSERS.stream()
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst()
            .orElse(null);
    assumeTrue(browser != null, "no Chromium on this machine");
    RunResult result;
    try (Target target = SpecFixture.simulation()) {
      result = SpecFixture.run(target, SpecFixture.spec(target, "acks-1-tail-loss", 1), directory);
    }
    Path report = Path.of(result.summary().directory()).resolve("report.html");
    String page = dom(browser, report);
    assertTrue(page.contains("<title>acks-1-tail-loss · as expected · seed 1 · Trial</title>"));
    for (String section :
        List.of(
            "proof",
            "faults",
            "latency",
            "rates",
            "lanes",
            "leadership",
            "groups",
            "lag",
            "settings")) {
      assertFalse(
          page.contains("<section id=\"" + section + "\" hidden"), section + " is not drawn");
    }
    String proof = page.substring(page.indexOf("<section id=\"proof\""));
    String meanwhile = proof.substring(0, proof.indexOf("</section>"));
    assertTrue(meanwhile.contains("partition from brokers, both ways: hits broker-"), meanwhile);
    assertTrue(page.contains(">answered<"), "each series has its legend");
    assertEquals(
        3,
        Stream.of(page.split("<canvas")).skip(1).count(),
        "latency, throughput and lag are plotted");
    fitsANarrowScreen(browser, report);
  }

  private void fitsANarrowScreen(String browser, Path report)
      throws IOException, InterruptedException {
    String measuring =
        "<script>document.body.dataset.fits = innerWidth < 600"
            + " && document.documentElement.scrollWidth <= innerWidth;</script></body>";
    String measured = Files.readString(report).replace("</body>", measuring);
    Path narrow = Files.writeString(directory.resolve("narrow.html"), measured);
    String page = dom(browser, narrow, "--window-size=390,844");
    assertTrue(page.contains("data-fits=\"true\""), page.substring(page.indexOf("<body")));
  }

  private String dom(String browser, Path report, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(browser);
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + directory.resolve("profile"));
    command.addAll(List.of(more));
    command.add(report.toUri().toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String page = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return page;
  }
}
