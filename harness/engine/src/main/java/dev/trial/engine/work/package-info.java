/** The cores of this machine, for work that may be done at once. */
package dev.trial.engine.work;
