/** Placeholder. */
package org.chanrace.explore;
