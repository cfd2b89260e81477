/** Many runs: one after the other or side by side, judged one by one and claim by claim. */
package dev.trial.engine.campaign;
