/**
 * Processes joined by lanes: the discrete-event kernel.
 *
 * <p>A simulation is a handful of {@link org.chanrace.kernel.Process processes} that change only by handling events, and
 * {@link org.chanrace.kernel.Lanes lanes} that carry events toward them. A lane is FIFO, has one receiving process, and is
 * open, or closed with a reason. <b>Picking the next lane is the only choice there is</b>; a
 * {@link org.chanrace.kernel.Strategy} makes it: by time ({@link org.chanrace.kernel.ByTime}, the discrete-event simulator)
 * or from a script ({@link org.chanrace.kernel.Scripted}, replay). The same process code runs under every strategy.
 *
 * <p><b>Guarantees.</b> Everything that a run does is a function of its processes, its seed and its strategy. Nothing is
 * allocated per event in steady state (rings grow to their working size once and are kept for the next run). Within a lane
 * nothing overtakes. No event is handled before its due time, and virtual time never goes back.
 *
 * <p><b>Caveats.</b> Events that are due at the same instant on different lanes are handled in the order of the lanes'
 * numbers, so the numbering of lanes is part of a model. An event handled late, because its lane was closed, keeps its place
 * in its lane but not its due time. The kernel knows nothing of sockets or of QEMU, and is used by one thread at a time.
 */
package org.chanrace.kernel;
