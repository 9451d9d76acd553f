/**
 * QEMU on both sides, thread by thread, driven by traits.
 *
 * <p>{@link org.chanrace.model.qemu.Source} and {@link org.chanrace.model.qemu.Destination} are the processes. A QEMU thread is a
 * small state machine: it goes on by an event in its own lane or by a record that reaches it, and when it has to wait it says
 * {@linkplain org.chanrace.model.qemu.QemuThread what for}. What a process does depends on {@link org.chanrace.model.qemu.Behaviour}
 * alone, which is made from traits, machine type, properties and capabilities; nothing asks for a version.
 *
 * <p><b>Caveats.</b> Memory safety races within one process (specification of QEMU's behaviour, R10 to R13) and huge pages that are
 * broken off (section 7) are not modelled. Multifd and TLS are not simulated yet.
 */
package org.chanrace.model.qemu;
