package dev.trial.sim.realm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Realms by client version, used again from run to run: a used realm saves most of a run's time.
 * Safe for several threads; each realm is lent to one run at a time.
 */
public final class RealmPool implements AutoCloseable {
  private final ClientJars jars;
  private final Path cacheDirectory;
  private final List<String> applicationPrefixes;
  private final Map<String, ArrayDeque<Realm>> idle = new TreeMap<>();

  /**
   * @param cacheDirectory where rewritten classes are kept between JVMs; null: nowhere
   * @param applicationPrefixes class name prefixes of user code to run in realms
   */
  public RealmPool(ClientJars jars, Path cacheDirectory, List<String> applicationPrefixes) {
    this.jars = jars;
    this.cacheDirectory = cacheDirectory;
    this.applicationPrefixes = List.copyOf(applicationPrefixes);
  }

  /** An idle realm of that kafka-clients version, or a new one. */
  public Realm borrow(String version) {
    synchronized (idle) {
      ArrayDeque<Realm> realms = idle.get(version);
      if (realms != null && !realms.isEmpty()) {
        return realms.pop();
      }
    }
    try {
      ClassLoader parent = RealmPool.class.getClassLoader();
      return new Realm(jars.locate(version), cacheDirectory, parent, applicationPrefixes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open kafka-clients " + version, e);
    }
  }

  /** Gives a realm back that has left its simulation. */
  public void giveBack(String version, Realm realm) {
    synchronized (idle) {
      idle.computeIfAbsent(version, key -> new ArrayDeque<>()).push(realm);
    }
  }

  @Override
  public void close() {
    synchronized (idle) {
      for (ArrayDeque<Realm> realms : idle.values()) {
        for (Realm realm : realms) {
          close(realm);
        }
      }
      idle.clear();
    }
  }

  private static void close(Realm realm) {
    try {
      realm.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
