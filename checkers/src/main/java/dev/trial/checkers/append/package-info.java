/**
 * Histories of transactions that append to lists and read them, or write registers and read those.
 * A list shows who wrote each of its versions and in what order, so the dependencies of
 * transactions can be read off what clients saw (Kingsbury and Alvaro, Elle: Inferring Isolation
 * Anomalies from Experimental Observations, VLDB 2020).
 */
package dev.trial.checkers.append;
