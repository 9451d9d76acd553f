/**
 * Every order of a pairing: which endings can be reached at all, and how.
 *
 * <p>The same processes as in a run by time are driven, on the {@linkplain org.chanrace.explore.SmallInstance small instance} of a scenario, by picking every
 * ready lane in every state. Guaranteed: an ending that no order of the small instance has is not reported, and when the exploration is complete none is
 * missing but for the chance that two states share a 128-bit fingerprint; each is reported with a way that has the fewest choices; nothing that is
 * reported depends on the number of threads.
 *
 * <p>{@link org.chanrace.explore.Explanations} says of an ending why: which pairs of events have to come in which order for it, each with an order that shows
 * that it is needed, and where the nearest order that completes parts from it.
 *
 * <p><b>Caveats.</b> What is proved is proved of the small instance: so many pages, faults, cuts and commands, and no more. What only times can bring
 * about, such as a bandwidth limit that keeps precopy from ending, is not in it.
 */
package org.chanrace.explore;
