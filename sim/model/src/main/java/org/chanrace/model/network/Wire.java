package org.chanrace.model.network;

/**
 * What travels: the encoding of events between the processes, one {@code long} each.
 *
 * <p>Top byte: the kind. Next five bits: the connection, from 0. The rest: arguments; a run of pages has its first page in 28
 * bits and its length in 16. Kinds below {@link #FIRST_CALL} are records of a connection's stream, with a length in bytes;
 * the others are system calls, their results, and signals within the network. Lengths are those of QEMU's wire format
 * (specification of QEMU's behaviour, section 1.3).
 */
public final class Wire {
    /** Stream header and configuration section. Argument: none. */
    public static final int HEADER = 1;
    public static final int OPEN_RETURN_PATH = 2;
    /** Argument: number. */
    public static final int PING = 3;
    public static final int POSTCOPY_ADVISE = 4;
    public static final int RAM_SETUP = 5;
    /** Argument: run of pages with content. */
    public static final int PAGES = 6;
    /** Argument: run of pages that are zero. */
    public static final int ZERO_PAGES = 7;
    /** End of a RAM section. */
    public static final int SECTION_EOS = 8;
    public static final int MULTIFD_FLUSH = 9;
    /** The pages that are dirty at the switch; which they are stands in {@link PageBitmaps}. */
    public static final int RAM_DISCARD = 10;
    /** LISTEN, device state, PING(3), PING(0x42) from 10.2 on, RUN. Argument: 1 when PING(0x42) is in it. */
    public static final int PACKAGED = 11;
    /** End of RAM and the EOF byte: the source has nothing more to say on main. */
    public static final int STREAM_EOF = 12;
    /** Device state of a precopy migration, with the EOF byte. */
    public static final int DEVICE_STATE = 13;
    /** End of stream on the preempt channel. */
    public static final int PREEMPT_EOS = 14;
    public static final int RECV_BITMAP = 15;
    public static final int POSTCOPY_RESUME = 16;
    /** Argument: number. */
    public static final int PONG = 17;
    /** Argument: run of pages. */
    public static final int REQ_PAGES = 18;
    public static final int SHUT = 19;
    /** The pages that the destination has; which they are stands in {@link PageBitmaps}. */
    public static final int BITMAP = 20;
    public static final int RESUME_ACK = 21;
    /** The peer has closed. */
    public static final int FIN = 22;
    /** The connection is broken. */
    public static final int RST = 23;
    /** A part of a page that is larger than {@link #PART_BYTES}. Argument: page, number of the part, whether it is the last. */
    public static final int PAGE_PART = 24;

    /** Kinds from here on are not records of a stream. */
    public static final int FIRST_CALL = 32;

    /** Call: open a connection. */
    public static final int CONNECT = 32;
    /** Call: close a connection in an orderly way. */
    public static final int CLOSE = 33;
    /** Call: the connection was taken from the accept queue. */
    public static final int ACCEPT = 34;
    /** Call: data arrived for a socket that is closed. */
    public static final int REFUSE = 35;
    /** Call: bytes were read. Argument: how many. */
    public static final int READ = 36;
    /** Result: connected. */
    public static final int CONNECTED = 40;
    /** Result: could not connect. */
    public static final int CONNECT_FAILED = 41;
    /** Result: room in the send buffer. Argument: bytes. */
    public static final int ROOM = 42;
    /** Signal: the connection is broken, writes will fail. */
    public static final int BROKEN = 43;
    /** Signal: a connection waits in the accept queue. */
    public static final int INCOMING = 44;
    /** Signal: there is a destination that listens. */
    public static final int LISTENING = 45;

    private static final int KIND_SHIFT = 56;
    private static final int CONNECTION_SHIFT = 51;
    private static final long ARGUMENT_MASK = (1L << CONNECTION_SHIFT) - 1;
    private static final int RUN_BITS = 16;

    /** The unit in which RAM is sent, whatever the size of the host's pages, bytes. */
    public static final int SMALL_PAGE_BYTES = 4096;
    /** What a small page costs on the wire beside its content, bytes. */
    public static final int PAGE_HEADER_BYTES = 8;
    /** Larger pages of the host go in parts of this size, bytes. */
    public static final int PART_BYTES = 32 << 10;
    /** Small pages in a part. */
    public static final int SMALL_PAGES_IN_PART = PART_BYTES / SMALL_PAGE_BYTES;
    /** The longest run of pages that one record can hold. */
    public static final int MAX_RUN = (1 << RUN_BITS) - 1;
    /** The number of connections that an event can name. */
    public static final int MAX_CONNECTIONS = 32;

    private Wire() {}

    /** An event. */
    public static long event(int kind, int connection, long argument) {
        return ((long) kind << KIND_SHIFT) | ((long) connection << CONNECTION_SHIFT) | argument;
    }

    /** A record about a run of pages. */
    public static long run(int kind, int connection, int firstPage, int pages) {
        return event(kind, connection, ((long) firstPage << RUN_BITS) | pages);
    }

    /** In how many parts a page of this size goes; 1 for one that is not divided. */
    public static int parts(long pageBytes) {
        return pageBytes <= PART_BYTES ? 1 : (int) (pageBytes / PART_BYTES);
    }

    /** A part of a page: {@code part} from 0 to below {@code parts}. */
    public static long part(int connection, int page, int part, int parts) {
        return run(PAGE_PART, connection, page, part << 1 | (part + 1 == parts ? 1 : 0));
    }

