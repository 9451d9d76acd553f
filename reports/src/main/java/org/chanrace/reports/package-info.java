/**
 * Results in, documents out: text, JSON, JUnit XML, HTML and SVG.
 *
 * <p>Every renderer is a pure function of its {@link org.chanrace.reports.ReportedRun}s: no clock, no host, no locale, no order
 * but the one given; the same runs give the same bytes. None reaches back to the processes that made a run. Whatever stands in a
 * name, a reason or a message, the document stays well-formed: what a format cannot carry is replaced by U+FFFD.
 *
 * <p>The two space-time diagrams ({@link org.chanrace.reports.TextDiagram}, {@link org.chanrace.reports.SvgDiagram}) draw the
 * same {@code SpaceTime}: the trace with its bulk folded, its waits closed and the accept order made visible.
 *
 * <p><b>Caveats.</b> A diagram shows order and threads, not durations: long spans without an event are cut, and rows beyond a
 * limit are left out of the middle; both are marked where they happen.
 */
package org.chanrace.reports;
