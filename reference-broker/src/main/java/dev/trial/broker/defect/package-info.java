/** Bugs on purpose: named defects, each one small switch at the place where the rule is coded. */
package dev.trial.broker.defect;
