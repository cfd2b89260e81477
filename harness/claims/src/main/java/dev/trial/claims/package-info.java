/** The claims on trial: each a sentence people live by, made an experiment with an expectation. */
package dev.trial.claims;
