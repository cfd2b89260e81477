/**
 * Live edge: proxies on real sockets between real clients, brokers and controllers, with a
 * Toxiproxy-compatible HTTP interface. The only package of this module that may use threads,
 * sockets and the wall clock; everything is bound to loopback.
 */
package dev.trial.nemesis.proxy;
