/** Claims by release of the clients: which holds with which, and why it is otherwise with some. */
package dev.trial.engine.byclient;
