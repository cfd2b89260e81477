package dev.trial.sim.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Every call of a client jar that could leave the simulation is answered or known to be safe. */
class CensusTest {
  private static final String MESSAGES = "org/apache/kafka/common/message/";

  /** Handlers in the midst of what they cover: they stay, as no run calls these often. */
  private static final List<String> FROM_BEFORE_THEIR_BEGINNING =
      List.of(
          "SystemTime.waitObject",
          "SaslClientAuthenticator.firstPrincipal",
          "KafkaFutureImpl$SingleWaiter.await",
          "KafkaMetric.metricValue");

  /** The last patch of every minor release that runs in simulation. */
  private static List<String> releases() {
    return List.of(
        "2.8.2", "3.0.2", "3.1.2", "3.2.3", "3.3.2", "3.4.1", "3.5.2", "3.6.2", "3.7.2", "3.8.1",
        "3.9.2", "4.0.2", "4.1.2", "4.2.2", "4.3.1", "4.4.0");
  }

  /** What was seen in a release: each test asks for the same. */
  private static final Map<String, List<WatchedCalls.Site>> SEEN = new TreeMap<>();

  private record Allowed(String type, String call) {
    boolean covers(WatchedCalls.Site site) {
      return site.type().startsWith(type) && site.call().startsWith(call);
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void noCallIsUnknown(String version) throws IOException {
    List<WatchedCalls.Site> sites = sites(version);
    List<Allowed> allowed = allowed();
    TreeSet<String> unknown = new TreeSet<>();
    for (WatchedCalls.Site site : sites) {
      if (!site.answered() && allowed.stream().noneMatch(entry -> entry.covers(site))) {
        unknown.add(site.toString());
      }
    }
    assertEquals(new TreeSet<>(), unknown);
    assertTrue(sites.size() > 1000, "the census sees next to nothing: " + sites.size());
  }

  @ParameterizedTest
  @MethodSource("releases")
  void generatedMessagesNeedNoRewriting(String version) throws IOException {
    List<String> rewritten = new ArrayList<>();
    for (WatchedCalls.Site site : sites(version)) {
      if (site.type().startsWith(MESSAGES)) {
        rewritten.add(site.toString());
      }
    }
    assertEquals(List.of(), rewritten);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void everyReplacementHasTheConstructorsThatAreCalled(String version) throws Exception {
    TreeSet<String> missing = new TreeSet<>();
    for (WatchedCalls.Site site : sites(version)) {
      int at = site.call().indexOf(".<init>");
      if (at > 0 && site.answered()) {
        String type = CallRules.constructed(site.call().substring(0, at)).replace('/', '.');
        String descriptor = site.call().substring(at + ".<init>".length());
        if (!hasConstructor(Class.forName(type), descriptor)) {
          missing.add(site.toString());
        }
      }
    }
    assertEquals(new TreeSet<>(), missing);
  }

  private static boolean hasConstructor(Class<?> type, String descriptor) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (org.objectweb.asm.Type.getConstructorDescriptor(constructor).equals(descriptor)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void everyAllowedEntryIsNeeded() throws IOException {
    List<WatchedCalls.Site> sites = new ArrayList<>();
    for (String version : releases()) {
      sites.addAll(sites(version));
    }
    for (Allowed entry : allowed()) {
      assertTrue(
          sites.stream().anyMatch(site -> !site.answered() && entry.covers(site)),
          () -> entry + " covers nothing");
    }
  }

  @Test
  void applicationCodeThatWouldLeaveTheSimulationIsRefusedByName() throws IOException {
    byte[] bytes;
    try (InputStream stream = Leaving.class.getResourceAsStream("CensusTest$Leaving.class")) {
      bytes = stream.readAllBytes();
    }
    UnsupportedOperationException refused =
        assertThrows(
            UnsupportedOperationException.class,
            () -> WatchedCalls.refuseUnknown(bytes, type -> null));
    assertTrue(refused.getMessage().contains("java/util/Timer"), refused.getMessage());
  }

  /** Code as no client program may be. */
  static final class Leaving {
    final java.util.Timer timer = new java.util.Timer();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.3.1", "3.9.1", "2.8.2"})
  void noHandlerThatLeavesAMonitorCoversItself(String version) throws IOException {
    Map<String, byte[]> classes = classes(version);
    Rewriter rewriter = new Rewriter(hierarchy(classes));
    TreeSet<String> covered = new TreeSet<>();
    int handlers = 0;
    for (byte[] bytes : classes.values()) {
      ClassNode type = new ClassNode();
      new ClassReader(rewriter.rewrite(bytes)).accept(type, ClassReader.SKIP_FRAMES);
      for (MethodNode method : type.methods) {
        handlers += method.tryCatchBlocks.size();
        if (method.tryCatchBlocks.stream().anyMatch(CensusTest::coversItself)) {
          covered.add(type.name.replaceAll(".*/", "") + "." + method.name);
        }
      }
    }
    covered.removeAll(FROM_BEFORE_THEIR_BEGINNING);
    assertEquals(new TreeSet<>(), covered);
    assertTrue(handlers > 500, "next to no handlers were seen: " + handlers);
  }

  private static boolean coversItself(TryCatchBlockNode block) {
    boolean handling = false;
    for (AbstractInsnNode at = block.start; at != block.end; at = at.getNext()) {
      handling |= at == block.handler;
      if (handling && at instanceof MethodInsnNode call && isExit(call)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isExit(MethodInsnNode call) {
    return call.owner.equals(RewritingMethod.MONITORS) && call.name.equals("exit");
  }

  private static Hierarchy hierarchy(Map<String, byte[]> classes) {
    return type ->
        classes.containsKey(type) ? new ClassReader(classes.get(type)).getSuperName() : null;
  }

  private static List<WatchedCalls.Site> sites(String version) throws IOException {
    if (!SEEN.containsKey(version)) {
      SEEN.put(version, look(version));
    }
    return SEEN.get(version);
  }

  private static List<WatchedCalls.Site> look(String version) throws IOException {
    Map<String, byte[]> classes = classes(version);
    Hierarchy hierarchy = hierarchy(classes);
    List<WatchedCalls.Site> sites = new ArrayList<>();
    for (byte[] bytes : classes.values()) {
      sites.addAll(WatchedCalls.all(bytes, hierarchy));
    }
    assertFalse(sites.isEmpty());
    return sites;
  }

  private static Map<String, byte[]> classes(String version) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (JarFile jar = new JarFile(RealmTest.jar(version).toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.startsWith("org/apache/kafka/") && name.endsWith(".class")) {
          byte[] bytes = jar.getInputStream(entry).readAllBytes();
          classes.put(name.substring(0, name.length() - ".class".length()), bytes);
        }
      }
    }
    assertFalse(classes.isEmpty());
    return classes;
  }

  private static List<Allowed> allowed() throws IOException {
    List<Allowed> allowed = new ArrayList<>();
    try (InputStream stream = CensusTest.class.getResourceAsStream("census-allowed.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        if (!line.startsWith("#")) {
          String[] parts = line.split(" \\| ", 3);
          assertEquals(3, parts.length, line);
          allowed.add(new Allowed(parts[0].strip(), parts[1].strip()));
        }
      }
    }
    return allowed;
  }
}
