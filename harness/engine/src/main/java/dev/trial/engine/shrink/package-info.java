/** From a run that shows an anomaly to the smallest one that still does. */
package dev.trial.engine.shrink;
