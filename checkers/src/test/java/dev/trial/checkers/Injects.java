package dev.trial.checkers;

import dev.trial.core.verdict.AnomalyKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A property that makes histories at random which are correct, puts one anomaly into each, and
 * expects it to be found with the operations that were tampered with.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Injects {

  /** What is put in; all of them, if there are several. */
  AnomalyKind[] value();
}
