package dev.trial.sim.world;

/** One end of a connection. The flow {@code in} ends here, {@code out} begins here. */
abstract class Endpoint {
  final Party party;
  Flow in;
  Flow out;
  Endpoint peer;
  State state = State.OPENING;

  /** Position in the party's list, −1 when nothing can arrive any more. */
  int position = -1;

  Endpoint(Party party) {
    this.party = party;
  }

  /** Where an end stands. */
  enum State {
    OPENING,
    OPEN,
    /** The process died with its machine's power: the other end does not know. */
    LOST,
    CLOSED
  }

  final boolean closed() {
    return state == State.CLOSED;
  }

  /** Nothing arrives here any more. */
  final void forget() {
    state = State.CLOSED;
    party.remove(this);
  }

  /** Closes in order: what was taken still travels, then the other end learns of it. */
  final void closeInOrder() {
    if (!closed()) {
      forget();
      out.push(Flow.FIN);
    }
  }

  /** The connection request arrived (at the accepting end). */
  abstract void requested();

  /** The process takes the connection that its kernel accepted. */
  abstract void accepted();

  /** The connection is established (at the connecting end). */
  abstract void established();

  abstract void received(byte[] bytes);

  /** The other end closed or reset the connection. */
  abstract void broken();

  /** Bytes sent from here arrived and room is free again. */
  abstract void acknowledged(int bytes);
}
