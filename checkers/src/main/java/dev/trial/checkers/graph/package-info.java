/**
 * Dependency graphs of transactions, and the cycles in them that no serial order allows (Adya 1999;
 * the search for witnesses after Kingsbury and Alvaro's Elle, 2020). Graphs are columns of numbers,
 * as histories have hundreds of thousands of transactions; jgrapht sees them through {@link
 * dev.trial.checkers.graph.DirectedView}.
 */
package dev.trial.checkers.graph;
