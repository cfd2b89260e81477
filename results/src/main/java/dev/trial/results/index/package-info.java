/** Many runs on one page: what was found, how it went over time, what could not be told. */
package dev.trial.results.index;
