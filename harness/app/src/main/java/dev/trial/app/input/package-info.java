/** What users typed, checked: bad input is one line that names the place and the nearest choice. */
package dev.trial.app.input;
