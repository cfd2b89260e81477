package dev.trial.sim.realm.runtime;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The static state of client code: noted as each class is initialized, restored between runs, so
 * that a run in a used realm is the same as in a fresh one. Values are noted one level deep:
 * fields, atomics, the entries of collections and arrays.
 */
public final class Statics {
  private static final List<Runnable> RESTORES = new ArrayList<>();

  private Statics() {}

  /** A class has been initialized: notes those of its static fields that can change. */
  public static void note(Class<?> initialized) {
    try {
      for (Field field : initialized.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && !isConstant(field)) {
          field.setAccessible(true);
          note(field);
        }
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot read the static fields of " + initialized, e);
    }
  }

  static void restore() {
    RESTORES.forEach(Runnable::run);
  }

  private static boolean isConstant(Field field) {
    Class<?> type = field.getType();
    return Modifier.isFinal(field.getModifiers())
        && (type.isPrimitive() || type == String.class || type.isEnum() || field.isSynthetic());
  }

  private static void note(Field field) throws IllegalAccessException {
    Object value = field.get(null);
    if (!Modifier.isFinal(field.getModifiers())) {
      RESTORES.add(() -> set(field, value));
    }
    noteContent(value);
  }

  private static void set(Field field, Object value) {
    try {
      field.set(null, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot restore " + field, e);
    }
  }

  private static void noteContent(Object value) {
    if (value instanceof AtomicInteger number) {
      int noted = number.get();
      RESTORES.add(() -> number.set(noted));
    } else if (value instanceof AtomicLong number) {
      long noted = number.get();
      RESTORES.add(() -> number.set(noted));
    } else if (value instanceof AtomicBoolean flag) {
      boolean noted = flag.get();
      RESTORES.add(() -> flag.set(noted));
    } else if (value instanceof AtomicReference<?> reference) {
      noteReference(reference);
    } else if (value instanceof Map<?, ?> map) {
      noteMap(map);
    } else if (value instanceof Collection<?> collection) {
      noteCollection(collection);
    } else if (value != null && value.getClass().isArray()) {
      noteArray(value);
    }
  }

  private static <T> void noteReference(AtomicReference<T> reference) {
    T noted = reference.get();
    RESTORES.add(() -> reference.set(noted));
  }

  private static <K, V> void noteMap(Map<K, V> map) {
    Map<K, V> noted = new LinkedHashMap<>(map);
    RESTORES.add(
        () -> {
          if (!map.equals(noted)) {
            map.clear();
            map.putAll(noted);
          }
        });
  }

  private static <E> void noteCollection(Collection<E> collection) {
    List<E> noted = new ArrayList<>(collection);
    RESTORES.add(
        () -> {
          if (!new ArrayList<>(collection).equals(noted)) {
            collection.clear();
            collection.addAll(noted);
          }
        });
  }

  private static void noteArray(Object array) {
    int length = Array.getLength(array);
    Object noted = Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, 0, noted, 0, length);
    RESTORES.add(() -> System.arraycopy(noted, 0, array, 0, length));
  }
}
