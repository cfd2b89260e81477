package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Strand;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A variable with a value for each strand, whatever thread carries it. */
public class SimThreadLocal<T> extends ThreadLocal<T> {
  private static final List<WeakReference<SimThreadLocal<?>>> ALL = new ArrayList<>();

  /** Looked up only, never iterated. */
  private final Map<Strand, T> values = new IdentityHashMap<>();

  private T outside;
  private boolean outsideSet;

  public SimThreadLocal() {
    ALL.add(new WeakReference<>(this));
  }

  /** Stands for {@code ThreadLocal.withInitial(initial)}. */
  public static <S> ThreadLocal<S> withInitial(Supplier<? extends S> initial) {
    return new SimThreadLocal<S>() {
      @Override
      protected S initialValue() {
        return initial.get();
      }
    };
  }

  static void clearAll() {
    ALL.removeIf(reference -> reference.get() == null);
    for (WeakReference<SimThreadLocal<?>> reference : ALL) {
      SimThreadLocal<?> variable = reference.get();
      if (variable != null) {
        variable.clear();
      }
    }
  }

  private void clear() {
    values.clear();
    outside = null;
    outsideSet = false;
  }

  @Override
  public T get() {
    Strand strand = Rt.strand();
    if (strand == null ? outsideSet : values.containsKey(strand)) {
      return strand == null ? outside : values.get(strand);
    }
    T initial = initialValue();
    set(initial);
    return initial;
  }

  @Override
  public void set(T value) {
    Strand strand = Rt.strand();
    if (strand == null) {
      outside = value;
      outsideSet = true;
    } else {
      values.put(strand, value);
    }
  }

  @Override
  public void remove() {
    Strand strand = Rt.strand();
    if (strand == null) {
      outside = null;
      outsideSet = false;
    } else {
      values.remove(strand);
    }
  }
}
