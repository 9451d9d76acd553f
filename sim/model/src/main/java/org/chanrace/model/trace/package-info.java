/**
 * What happened in a run, in the field's words: who sent what, what arrived where, who waited for what.
 *
 * <p>Recording is a listener that is absent when off. A trace is what reports draw; it holds nothing of the processes.
 */
package org.chanrace.model.trace;
