package dev.trial.sim.realm.runtime;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Collections in insertion order, and draws from the simulation, in place of the JDK's. */
public final class Stable {
  private static final long VERSION_4 = 0x4000L;
  private static final long VERSION_MASK = 0xF000L;
  private static final long VARIANT = 0x8000000000000000L;
  private static final long VARIANT_MASK = 0xC000000000000000L;

  private Stable() {}

  /** Stands for {@code Collections.shuffle(list)}. */
  public static void shuffle(List<?> list) {
    Collections.shuffle(list, new Random(Rt.entropy().nextLong()));
  }

  /** Stands for {@code UUID.randomUUID()}. */
  public static UUID randomUuid() {
    long high = Rt.entropy().nextLong() & ~VERSION_MASK | VERSION_4;
    long low = Rt.entropy().nextLong() & ~VARIANT_MASK | VARIANT;
    return new UUID(high, low);
  }

  /** Stands for {@code Math.random()}. */
  public static double random() {
    return Rt.entropy().nextDouble();
  }

  /** Stands for {@code Set.copyOf(elements)}. */
  public static <E> Set<E> setCopyOf(Collection<? extends E> elements) {
    elements.forEach(Objects::requireNonNull);
    return Collections.unmodifiableSet(new LinkedHashSet<>(elements));
  }

  /** Stands for {@code Map.copyOf(entries)}. */
  public static <K, V> Map<K, V> mapCopyOf(Map<? extends K, ? extends V> entries) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** Stands for every form of {@code Set.of}. */
  public static Set<Object> setOf(Object[] elements) {
    Set<Object> set = new LinkedHashSet<>();
    for (Object element : elements) {
      if (!set.add(Objects.requireNonNull(element))) {
        throw new IllegalArgumentException("duplicate element: " + element);
      }
    }
    return Collections.unmodifiableSet(set);
  }

  /** Stands for every form of {@code Map.of}: keys and values by turns. */
  public static Map<Object, Object> mapOf(Object[] keysAndValues) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Object value = Objects.requireNonNull(keysAndValues[i + 1]);
      if (map.put(Objects.requireNonNull(keysAndValues[i]), value) != null) {
        throw new IllegalArgumentException("duplicate key: " + keysAndValues[i]);
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /** Stands for {@code Map.ofEntries(entries)}. */
  public static Map<Object, Object> mapOfEntries(Map.Entry<?, ?>[] entries) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : entries) {
      map.put(Objects.requireNonNull(entry.getKey()), Objects.requireNonNull(entry.getValue()));
    }
    return Collections.unmodifiableMap(map);
  }

  /** Stands for {@code Collectors.toSet()} and {@code toUnmodifiableSet()}. */
  public static <T> Collector<T, ?, Set<T>> toSet() {
    return Collectors.toCollection(LinkedHashSet::new);
  }

  /** Stands for {@code Collectors.toMap(key, value)} and {@code toUnmodifiableMap}. */
  public static <T, K, U> Collector<T, ?, Map<K, U>> toMap(
      Function<? super T, ? extends K> key, Function<? super T, ? extends U> value) {
    return toMap(key, value, Stable::refuseDuplicate);
  }

  /** Stands for {@code Collectors.toMap(key, value, merge)}. */
  public static <T, K, U> Collector<T, ?, Map<K, U>> toMap(
      Function<? super T, ? extends K> key,
      Function<? super T, ? extends U> value,
      BinaryOperator<U> merge) {
    return Collectors.toMap(key, value, merge, LinkedHashMap::new);
  }

  /** Stands for {@code Collectors.groupingBy(key)}. */
  public static <T, K> Collector<T, ?, Map<K, List<T>>> groupingBy(
      Function<? super T, ? extends K> key) {
    return groupingBy(key, Collectors.toList());
  }

  /** Stands for {@code Collectors.groupingBy(key, downstream)}. */
  public static <T, K, A, D> Collector<T, ?, Map<K, D>> groupingBy(
      Function<? super T, ? extends K> key, Collector<? super T, A, D> downstream) {
    return Collectors.groupingBy(key, LinkedHashMap::new, downstream);
  }

  private static <U> U refuseDuplicate(U one, U other) {
    throw new IllegalStateException("duplicate key for values " + one + " and " + other);
  }
}
