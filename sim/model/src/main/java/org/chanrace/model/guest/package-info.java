/**
 * The guest: its pages, and what its vCPUs do with them.
 *
 * <p>Page state is bit sets of primitive words. While the guest runs on the source its writes are not events: which pages it has
 * touched is worked out when somebody reads the dirty log. On the destination a vCPU is a lane.
 */
package org.chanrace.model.guest;
