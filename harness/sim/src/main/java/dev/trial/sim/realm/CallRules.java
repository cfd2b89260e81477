package dev.trial.sim.realm;

import java.util.HashMap;
import java.util.Map;

/**
 * Which calls into the JDK are answered by the simulation, and which classes are replaced where
 * they are constructed. Names are as in class files.
 */
final class CallRules {
  static final String RUNTIME = "dev/trial/sim/realm/runtime/";
  private static final String CONCURRENT = "java/util/concurrent/";
  private static final String SLEEP_DURATION = "(Ljava/time/Duration;)V";
  private static final String FACTORY = "(Ljava/util/concurrent/ThreadFactory;)";
  private static final String SIZE_AND_FACTORY = "(ILjava/util/concurrent/ThreadFactory;)";
  private static final String POOL = "Ljava/util/concurrent/ExecutorService;";
  private static final String TIMER_POOL = "Ljava/util/concurrent/ScheduledExecutorService;";

  /** Constructed class → the class constructed instead, a subclass of it. */
  private static final Map<String, String> CONSTRUCTED = new HashMap<>();

  private static final Map<String, Target> CALLS = new HashMap<>();

  static {
    constructions();
    objects();
    threads();
    time();
    futures();
    executors();
    entropy();
    collections();
    outside();
  }

  private CallRules() {}

  /** A static method of the runtime; its arguments are the receiver, if any, and the call's own. */
  record Target(String owner, String name, boolean isStatic) {}

  /** The class to construct instead; null to leave it. */
  static String constructed(String type) {
    return CONSTRUCTED.get(type);
  }

  /** What answers a call on exactly that owner; null if nothing does. */
  static Target call(String owner, String name, String descriptor) {
    return CALLS.get(key(owner, name, descriptor));
  }

  private static String key(String owner, String name, String descriptor) {
    return owner + '.' + name + descriptor;
  }

  private static void construct(String type, String replacement) {
    CONSTRUCTED.put(type, replacement);
  }

  private static void staticCall(String owner, String name, String descriptor, String target) {
    CALLS.put(key(owner, name, descriptor), target(target, true));
  }

  private static void call(String owner, String name, String descriptor, String target) {
    CALLS.put(key(owner, name, descriptor), target(target, false));
  }

  private static Target target(String text, boolean isStatic) {
    int dot = text.indexOf('.');
    return new Target(RUNTIME + text.substring(0, dot), text.substring(dot + 1), isStatic);
  }

  private static void constructions() {
    construct("java/util/HashMap", "java/util/LinkedHashMap");
    construct("java/util/HashSet", "java/util/LinkedHashSet");
    construct("java/util/Random", RUNTIME + "SimRandom");
    construct("java/security/SecureRandom", RUNTIME + "SimSecureRandom");
    construct("java/net/InetSocketAddress", RUNTIME + "SimInetSocketAddress");
    construct("java/lang/ThreadLocal", RUNTIME + "SimThreadLocal");
    construct(CONCURRENT + "CountDownLatch", RUNTIME + "SimCountDownLatch");
    construct(CONCURRENT + "Semaphore", RUNTIME + "SimSemaphore");
    construct(CONCURRENT + "FutureTask", RUNTIME + "SimFutureTask");
    construct(CONCURRENT + "LinkedBlockingQueue", RUNTIME + "SimLinkedBlockingQueue");
    construct(CONCURRENT + "ArrayBlockingQueue", RUNTIME + "SimArrayBlockingQueue");
    construct(CONCURRENT + "PriorityBlockingQueue", RUNTIME + "SimPriorityBlockingQueue");
    construct(CONCURRENT + "locks/ReentrantLock", RUNTIME + "SimReentrantLock");
    construct(CONCURRENT + "locks/ReentrantReadWriteLock", RUNTIME + "SimReentrantReadWriteLock");
  }

  private static void objects() {
    String object = "java/lang/Object";
    call(object, "wait", "()V", "Monitors.await");
    call(object, "wait", "(J)V", "Monitors.await");
    call(object, "wait", "(JI)V", "Monitors.await");
    call(object, "notify", "()V", "Monitors.signal");
    call(object, "notifyAll", "()V", "Monitors.signalAll");
    staticCall("java/lang/System", "identityHashCode", "(Ljava/lang/Object;)I", "Identity.of");
  }

