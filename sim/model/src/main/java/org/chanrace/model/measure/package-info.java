/**
 * What a run measures: how long each page fault took and where that time went, what the connections carried, how long the guest stood still.
 *
 * <p>Processes report to a {@link org.chanrace.model.measure.FaultLedger}; nothing that they do depends on it. At the end of a run it is read off as
 * {@link org.chanrace.model.measure.Measurements}.
 */
package org.chanrace.model.measure;
