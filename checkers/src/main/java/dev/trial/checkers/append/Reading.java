package dev.trial.checkers.append;

/**
 * What one committed transaction saw of one list.
 *
 * @param own how many values the transaction had appended to the list before; they stand last in it
 * @param consistent true if it shows what others had appended: what the transaction had appended
 *     stands last in it, and nothing that it appended later. It may contradict what the transaction
 *     had read before; each of the two was seen
 */
record Reading(int transaction, long[] list, int own, boolean consistent) {

  /** How many values others had appended when it read. */
  int foreign() {
    return list.length - own;
  }
}
