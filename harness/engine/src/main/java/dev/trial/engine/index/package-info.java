/** All runs below a directory, campaigns and stored runs, for an overview. */
package dev.trial.engine.index;
