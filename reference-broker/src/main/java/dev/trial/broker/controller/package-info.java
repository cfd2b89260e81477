/**
 * The controller: brokers' registrations and sessions (KIP-631), elections and in-sync sets
 * (KIP-497, KIP-841, KIP-903), topics and settings. The active one decides on the state it has
 * appended and answers when that is committed.
 */
package dev.trial.broker.controller;
