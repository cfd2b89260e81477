/** Can the checkers see? Defects of the reference cluster, and who catches each. */
package dev.trial.app.mutant;