    /** The number of a part, from 0. */
    public static int partNumber(long event) {
        return pages(event) >>> 1;
    }

    /** Whether a part is the last of its page. */
    public static boolean isLastPart(long event) {
        return (event & 1) != 0;
    }

    /** How many pages are complete with this record, the first of them being {@link #firstPage}: 0 for what brings none, or a part that is not the last. */
    public static int pagesCompleted(long record) {
        return switch (kind(record)) {
            case PAGES, ZERO_PAGES -> pages(record);
            case PAGE_PART -> isLastPart(record) ? 1 : 0;
            default -> 0;
        };
    }

    /** The kind of an event. */
    public static int kind(long event) {
        return (int) (event >>> KIND_SHIFT);
    }

    /** The connection of an event. */
    public static int connection(long event) {
        return (int) (event >>> CONNECTION_SHIFT) & (MAX_CONNECTIONS - 1);
    }

    /** The argument of an event. */
    public static long argument(long event) {
        return event & ARGUMENT_MASK;
    }

    /** The first page of a run. */
    public static int firstPage(long event) {
        return (int) (argument(event) >>> RUN_BITS);
    }

    /** The length of a run, pages. */
    public static int pages(long event) {
        return (int) event & MAX_RUN;
    }

    /** How many pages a record holds, of one a part perhaps, or asks for, the first of them being {@link #firstPage}. */
    static int pagesConcerned(long record) {
        return switch (kind(record)) {
            case PAGES, ZERO_PAGES, REQ_PAGES -> pages(record);
            case PAGE_PART -> 1;
            default -> 0;
        };
    }

    /**
     * Length of a record on the wire. Each small page of a page has its header.
     *
     * @param pageBytes size of a page of the host
     * @param bitmapBytes size of a bitmap of all pages
     */
    public static long bytes(long record, long pageBytes, long bitmapBytes) {
        return switch (kind(record)) {
            case PAGES -> pages(record) * (pageBytes + PAGE_HEADER_BYTES * (pageBytes / SMALL_PAGE_BYTES));
            case ZERO_PAGES -> pages(record) * (pageBytes / SMALL_PAGE_BYTES) * (PAGE_HEADER_BYTES + 1L);
            case PAGE_PART -> SMALL_PAGES_IN_PART * (SMALL_PAGE_BYTES + PAGE_HEADER_BYTES);
            case HEADER -> 120;
            case OPEN_RETURN_PATH -> 5;
            case PING -> 9;
            case POSTCOPY_ADVISE -> 21;
            case RAM_SETUP -> 220;
            case SECTION_EOS, MULTIFD_FLUSH, PREEMPT_EOS -> 8;
            case RAM_DISCARD -> 240;
            case PACKAGED, DEVICE_STATE -> 28_463;
            case STREAM_EOF -> 14;
            case RECV_BITMAP -> 12;
            case POSTCOPY_RESUME -> 5;
            case PONG, SHUT, RESUME_ACK -> 8;
            case REQ_PAGES -> 24;
            case BITMAP -> 40 + bitmapBytes;
            default -> 0;
        };
    }

    /** A record for people. */
    public static String text(long record) {
        return switch (kind(record)) {
            case HEADER -> "stream header";
            case OPEN_RETURN_PATH -> "OPEN_RETURN_PATH";
            case PING -> "PING(" + number(record) + ")";
            case POSTCOPY_ADVISE -> "POSTCOPY_ADVISE";
            case RAM_SETUP -> "RAM set-up";
            case PAGES -> runText("pages ", record);
            case ZERO_PAGES -> runText("zero pages ", record);
            case PAGE_PART -> "page 0x" + Integer.toHexString(firstPage(record)) + ", part " + (partNumber(record) + 1) + (isLastPart(record) ? ", the last" : "");
            case SECTION_EOS -> "section EOS";
            case MULTIFD_FLUSH -> "MULTIFD_FLUSH";
            case RAM_DISCARD -> "RAM_DISCARD, PING(2)";
            case PACKAGED -> argument(record) == 1 ? "PACKAGED {LISTEN, devices, PING(3), PING(0x42), RUN}" : "PACKAGED {LISTEN, devices, PING(3), RUN}";
            case STREAM_EOF -> "RAM END, EOF";
            case DEVICE_STATE -> "device state, EOF";
            case PREEMPT_EOS -> "EOS on preempt";
            case RECV_BITMAP -> "RECV_BITMAP";
            case POSTCOPY_RESUME -> "POSTCOPY_RESUME";
            case PONG -> "PONG(" + number(record) + ")";
            case REQ_PAGES -> runText("REQ_PAGES ", record);
            case SHUT -> "SHUT";
            case BITMAP -> "RECV_BITMAP reply";
            case RESUME_ACK -> "RESUME_ACK";
            case FIN -> "FIN";
            case RST -> "RST";
            default -> "event " + kind(record);
        };
    }

    private static String number(long record) {
        long n = argument(record);
        return n < 10 ? Long.toString(n) : "0x" + Long.toHexString(n);
    }

    private static String runText(String what, long record) {
        int first = firstPage(record);
        int n = pages(record);
        return n == 1 ? what.replace("pages ", "page ") + "0x" + Integer.toHexString(first)
                : what + "0x" + Integer.toHexString(first) + "..0x" + Integer.toHexString(first + n - 1);
    }
}
