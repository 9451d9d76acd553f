/**
 * What came out of a run: its outcome, and the explanation that makes it a verdict.
 *
 * <p>The words are those that {@code query-migrate} shows and those of the project's glossary; nothing here refers back to
 * the processes that produced it.
 */
package org.chanrace.model.verdict;
