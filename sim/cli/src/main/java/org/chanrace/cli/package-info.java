/**
 * The command line: arguments in, documents out.
 *
 * <p>{@code chanrace run} takes a row of scenario files through one pipe: loader, a {@link org.chanrace.cli.Crew} of worker
 * threads, one writer, a {@link org.chanrace.cli.Reporter}. Workers share nothing but a queue (JCTools, the VarHandle variants
 * only); the writer, which is the thread that called, puts results back into the order of the input and hands them on as soon as
 * all before them are there.
 *
 * <p><b>Guarantees.</b> Standard output is the same bytes for any number of workers. What fails in one scenario, even for want of
 * memory, does not touch another. A file of {@code --out} is whole or absent. Data goes to standard output, everything else to
 * standard error; no stack trace is shown unless {@code CHANRACE_DEBUG=1} asks for it.
 *
 * <p><b>Caveats.</b> After Ctrl-C the output holds what was finished, which depends on when it was pressed, and says that it is
 * partial. A run that has begun is not waited for then.
 */
package org.chanrace.cli;
