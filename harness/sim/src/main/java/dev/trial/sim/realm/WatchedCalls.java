package dev.trial.sim.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds the calls that could leave the simulation or depend on more than the seed (blocking, time,
 * entropy, identity order, threads, sockets, files) and that the rewriter does not answer.
 */
final class WatchedCalls {
  private static final String CONCURRENT = "java/util/concurrent/";
  private static final String COLLECTORS = "java/util/stream/Collectors";
  private static final String JDK = "java";

  /** Classes of java.util.concurrent that never block and know neither time nor thread. */
  private static final Set<String> HARMLESS =
      Set.of(
          "Callable",
          "CompletableFuture",
          "CompletionStage",
          "ConcurrentHashMap",
          "ConcurrentHashMap$KeySetView",
          "ConcurrentLinkedDeque",
          "ConcurrentLinkedQueue",
          "ConcurrentMap",
          "ConcurrentNavigableMap",
          "ConcurrentSkipListMap",
          "ConcurrentSkipListSet",
          "CopyOnWriteArrayList",
          "CopyOnWriteArraySet",
          "Delayed",
          "Executor",
          "Future",
          "TimeUnit");

  /** Interfaces and classes whose objects inside a realm are always simulated ones. */
  private static final Set<String> SIMULATED =
      Set.of(
          "ArrayBlockingQueue",
          "BlockingQueue",
          "CountDownLatch",
          "ExecutorService",
          "FutureTask",
          "LinkedBlockingQueue",
          "PriorityBlockingQueue",
          "RunnableFuture",
          "ScheduledExecutorService",
          "ScheduledFuture",
          "Semaphore",
          "ThreadFactory",
          "ThreadLocalRandom",
          "locks/Condition",
          "locks/Lock",
          "locks/ReadWriteLock",
          "locks/ReentrantLock",
          "locks/ReentrantReadWriteLock",
          "locks/ReentrantReadWriteLock$ReadLock",
          "locks/ReentrantReadWriteLock$WriteLock");

  private static final Set<String> THREAD_CALLS =
      Set.of(
          "activeCount",
          "currentThread",
          "enumerate",
          "getAllStackTraces",
          "getState",
          "holdsLock",
          "interrupt",
          "interrupted",
          "isAlive",
          "isInterrupted",
          "join",
          "ofPlatform",
          "ofVirtual",
          "onSpinWait",
          "resume",
          "sleep",
          "start",
          "startVirtualThread",
          "stop",
          "suspend",
          "yield");

  private static final Set<String> OUTSIDE =
      Set.of(
          "java/lang/Process",
          "java/lang/ProcessBuilder",
          "java/lang/ProcessHandle",
          "java/io/FileInputStream",
          "java/io/FileOutputStream",
          "java/io/FileReader",
          "java/io/FileWriter",
          "java/io/RandomAccessFile",
          "java/io/Console",
          "java/net/Socket",
          "java/net/ServerSocket",
          "java/net/DatagramSocket",
          "java/net/URLConnection",
          "java/net/HttpURLConnection",
          "java/net/http/HttpClient",
          "java/net/NetworkInterface",
          "java/nio/file/Files",
          "java/nio/channels/FileChannel",
          "java/nio/channels/Selector",
          "java/nio/channels/ServerSocketChannel",
          "java/nio/channels/SocketChannel",
          "java/lang/management/ManagementFactory",
          "java/util/Timer",
          "java/util/IdentityHashMap",
          "java/util/WeakHashMap");

  /** Single methods, as owner.name or owner.name+descriptor. */
  private static final Set<String> METHODS =
      Set.of(
          "java/lang/Math.random",
          "java/lang/Runtime.addShutdownHook",
          "java/lang/Runtime.availableProcessors",
          "java/lang/Runtime.exec",
          "java/lang/Runtime.exit",
          "java/lang/Runtime.freeMemory",
          "java/lang/Runtime.halt",
          "java/lang/Runtime.maxMemory",
          "java/lang/Runtime.totalMemory",
          "java/lang/System.currentTimeMillis",
          "java/lang/System.exit",
          "java/lang/System.identityHashCode",
          "java/lang/System.nanoTime",
          "java/lang/ThreadLocal.withInitial",
          "java/net/InetAddress.getAllByName",
          "java/net/InetAddress.getByName",
          "java/net/InetAddress.getCanonicalHostName",
          "java/net/InetAddress.getLocalHost",
          "java/net/InetAddress.isReachable",
          "java/net/InetSocketAddress.createUnresolved",
          "java/net/URL.openConnection",
          "java/net/URL.openStream",
          "java/time/Clock.tick",
          "java/time/Clock.tickMillis",
          "java/time/Clock.system",
          "java/time/Clock.systemDefaultZone",
          "java/time/Clock.systemUTC",
          "java/time/Instant.now()Ljava/time/Instant;",
          "java/time/LocalDate.now",
          "java/time/LocalDateTime.now",
          "java/time/LocalTime.now",
          "java/time/OffsetDateTime.now",
          "java/time/ZonedDateTime.now",
          "java/util/Calendar.getInstance",
          "java/util/Collection.parallelStream",
          "java/util/Collections.shuffle(Ljava/util/List;)V",
          "java/util/Date.<init>()V",
          "java/util/GregorianCalendar.<init>()V",
          "java/util/List.parallelStream",
          "java/util/Map.copyOf",
          "java/util/Map.ofEntries",
          "java/util/Set.copyOf",
          "java/util/Set.parallelStream",
          "java/util/ServiceLoader.load",
          "java/util/UUID.randomUUID",
          "java/util/stream/Collectors.groupingBy",
          "java/util/stream/Collectors.groupingByConcurrent",
          "java/util/stream/Collectors.toMap",
          "java/util/stream/Collectors.toSet",
          "java/util/stream/Collectors.toUnmodifiableMap",
          "java/util/stream/Collectors.toUnmodifiableSet",
          "java/util/stream/BaseStream.parallel",
          "java/util/stream/Stream.parallel");

