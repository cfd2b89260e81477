/** Profiles: the settings of clients, topics and brokers that a trial is held under. */
package dev.trial.core.profile;
