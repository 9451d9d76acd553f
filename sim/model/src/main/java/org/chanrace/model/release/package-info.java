/**
 * QEMU releases as data: a release is a row of traits, each with the commit that brought its value.
 *
 * <p>The rows stand in {@code releases.yaml} beside this package. No code anywhere asks for a version number: what a process
 * does depends on traits alone, so a release that a scenario defines by naming a base and the traits it changes is as good as a
 * real one.
 */
package org.chanrace.model.release;
