/** Numbers and places that options take. */
package dev.trial.app.input;
