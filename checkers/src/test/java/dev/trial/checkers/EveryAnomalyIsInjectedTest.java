package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.jepsen.InjectedAnomaliesTest;
import dev.trial.checkers.jepsen.InjectedCyclesTest;
import dev.trial.core.verdict.AnomalyKind;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A kind of anomaly that no property injects may be one that no checker can see. */
class EveryAnomalyIsInjectedTest {
  private static final List<Class<?>> PROPERTIES =
      List.of(
          InjectionTest.class,
          TransactionInjectionTest.class,
          TransformInjectionTest.class,
          TopicInjectionTest.class,
          GroupInjectionTest.class,
          KeyInjectionTest.class,
          TimestampTest.class,
          TruncationTest.class,
          StuckReplicaTest.class,
          RealTimeTest.class,
          InjectedAnomaliesTest.class,
          InjectedCyclesTest.class);

  @Test
  void eachKindHasAPropertyThatInjectsIt() {
    Set<AnomalyKind> missing = EnumSet.allOf(AnomalyKind.class);
    for (Class<?> each : PROPERTIES) {
      for (Method method : each.getDeclaredMethods()) {
        Injects injects = method.getAnnotation(Injects.class);
        if (injects != null) {
          assertNotNull(method.getAnnotation(Property.class), method + " is no property");
          missing.removeAll(List.of(injects.value()));
        }
      }
    }
    assertEquals(Set.of(), missing, "annotate the property that puts it in with @Injects");
  }

  @Test
  void eachKindIsDefinedAndHasASource() {
    for (AnomalyKind each : AnomalyKind.values()) {
      assertTrue(each.definition().endsWith("."), each.id());
      assertTrue(each.source().length() > "KIP-1".length(), each.id());
    }
  }
}
