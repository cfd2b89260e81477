package dev.trial.engine.targets;

import dev.trial.core.history.Recorder;
import dev.trial.core.run.RunSpec;
import dev.trial.live.process.Launcher;
import dev.trial.live.world.LiveWorld;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a live cluster is made from.
 *
 * @param recorder gets elections, node changes and oracles as they happen
 * @param launcher starts processes that die with this one
 * @param data where nodes keep their disks; removed after the run
 * @param logs where nodes and clients leave their logs
 * @param closings what the cluster wants closed after itself
 * @param failures told of what must not happen in a node of ours: the run is then in error
 */
record LiveRun(
    RunSpec spec,
    LiveWorld world,
    Recorder recorder,
    LinkWiring wiring,
    Launcher launcher,
    Path data,
    Path logs,
    Consumer<String> failures,
    Closings closings) {}
