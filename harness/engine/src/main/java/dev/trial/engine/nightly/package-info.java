/** Campaigns of drawn runs within a budget, which survive the death of their process. */
package dev.trial.engine.nightly;
