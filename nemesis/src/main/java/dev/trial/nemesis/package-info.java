/**
 * What goes wrong: the driver that carries out a fault schedule on a cluster and its clients. It is
 * a function of the schedule and the world; real time and real sockets are in {@code .proxy} alone.
 */
package dev.trial.nemesis;
