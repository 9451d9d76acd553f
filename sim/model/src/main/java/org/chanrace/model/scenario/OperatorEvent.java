package org.chanrace.model.scenario;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Something done from outside at a certain moment.
 *
 * @param when when
 * @param action what
 * @param oneOf a name that events may share: of those with this name only the first whose moment comes is done
 */
public record OperatorEvent(When when, Action action, Optional<String> oneOf) {
    public OperatorEvent {
        Objects.requireNonNull(when);
        Objects.requireNonNull(action);
        Objects.requireNonNull(oneOf);
    }

    /** An event that does not depend on others. */
    public OperatorEvent(When when, Action action) {
        this(when, action, Optional.empty());
    }

    /** The moment. */
    public sealed interface When {
        /** Virtual time since the migrate command, ns. */
        record At(long nanos) implements When {
            public At {
                if (nanos < 0) throw new IllegalArgumentException("a time is negative");
            }
        }

        /**
         * So long after the source's status was first as named; {@code postcopy-paused} means: of both sides, unless a resume waits for it.
         *
         * @param status a source status as {@code query-migrate} shows it
         * @param occurrence which time the status is reached, from 1
         */
        record After(String status, int occurrence, long byNanos) implements When {
            public After {
                Objects.requireNonNull(status);
                if (byNanos < 0 || occurrence < 1) throw new IllegalArgumentException("a time is negative");
            }
        }
    }

    /** What is done. */
    public sealed interface Action {
        /** The relay of the connections that it makes the source open; empty when it opens none. */
        default Optional<Network.Relay> opensThrough() {
            if (this instanceof Recover recover) return Optional.of(recover.relay());
            if (this instanceof Resume resume) return Optional.of(resume.relay());
            if (this instanceof Migrate migrate) return Optional.of(migrate.relay());
            return Optional.empty();
        }

        /** {@code migrate-start-postcopy} on the source. */
        record StartPostcopy() implements Action {}

        /**
         * Connections are broken; both ends see an error, after what was on its way to them and is not lost.
         *
         * @param channel only those that the source opened as this channel, {@code main} or {@code preempt}; empty for every connection
         */
        record BreakNetwork(Loses loses, Optional<String> channel) implements Action {
            public BreakNetwork {
                Objects.requireNonNull(loses);
                Objects.requireNonNull(channel);
            }

            /** Every connection is broken. */
            public BreakNetwork(Loses loses) {
                this(loses, Optional.empty());
            }

            /** Every connection is broken; what has left a kernel still arrives. */
            public BreakNetwork() {
                this(Loses.NOTHING);
            }

            /** The directions in which all that is on its way, or has arrived and was not read, is lost. */
            public enum Loses {
                NOTHING("nothing"),
                TO_SOURCE("to-source"),
                TO_DESTINATION("to-destination"),
                BOTH("both");

                private final String text;

                Loses(String text) {
                    this.text = text;
                }

                /** The word in scenario files. */
                public String text() {
                    return text;
                }
            }
        }

        /** From now on no packet arrives, and nobody is told; {@link RestoreNetwork} ends it. */
        record CutNetwork() implements Action {}

        /** The next handshake packet that is under way is lost, and comes again after a timeout. */
        record LoseSyn() implements Action {}

        /** Packets arrive again. */
        record RestoreNetwork() implements Action {}

        /** {@code migrate-pause} on one side. */
        record Pause(boolean onSource) implements Action {}

        /** {@code migrate-recover} on the destination, then {@code migrate resume=true} on the source, through this relay. */
        record Recover(Network.Relay relay) implements Action {
            public Recover {
                Objects.requireNonNull(relay);
            }
        }

        /** As {@link Recover}, whatever the destination's status is: its {@code migrate-recover} may be refused. */
        record Resume(Network.Relay relay) implements Action {
            public Resume {
                Objects.requireNonNull(relay);
            }
        }

        /**
         * {@code migrate} once more, through this relay, after an attempt that failed or was cancelled. A destination whose process is gone has
         * been started anew before, with the same settings; one that is there is used as it is.
         */
        record Migrate(Network.Relay relay) implements Action {
            public Migrate {
                Objects.requireNonNull(relay);
            }
        }

        /** {@code migrate_cancel} on the source. */
        record Cancel() implements Action {}

        /** {@code migrate-set-parameters} on the source; the values that are not negative change. */
        record SetParameters(long maxBandwidth, long maxPostcopyBandwidth, long downtimeLimitNanos) implements Action {
            /** Leaves a parameter as it is. */
            public static final long KEEP = -1;
        }

        /**
         * The machines of these parties stand still, with all that runs on them and with their kernels, and then go on: as when a virtual machine's CPUs are
         * stolen, when it is stopped, or migrated itself. Their clocks go on.
         *
         * @param nanos for how long, from 1 to {@link #MOST_NANOS}
         * @param of at least one; those on one machine stand still together
         */
        record StandStill(long nanos, Set<Party> of) implements Action {
            /** An hour. */
            public static final long MOST_NANOS = 3_600_000_000_000L;

            public StandStill {
                if (nanos < 1 || nanos > MOST_NANOS) throw new IllegalArgumentException("a standstill lasts from 1 ns to an hour");
                if (of.isEmpty()) throw new IllegalArgumentException("nobody stands still");
                of = Collections.unmodifiableSet(EnumSet.copyOf(of));
            }

            /** Who stands still: {@code source, destination and relay}. */
            public String who() {
                List<String> names = of.stream().map(Party::text).toList();
                return names.size() == 1 ? names.get(0) : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
            }

            /** Who can stand still. */
            public enum Party {
                SOURCE("source"),
                DESTINATION("destination"),
                RELAY("relay");

                private final String text;

                Party(String text) {
                    this.text = text;
                }

                /** The word in scenario files. */
                public String text() {
                    return text;
                }
            }
        }

        /** A stranger connects to the destination's port, says nothing, and closes after a while. */
        record Probe(long holdNanos) implements Action {
            public Probe {
                if (holdNanos < 0) throw new IllegalArgumentException("a time is negative");
            }
        }
    }
}
