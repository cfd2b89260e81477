/** Pages that are one file: styles inline, nothing fetched, readable without scripts. */
package dev.trial.results.html;
