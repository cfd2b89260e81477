/** From a seed to a run: pure functions, the same for every order and number of threads. */
package dev.trial.engine.draw;
