/**
 * What people typed, checked: bad input is one line that names the place and the nearest choice.
 */
package dev.trial.core.input;