  private static void threads() {
    String thread = "java/lang/Thread";
    call(thread, "start", "()V", "Threads.start");
    call(thread, "join", "()V", "Threads.join");
    call(thread, "join", "(J)V", "Threads.join");
    call(thread, "isAlive", "()Z", "Threads.isAlive");
    call(thread, "interrupt", "()V", "Threads.interrupt");
    call(thread, "isInterrupted", "()Z", "Threads.isInterrupted");
    call(thread, "getId", "()J", "Threads.id");
    call(thread, "threadId", "()J", "Threads.id");
    staticCall(thread, "currentThread", "()Ljava/lang/Thread;", "Threads.currentThread");
    staticCall(thread, "interrupted", "()Z", "Threads.interrupted");
    staticCall(thread, "sleep", "(J)V", "Threads.sleep");
    staticCall(thread, "sleep", "(JI)V", "Threads.sleep");
    staticCall(thread, "sleep", SLEEP_DURATION, "Threads.sleep");
    staticCall(thread, "yield", "()V", "Threads.yieldNow");
    staticCall(thread, "onSpinWait", "()V", "Threads.yieldNow");
    staticCall(thread, "holdsLock", "(Ljava/lang/Object;)Z", "Monitors.holdsLock");
    call(CONCURRENT + "TimeUnit", "sleep", "(J)V", "Threads.sleep");
    String park = CONCURRENT + "locks/LockSupport";
    staticCall(park, "park", "()V", "Threads.park");
    staticCall(park, "park", "(Ljava/lang/Object;)V", "Threads.park");
    staticCall(park, "parkNanos", "(J)V", "Threads.parkNanos");
    staticCall(park, "parkNanos", "(Ljava/lang/Object;J)V", "Threads.parkNanos");
    staticCall(park, "unpark", "(Ljava/lang/Thread;)V", "Threads.unpark");
  }

  private static void time() {
    staticCall("java/lang/System", "nanoTime", "()J", "Clocks.nanoTime");
    staticCall("java/lang/System", "currentTimeMillis", "()J", "Clocks.currentTimeMillis");
    staticCall("java/time/Instant", "now", "()Ljava/time/Instant;", "Clocks.instant");
    String clock = "java/time/Clock";
    staticCall(clock, "systemUTC", "()Ljava/time/Clock;", "Clocks.systemUtc");
    staticCall(clock, "systemDefaultZone", "()Ljava/time/Clock;", "Clocks.systemDefaultZone");
    staticCall(clock, "system", "(Ljava/time/ZoneId;)Ljava/time/Clock;", "Clocks.system");
  }

  private static void futures() {
    String completable = CONCURRENT + "CompletableFuture";
    String timed = "(JLjava/util/concurrent/TimeUnit;)Ljava/lang/Object;";
    for (String future : new String[] {CONCURRENT + "Future", completable}) {
      call(future, "get", "()Ljava/lang/Object;", "Futures.get");
      call(future, "get", timed, "Futures.get");
    }
    call(completable, "join", "()Ljava/lang/Object;", "Futures.join");
    staticCall(
        completable,
        "runAsync",
        "(Ljava/lang/Runnable;)Ljava/util/concurrent/CompletableFuture;",
        "Futures.runAsync");
    staticCall(
        completable,
        "supplyAsync",
        "(Ljava/util/function/Supplier;)Ljava/util/concurrent/CompletableFuture;",
        "Futures.supplyAsync");
  }

