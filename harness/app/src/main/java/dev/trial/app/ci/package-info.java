/** What a CI server is told of runs and campaigns. */
package dev.trial.app.ci;
