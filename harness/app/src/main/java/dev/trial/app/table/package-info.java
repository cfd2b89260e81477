/** Tables for a terminal. */
package dev.trial.app.table;
