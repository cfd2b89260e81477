package dev.trial.core.history;

/** Where processes write what they do. Index and time are given by the recorder. */
public interface Recorder {

  /** Records an invocation and returns its index, to be handed to {@link #complete}. */
  long invoke(int process, Action action);

  /** Records how an invocation ended. */
  void complete(int process, long invocation, Stage stage, Action action);

  /** Records a fact without an invocation. */
  void fact(int process, Action action);
}
