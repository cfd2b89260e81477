package dev.trial.sim.world;

/** What kinds of entries a trace has. */
enum TraceKind {
  RUN,
  WAKE,
  TIMER,
  SEGMENT,
  BYTES,
  SOCKET,
  CHECK,
  PROCESS,
  MACHINE,
  FAULT,
  RECORD
}
