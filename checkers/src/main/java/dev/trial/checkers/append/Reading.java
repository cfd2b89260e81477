package dev.trial.checkers.append;

/**
 * What one committed transaction saw of one list.
 *
 * @param own how many values the transaction had appended to the list before; they stand last in it
 * @param consistent true if the list is what the transaction itself must have seen, after what it
 *     read and appended before
 */
record Reading(int transaction, long[] list, int own, boolean consistent) {

  /** How many values others had appended when it read. */
  int foreign() {
    return list.length - own;
  }
}
