package dev.trial.sim.realm;

import dev.trial.sim.kernel.Kernel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;

/**
 * One kafka-clients version and the application code that runs on it, as a world of classes of its
 * own. Child-first: what it owns it defines itself, rewritten; the harness's core, the compression
 * libraries and slf4j come from the parent. Takes part in one simulation at a time; between two,
 * its static state goes back to what it was.
 */
public final class Realm extends ClassLoader implements AutoCloseable {
  private static final String RUNTIME = "dev.trial.sim.realm.runtime.";
  private static final String KAFKA = "org.apache.kafka.";

  /** Generated data classes: nothing in them is rewritten (the census proves it). */
  private static final String MESSAGES = "org.apache.kafka.common.message.";

  private static final String LOG_CONTEXT = "org/apache/kafka/common/utils/LogContext";

  /** Where 4.4 has it. */
  private static final String MOVED_LOG_CONTEXT =
      "org/apache/kafka/common/utils/internals/LogContext";

  private static final List<String> OWNED = List.of(RUNTIME, KAFKA, "dev.trial.workloads.");
  private static final Class<?>[] KERNEL = {Kernel.class};

  static {
    registerAsParallelCapable();
  }

  private final ClassSource client;
  private final List<String> prefixes;
  private final RewrittenClasses cache;
  private final Rewriter rewriter = new Rewriter(this::superOf);
  private final Map<String, String> supers = new HashMap<>();

  /** Kafka's classes that our selector names and that this version has in another package. */
  private final Map<String, String> moved;

  private boolean used;

  /**
   * @param clientJar the kafka-clients jar, untouched
   * @param cacheDirectory where rewritten classes are kept between JVMs; null: nowhere
   * @param applicationPrefixes further class name prefixes that the realm owns; their bytes come
   *     from {@code parent}
   */
  public Realm(
      Path clientJar, Path cacheDirectory, ClassLoader parent, List<String> applicationPrefixes)
      throws IOException {
    super("realm:" + clientJar.getFileName(), parent);
    this.client = new ClassSource(clientJar);
    this.prefixes = new ArrayList<>(OWNED);
    this.prefixes.addAll(applicationPrefixes);
    this.moved = moved();
    this.cache =
        new RewrittenClasses(cacheDirectory, cacheDirectory == null ? "" : client.sha256());
  }

  private Map<String, String> moved() throws IOException {
    boolean atHome = client.bytes(LOG_CONTEXT + ".class") != null;
    return atHome ? Map.of() : Map.of(LOG_CONTEXT, MOVED_LOG_CONTEXT);
  }

  /** Takes part in that simulation. */
  public void bind(Kernel kernel) {
    if (used) {
      reset();
    }
    used = true;
    runtime("bind", KERNEL, kernel);
  }

  /** Leaves the simulation. No strand of it may run afterwards. */
  public void unbind() {
    runtime("unbind", new Class<?>[0]);
    cache.save();
  }

  /** Brings the static state of client code back to what it was when its classes were loaded. */
  public void reset() {
    runtime("resetStatics", new Class<?>[0]);
  }

  /** Runs a strand's body as the main of a process: with this realm's log and class loader. */
  public void runMain(Kernel kernel, Thread thread, Runnable body) {
    Class<?>[] types = {Kernel.class, Thread.class, Runnable.class};
    invoke(RUNTIME + "Threads", "run", types, kernel, thread, body);
  }

  private void runtime(String method, Class<?>[] types, Object... arguments) {
    invoke(RUNTIME + "Rt", method, types, arguments);
  }

  private void invoke(String owner, String method, Class<?>[] types, Object... arguments) {
    try {
      Method target = loadClass(owner).getMethod(method, types);
      target.invoke(null, arguments);
    } catch (java.lang.reflect.InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the realm's runtime is not on the class path", e);
    }
  }

  @Override
  public void close() throws IOException {
    cache.save();
    client.close();
  }

  private boolean owns(String name) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!owns(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      byte[] bytes = rewritten(name);
      definePackageOf(name);
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] rewritten(String name) throws ClassNotFoundException, IOException {
    boolean kafka = name.startsWith(KAFKA);
    byte[] cached = kafka ? cache.get(name) : null;
    if (cached != null) {
      return cached;
    }
    byte[] original = original(name.replace('.', '/') + ".class", kafka);
    if (original == null) {
      throw new ClassNotFoundException(name);
    }
    if (name.startsWith(MESSAGES)) {
      return original;
    }
    if (name.startsWith(RUNTIME)) {
      return moved.isEmpty() ? original : Rewriter.rename(original, moved);
    }
    if (!kafka) {
      WatchedCalls.refuseUnknown(original, this::superOf);
    }
    byte[] rewritten = rewriter.rewrite(original);
    if (kafka) {
      cache.put(name, rewritten);
    }
    return rewritten;
  }

  private byte[] original(String path, boolean kafka) throws IOException {
    if (kafka) {
      return client.bytes(path);
    }
    try (InputStream stream = getParent().getResourceAsStream(path)) {
      return stream == null ? null : stream.readAllBytes();
    }
  }

  private void definePackageOf(String name) {
    String packageName = name.substring(0, name.lastIndexOf('.'));
    if (getDefinedPackage(packageName) == null) {
      try {
        definePackage(packageName, null, null, null, null, null, null, null);
      } catch (IllegalArgumentException definedMeanwhile) {
        // Another thread was faster.
      }
    }
  }

  /** The superclass of a class of this realm; null for all others. */
  private String superOf(String type) {
    String name = type.replace('/', '.');
    if (!owns(name)) {
      return null;
    }
    synchronized (supers) {
      return supers.computeIfAbsent(type, key -> readSuper(key, name.startsWith(KAFKA)));
    }
  }

  private String readSuper(String type, boolean kafka) {
    try {
      byte[] bytes = original(type + ".class", kafka);
      return bytes == null ? null : new ClassReader(bytes).getSuperName();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + type, e);
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = client.url(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    URL own = client.url(name);
    if (own == null && !name.startsWith("META-INF/services/" + KAFKA)) {
      return super.getResources(name);
    }
    return own == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(own));
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    try {
      byte[] own = client.bytes(name);
      return own == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(own);
    } catch (IOException e) {
      return super.getResourceAsStream(name);
    }
  }
}
