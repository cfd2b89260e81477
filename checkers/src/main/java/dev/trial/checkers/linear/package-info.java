/**
 * Linearizability by search: is there an order of all operations, each between its call and its
 * answer, that the object's sequential specification allows? (Herlihy and Wing 1990; the search
 * after Wing and Gong 1993 with Lowe's memory of configurations, 2017.)
 */
package dev.trial.checkers.linear;
