/** What machines read of many runs: JUnit XML and SARIF. */
package dev.trial.results.ci;
