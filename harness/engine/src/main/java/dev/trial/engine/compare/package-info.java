/** The same seeds and faults on several profiles, side by side. */
package dev.trial.engine.compare;
