/** Released jars by version, from the local Maven repository or the user's remote ones. */
package dev.trial.live.artifact;
