/** How soon the defects of the reference cluster are seen, by processor time. */
package dev.trial.app.detection;
