/** How fast runs are here. */
package dev.trial.app.bench;
