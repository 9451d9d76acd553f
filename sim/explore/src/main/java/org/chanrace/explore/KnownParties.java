package org.chanrace.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.function.Supplier;
import org.chanrace.explore.Party.About;
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
    // What objects take, about, beside their contents.
    private static final int PARTY_BYTES = 250;
    private static final int MESSAGE_BYTES = 80;
    private static final int STEP_BYTES = 72;
    private static final int RECEIVED_BYTES = 24;
    private static final int JUDGEMENT_BYTES = 24;

    private final Fingerprints partyNumbers = new Fingerprints();
    private final Fingerprints messageNumbers = new Fingerprints();
    private volatile Party[] parties = new Party[256];
    private Message[] messages = new Message[256];
    private long bytes;

    /** The party that has this number. */
    Party party(int number) {
        return parties[number];
    }

    /** The party that was written, its lanes and from {@code processAt} on its process, known before or not. */
    Party party(int process, StateWriter written, int processAt, Supplier<About> about) {
        HashValue128 hash = HASHER.hashBytesTo128Bits(written.buffer(), 0, written.size());
        long high = hash.getMostSignificantBits();
        long low = hash.getLeastSignificantBits();
        synchronized (this) {
            int size = partyNumbers.size();
            int number = partyNumbers.number(high, low);
            if (number < size) return parties[number];
            Party party = new Party(number, process, Arrays.copyOf(written.buffer(), written.size()), processAt, high, low, about.get());
            Party[] all = number == parties.length ? Arrays.copyOf(parties, 2 * number) : parties;
            all[number] = party;
            parties = all;
            bytes += PARTY_BYTES + party.bytes.length + 20L * party.ready.length;
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
