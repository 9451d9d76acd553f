/**
 * Everything between the two QEMUs: TCP connections with their handshakes, buffers and resets, links that share their bandwidth,
 * proxies that dial on, and the middle box that reorders.
 *
 * <p>The two processes talk to the network as programs talk to their kernels: they append calls ({@link
 * org.chanrace.model.network.Wire#CONNECT}, a record to write, {@link org.chanrace.model.network.Wire#CLOSE}) to their system-call
 * lane, and find results and arrivals in lanes of their own. Data travels as records (a command, a run of pages), each with its
 * length in bytes; all buffers count bytes.
 *
 * <p><b>Guarantees.</b> Within a direction of a connection nothing overtakes, whatever latency a packet draws. A writer is
 * blocked while what it wrote does not fit into its send buffer; nothing is sent that the receive buffer has no room for.
 *
 * <p><b>Caveats.</b> A record is the unit of sharing and of arrival: bandwidth is shared fairly in bytes, but a record is not cut
 * in two. Congestion control, reordering within a connection and loss after the handshake are not modelled.
 */
package org.chanrace.model.network;
