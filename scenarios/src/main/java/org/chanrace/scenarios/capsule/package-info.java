/**
 * Capsules: one run of one scenario with everything that it depends on, so that it can be made again, byte for byte, by somebody
 * who has nothing but the capsule.
 *
 * <p>A {@link org.chanrace.scenarios.capsule.Capsule} has the scenario with its releases and measured distributions
 * {@linkplain org.chanrace.scenarios.capsule.ByValue by value}, the schedule, and what came out.
 * {@link org.chanrace.scenarios.capsule.Replayed} makes the run again and says what differs. Reading and writing files of them is
 * the business of {@code org.chanrace.scenarios}.
 *
 * <p><b>Guarantees.</b> The same capsule and the same {@link org.chanrace.model.ModelVersion} give the same run, whatever the version
 * of the product. Under another model the run is made all the same, and compared.
 *
 * <p><b>Caveats.</b> A schedule names lanes by number, and the numbering is part of the model: under another model a recorded order
 * may mean nothing. What a machine type overrides is not in a capsule: it follows from the machine type's name, in which QEMU never
 * changes it once released. Should the model have it wrong, correcting it changes the model.
 */
package org.chanrace.scenarios.capsule;
