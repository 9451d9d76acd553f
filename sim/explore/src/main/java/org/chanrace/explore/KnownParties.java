package org.chanrace.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.function.Supplier;
import org.chanrace.explore.Party.About;
import org.chanrace.explore.Party.Inside;
import org.chanrace.explore.Party.Message;
import org.chanrace.explore.Party.Step;
import org.chanrace.kernel.StateWriter;

/**
 * All parties that the states of a small instance are made of, and all messages between them, numbered as they are come to, and shared by the threads that
 * explore. The numbers may depend on who comes first, and nothing that is reported depends on them. How many there are, and what was learnt of them, is a function of
 * the states that were gone on from.
 */
final class KnownParties {
    private static final Hasher128 HASHER = Hashing.xxh3_128();
    // What objects take, about, beside their contents: themselves, and where they are kept.
    private static final int PARTY_BYTES = 200;
    private static final int INSIDE_BYTES = 90;
    private static final int MESSAGE_BYTES = 90;
    private static final int STEP_BYTES = 40;
    private static final int RECEIVED_BYTES = 32;
    private static final int JUDGEMENT_BYTES = 24;

    private final Fingerprints partyNumbers = new Fingerprints();
    private final Fingerprints insideNumbers = new Fingerprints();
    private final Fingerprints messageNumbers = new Fingerprints();
    private volatile Party[] parties = new Party[256];
    private Inside[] insides = new Inside[256];
    private Message[] messages = new Message[256];
    private final Fingerprint fingerprint = new Fingerprint();
    private long bytes;

    /** The party that has this number. */
    Party party(int number) {
        return parties[number];
    }

    /**
     * The process that was written, known before or not.
     *
     * @param likelyOrNull what it probably is: of processes that handle an event almost half are as they were, which is sooner seen than looked up
     */
    Inside inside(StateWriter written, Inside likelyOrNull) {
        if (likelyOrNull != null && Arrays.equals(likelyOrNull.bytes(), 0, likelyOrNull.bytes().length, written.buffer(), 0, written.size())) return likelyOrNull;
        HashValue128 hash = HASHER.hashBytesTo128Bits(written.buffer(), 0, written.size());
        long high = hash.getMostSignificantBits();
        long low = hash.getLeastSignificantBits();
        synchronized (this) {
            int size = insideNumbers.size();
            int number = insideNumbers.number(high, low);
            if (number < size) return insides[number];
            if (number == insides.length) insides = Arrays.copyOf(insides, 2 * number);
            insides[number] = new Inside(Arrays.copyOf(written.buffer(), written.size()), high, low);
            bytes += INSIDE_BYTES + written.size();
            return insides[number];
        }
    }

    /** The party of this process whose lanes were written, known before or not. */
    Party party(int process, Inside inside, StateWriter lanes, Supplier<About> about) {
        HashValue128 hash = HASHER.hashBytesTo128Bits(lanes.buffer(), 0, lanes.size());
        synchronized (this) {
            fingerprint.begin(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
            fingerprint.add(inside.high(), inside.low());
            long high = fingerprint.high();
            long low = fingerprint.low();
            int size = partyNumbers.size();
            int number = partyNumbers.number(high, low);
            if (number < size) return parties[number];
            Party party = new Party(number, process, Arrays.copyOf(lanes.buffer(), lanes.size()), inside, high, low, about.get());
            Party[] all = number == parties.length ? Arrays.copyOf(parties, 2 * number) : parties;
            all[number] = party;
            parties = all;
            bytes += PARTY_BYTES + party.lanes.length + 12L * party.ready.length;
            return party;
        }
    }

    /** The message to a party that was written, known before or not. */
    synchronized Message message(int to, StateWriter written) {
        HashValue128 hash = HASHER.hashBytesTo128Bits(written.buffer(), 0, written.size());
        int size = messageNumbers.size();
        int number = messageNumbers.number(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
        if (number < size) return messages[number];
        if (number == messages.length) messages = Arrays.copyOf(messages, 2 * number);
        messages[number] = new Message(number, to, Arrays.copyOf(written.buffer(), written.size()));
        bytes += MESSAGE_BYTES + written.size();
        return messages[number];
    }

    /** It was found out what comes of the head of a lane. */
    synchronized void learn(Party party, int k, boolean leavesOut, Step step) {
        if (party.learn(k, leavesOut, step)) bytes += STEP_BYTES;
    }

    /** It was found out how a party is when it was sent a message. */
    synchronized void learn(Party party, Message message, Party after) {
        if (party.learn(message, after)) bytes += RECEIVED_BYTES;
    }

    /** It was judged which of a party's lanes commutes. */
    synchronized void learn(Party party, long asked, long facts, int judgement) {
        if (party.learn(asked, facts, judgement)) bytes += JUDGEMENT_BYTES;
    }

    /** Bytes in use, about. */
    synchronized long bytes() {
        return bytes;
    }
}