  private static final Set<String> COMPLETABLE_WAITS =
      Set.of("completeOnTimeout", "delayedExecutor", "get", "join", "orTimeout");

  private static final Set<String> MONITOR_CALLS = Set.of("notify", "notifyAll", "wait");

  private WatchedCalls() {}

  /** A call site. {@code call} is owner.name+descriptor, or a monitor. */
  record Site(String type, String method, String call, boolean answered) {
    @Override
    public String toString() {
      return type + "." + method + " calls " + call;
    }
  }

  /** Refuses application code that would leave the simulation, naming the call. */
  static void refuseUnknown(byte[] type, Hierarchy hierarchy) {
    List<Site> unknown = unanswered(type, hierarchy);
    if (!unknown.isEmpty()) {
      throw new UnsupportedOperationException(
          unknown.get(0)
              + ", which a simulation cannot carry out;"
              + " use ClientContext or a JDK call that is simulated (docs/simulation.md)");
    }
  }

  /** The watched call sites of a class that no rule answers. */
  static List<Site> unanswered(byte[] bytes, Hierarchy hierarchy) {
    return all(bytes, hierarchy).stream().filter(site -> !site.answered()).toList();
  }

  /** All watched call sites of a class, its monitors included. */
  static List<Site> all(byte[] bytes, Hierarchy hierarchy) {
    List<Site> sites = new ArrayList<>();
    ClassReader reader = new ClassReader(bytes);
    reader.accept(new Scan(reader.getClassName(), hierarchy, sites), ClassReader.SKIP_FRAMES);
    return sites;
  }

  private static boolean answered(
      String owner, String name, String descriptor, Hierarchy hierarchy) {
    if (name.equals("<init>")) {
      return CallRules.constructed(owner) != null;
    }
    return owner.equals(Rewriter.THREAD_LOCAL_RANDOM)
        || RewritingMethod.resolve(owner, name, descriptor, hierarchy) != null
        || RewritingMethod.isFactory(owner, name, descriptor);
  }

  /** Whether a call on that JDK class is one to look at. */
  private static boolean watched(String owner, String name, String descriptor) {
    if (owner.equals(COLLECTORS) && descriptor.contains("Ljava/util/function/Supplier;")) {
      return false; // the caller chose the map
    }
    String call = owner + "." + name;
    if (OUTSIDE.contains(owner) || METHODS.contains(call) || METHODS.contains(call + descriptor)) {
      return true;
    }
    if (owner.equals("java/lang/Thread")) {
      return THREAD_CALLS.contains(name) && !(name.equals("start") && !descriptor.equals("()V"));
    }
    if (name.equals("<init>")) {
      return CallRules.constructed(owner) != null || isWatchedConcurrent(owner);
    }
    return isWatchedConcurrent(owner) || waits(owner, name, descriptor);
  }

  private static boolean isWatchedConcurrent(String owner) {
    if (!owner.startsWith(CONCURRENT)) {
      return false;
    }
    String simple = owner.substring(CONCURRENT.length());
    return !simple.startsWith("atomic/")
        && !simple.endsWith("Exception")
        && !HARMLESS.contains(simple)
        && !SIMULATED.contains(simple);
  }

  private static boolean waits(String owner, String name, String descriptor) {
    if (owner.equals("java/util/concurrent/CompletableFuture")) {
      return COMPLETABLE_WAITS.contains(name)
          || name.endsWith("Async") && !withExecutor(descriptor);
    }
    return owner.equals("java/util/concurrent/Future") && name.equals("get")
        || owner.equals("java/util/concurrent/TimeUnit") && name.equals("sleep")
        || owner.equals("java/lang/Object") && MONITOR_CALLS.contains(name);
  }

  private static boolean withExecutor(String descriptor) {
    return descriptor.contains("Ljava/util/concurrent/Executor;)");
  }

  private static final class Scan extends ClassVisitor {
    private final String type;
    private final Hierarchy hierarchy;
    private final List<Site> sites;

    Scan(String type, Hierarchy hierarchy, List<Site> sites) {
      super(Opcodes.ASM9);
      this.type = type;
      this.hierarchy = hierarchy;
      this.sites = sites;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
        sites.add(new Site(type, method, "monitor", true));
      }
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitInsn(int opcode) {
          if (opcode == Opcodes.MONITORENTER) {
            sites.add(new Site(type, method, "monitor", true));
          }
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          look(method, owner, name, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(
            String name, String descriptor, Handle bootstrap, Object... arguments) {
          for (Object argument : arguments) {
            if (argument instanceof Handle handle) {
              look(method, handle.getOwner(), handle.getName(), handle.getDesc());
            }
          }
        }
      };
    }

    private void look(String method, String owner, String name, String descriptor) {
      String jdk = owner;
      while (jdk != null && !jdk.startsWith(JDK)) {
        jdk = name.equals("<init>") ? null : hierarchy.superOf(jdk);
      }
      if (jdk != null && watched(jdk, name, descriptor)) {
        boolean answered = answered(owner, name, descriptor, hierarchy);
        sites.add(new Site(type, method, owner + "." + name + descriptor, answered));
      }
    }
  }
}
