/** Run directories: the spec, the history and the verdict of each run, on the real file system. */
package dev.trial.results.store;
