/** Reading and printing the small JSON files that people edit: strict in, readable out. */
package dev.trial.core.json;
