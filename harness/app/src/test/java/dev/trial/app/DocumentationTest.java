package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.command.TrialCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the pages point at is there: other pages, their sections, commands and options. */
class DocumentationTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern COMMAND = Pattern.compile("\\./trial ([a-z]+)([^\\n`|>;&]*)");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  private static final Path ROOT = JsonForms.root();
  private static final Path README = ROOT.resolve("README.md");

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(README), files.sorted())
          .filter(file -> file.toString().endsWith(suffix))
          .toList();
    }
  }

  private static List<String> links(Path page) throws IOException {
    String prose = CODE.matcher(Files.readString(page)).replaceAll("");
    return LINK.matcher(prose).results().map(found -> found.group(1)).toList();
  }

  private static boolean elsewhere(String link) {
    return link.contains(":");
  }

  private static Path target(Path page, String link) {
    String path = link.replaceFirst("#.*", "");
    return path.isEmpty() ? page : page.resolveSibling(path).normalize();
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int followed = 0;
    for (Path page : files(".md")) {
      for (String link : links(page)) {
        if (!elsewhere(link)) {
          followed++;
          if (!leads(target(page, link), link)) {
            broken.add(ROOT.relativize(page) + ": " + link);
          }
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(followed > 20, followed + " links");
  }

  private static boolean leads(Path target, String link) throws IOException {
    if (!Files.exists(target)) {
      return false;
    }
    return !link.contains("#") || sections(target).contains(link.replaceFirst(".*#", ""));
  }

  /** As GitHub names them. */
  private static Set<String> sections(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(found -> found.group(1).toLowerCase().replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** A page that nobody links to is not read. */
  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    Set<Path> reached = new TreeSet<>(List.of(README));
    Deque<Path> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      Path page = open.pop();
      for (String link : links(page)) {
        Path next = target(page, link);
        if (!elsewhere(link) && next.toString().endsWith(".md") && reached.add(next)) {
          open.push(next);
        }
      }
    }
    assertEquals(new TreeSet<>(files(".md")), reached);
  }

  /** A command line goes on in the next line after a backslash, or where that has an option. */
  @Test
  void everyCommandLineIsOneThatTrialKnows() throws IOException {
    CommandLine trial = new CommandLine(new TrialCommand());
    List<String> unknown = new ArrayList<>();
    int seen = 0;
    for (Path file : Stream.concat(files(".md").stream(), files(".yml").stream()).toList()) {
      String text = Files.readString(file).replaceAll("\\\\?\\n\\s*(?=--)", " ");
      for (MatchResult found : COMMAND.matcher(text).results().toList()) {
        seen++;
        unknown.addAll(unknown(trial, found, ROOT.relativize(file) + ": "));
      }
    }
    assertEquals(List.of(), unknown);
    assertTrue(seen > 50, seen + " command lines");
  }

  private static List<String> unknown(CommandLine trial, MatchResult found, String place) {
    CommandLine command = trial.getSubcommands().get(found.group(1));
    if (command == null) {
      return List.of(place + found.group());
    }
    return OPTION
        .matcher(found.group(2))
        .results()
        .map(MatchResult::group)
        .filter(option -> !command.getCommandSpec().optionsMap().containsKey(option))
        .map(option -> place + found.group(1) + " has no " + option)
        .toList();
  }

  /** The list of commands in the README has all that a user types. */
  @Test
  void theReadmeNamesEveryCommand() throws IOException {
    String readme = Files.readString(README);
    List<String> missing =
        new CommandLine(new TrialCommand())
            .getSubcommands().keySet().stream()
                .filter(name -> Arrays.stream(readme.split("\\W+")).noneMatch(name::equals))
                .toList();
    assertEquals(List.of(), missing);
  }
}
