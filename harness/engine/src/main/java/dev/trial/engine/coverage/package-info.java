/**
 * What runs have touched: claims, faults on roles while something was under way, errors, changes.
 */
package dev.trial.engine.coverage;
