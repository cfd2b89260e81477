/** Work that may be done at once. */
package dev.trial.core.work;