  private static void executors() {
    String executors = CONCURRENT + "Executors";
    staticCall(executors, "newFixedThreadPool", "(I)" + POOL, "Pools.fixed");
    staticCall(executors, "newFixedThreadPool", SIZE_AND_FACTORY + POOL, "Pools.fixed");
    staticCall(executors, "newSingleThreadExecutor", "()" + POOL, "Pools.single");
    staticCall(executors, "newSingleThreadExecutor", FACTORY + POOL, "Pools.single");
    staticCall(executors, "newCachedThreadPool", "()" + POOL, "Pools.cached");
    staticCall(executors, "newCachedThreadPool", FACTORY + POOL, "Pools.cached");
    staticCall(executors, "newScheduledThreadPool", "(I)" + TIMER_POOL, "Pools.scheduled");
    staticCall(
        executors, "newScheduledThreadPool", SIZE_AND_FACTORY + TIMER_POOL, "Pools.scheduled");
    String single = "newSingleThreadScheduledExecutor";
    staticCall(executors, single, "()" + TIMER_POOL, "Pools.singleScheduled");
    staticCall(executors, single, FACTORY + TIMER_POOL, "Pools.singleScheduled");
    staticCall(
        executors,
        "defaultThreadFactory",
        "()Ljava/util/concurrent/ThreadFactory;",
        "Pools.threadFactory");
  }

  private static void entropy() {
    staticCall("java/util/UUID", "randomUUID", "()Ljava/util/UUID;", "Stable.randomUuid");
    staticCall("java/lang/Math", "random", "()D", "Stable.random");
    staticCall("java/util/Collections", "shuffle", "(Ljava/util/List;)V", "Stable.shuffle");
    staticCall(
        "java/lang/ThreadLocal",
        "withInitial",
        "(Ljava/util/function/Supplier;)Ljava/lang/ThreadLocal;",
        "SimThreadLocal.withInitial");
  }

  private static void collections() {
    String collectors = "java/util/stream/Collectors";
    String collector = "Ljava/util/stream/Collector;";
    String function = "Ljava/util/function/Function;";
    staticCall(
        "java/util/Set", "copyOf", "(Ljava/util/Collection;)Ljava/util/Set;", "Stable.setCopyOf");
    staticCall("java/util/Map", "copyOf", "(Ljava/util/Map;)Ljava/util/Map;", "Stable.mapCopyOf");
    staticCall(
        "java/util/Map",
        "ofEntries",
        "([Ljava/util/Map$Entry;)Ljava/util/Map;",
        "Stable.mapOfEntries");
    staticCall("java/util/Set", "of", "([Ljava/lang/Object;)Ljava/util/Set;", "Stable.setOf");
    for (String set : new String[] {"toSet", "toUnmodifiableSet"}) {
      staticCall(collectors, set, "()" + collector, "Stable.toSet");
    }
    String merge = "Ljava/util/function/BinaryOperator;";
    for (String map : new String[] {"toMap", "toUnmodifiableMap"}) {
      staticCall(collectors, map, "(" + function + function + ")" + collector, "Stable.toMap");
      staticCall(
          collectors, map, "(" + function + function + merge + ")" + collector, "Stable.toMap");
    }
    staticCall(collectors, "groupingBy", "(" + function + ")" + collector, "Stable.groupingBy");
    staticCall(
        collectors,
        "groupingBy",
        "(" + function + collector + ")" + collector,
        "Stable.groupingBy");
  }

  private static void outside() {
    staticCall(
        "java/lang/management/ManagementFactory",
        "getPlatformMBeanServer",
        "()Ljavax/management/MBeanServer;",
        "Rt.mbeanServer");
    String inet = "java/net/InetAddress";
    String name = "(Ljava/lang/String;)";
    staticCall(inet, "getAllByName", name + "[Ljava/net/InetAddress;", "Names.getAllByName");
    staticCall(inet, "getByName", name + "Ljava/net/InetAddress;", "Names.getByName");
    call(inet, "getCanonicalHostName", "()Ljava/lang/String;", "Names.canonicalName");
    staticCall(inet, "getLocalHost", "()Ljava/net/InetAddress;", "Names.getLocalHost");
    staticCall(
        "java/util/ServiceLoader",
        "load",
        "(Ljava/lang/Class;)Ljava/util/ServiceLoader;",
        "Threads.services");
    call(
        "java/lang/Runtime",
        "addShutdownHook",
        "(Ljava/lang/Thread;)V",
        "Threads.ignoreShutdownHook");
  }
}
