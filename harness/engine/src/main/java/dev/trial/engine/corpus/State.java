package dev.trial.engine.corpus;

/** Whether an entry's run showed its anomaly when it was last tried. */
public enum State {
  OPEN,
  FIXED
}
