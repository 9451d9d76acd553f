/*
 * The channels main and preempt between two releases of QEMU, in every order: R02, preempt overtakes main, and R04, the moment at which
 * preempt is opened is an ABI.
 *
 * Written a second time, from the specification of QEMU's behaviour (sections 2 to 5, 7 and 10), but with the Java model at hand: what is
 * bounded, how endings are told apart, and that precopy's end is looked for before the switch to postcopy are taken from there, so that the
 * two can be compared; a mistake in these is a mistake in both.
 *
 * The level is that of chanrace's small instance within the bounds that the scenario files beside it give: two pages, one of which the
 * guest writes once more while the migration runs; migrate-start-postcopy at any moment from "active" on; a vCPU that touches the page, if
 * it is missing then, at any moment once the guest runs on the destination. Nothing breaks, buffers have room for all, devices touch no page
 * while they are loaded.
 *
 * Releases are macros, to be given to spin with -D:
 *   SOURCE_7_2 | SOURCE_8_0_RC1 | SOURCE_8_0     7.2 stands for 7.1, too
 *   OLD_MACHINE                                  a machine type up to 7.2, which sets x-preempt-pre-7-2 of a SOURCE_8_0
 *   DESTINATION_7_2 | DESTINATION_8_0
 *
 * run.sh runs it for four pairings and compares the endings. A shortest way to an ending that is not good, step by step:
 *   spin -a -DSOURCE_7_2 -DDESTINATION_7_2 pairing.pml && gcc -DSAFETY -DBFS -o pan pan.c && ./pan && ./pan -r
 */

/* When preempt is opened and ended, by the source (section 4), and who sends a page that was asked for (section 7). */
#if defined(SOURCE_7_2)
#define OPENS_PREEMPT_AT_SETUP    true
#define WAITS_FOR_PONG            false
#define ENDS_PREEMPT_WITH_EOS     true
#define RETURN_PATH_SENDS_URGENT  false
#elif defined(SOURCE_8_0_RC1)
#define OPENS_PREEMPT_AT_SETUP    false
#define WAITS_FOR_PONG            true
#define ENDS_PREEMPT_WITH_EOS     true
#define RETURN_PATH_SENDS_URGENT  true
#elif defined(SOURCE_8_0)
#define WAITS_FOR_PONG            true
#define RETURN_PATH_SENDS_URGENT  true
#if defined(OLD_MACHINE)
#define OPENS_PREEMPT_AT_SETUP    true
#define ENDS_PREEMPT_WITH_EOS     true
#else
#define OPENS_PREEMPT_AT_SETUP    false
#define ENDS_PREEMPT_WITH_EOS     false
#endif
#else
#error "which source? -DSOURCE_7_2, -DSOURCE_8_0_RC1 or -DSOURCE_8_0"
#endif

/* When the destination begins to load (section 2.5), where it waits for preempt (section 4), how it ends the preempt thread (trait dClose). */
#if defined(DESTINATION_7_2)
#define LOADING_NEEDS_PREEMPT     true
#define PREEMPT_THREAD_WAITS      false
#define SHUTS_PREEMPT_AT_END      false
#elif defined(DESTINATION_8_0)
#define LOADING_NEEDS_PREEMPT     false
#define PREEMPT_THREAD_WAITS      true
#define SHUTS_PREEMPT_AT_END      true
#else
#error "which destination? -DDESTINATION_7_2 or -DDESTINATION_8_0"
#endif

/* What is on the wire. HEADER stands for the header and OPEN_RETURN_PATH, DEVICES for the end of a precopy stream, END for that of a postcopy stream. */
mtype:record = { HEADER, PING, PAGE, DISCARD, PACKAGED, DEVICES, END, EOS, PONG, REQUEST, SHUT, FIN };

/* The source's status, as far as outcomes depend on it. */
mtype:status = { SETUP, ACTIVE, POSTCOPY_ACTIVE, COMPLETED };

/* Connections by the role that the source opened them in. */
#define MAIN     0
#define PREEMPT  1
#define NOBODY   2

/* Pages: the guest's, which it writes once more, and the firmware's. */
#define WRITTEN   0
#define FIRMWARE  1

/* TCP: a connection is a FIFO in each direction, here with room for everything. The argument is a page's or a PING's number. */
chan toDestination[2] = [12] of { mtype:record, byte };
chan toSource = [8] of { mtype:record, byte };  /* main's other direction; nothing is sent back on preempt */
chan acceptQueue = [2] of { byte };
bool dialled[2];
bool connected[2];

/* The source. */
mtype:status status = SETUP;
bool guestRunsOnSource = true;
bool mainIsConnected;
byte preemptPosts;       /* semaphore: preempt is connected */
byte pongs;              /* semaphore: counts every PONG */
bool dirty[2] = true;    /* still to be sent */
bool logged;             /* page WRITTEN stands in the dirty log */
bool postcopyRequested;
bool urgentQueued;       /* page WRITTEN was asked for, and the migration thread is to send it */
bool shutArrived;

/* The destination. */
byte takenForMain = NOBODY;
byte takenForPreempt = NOBODY;
byte preemptArrived;     /* semaphore: a preempt channel was accepted */
bool coroutineReads;
bool listening;          /* LISTEN was handled: the postcopy threads run */
bool devicesLoaded;
bool guestRunsOnDestination;
bool received[2];
bool quit;               /* the preempt thread is told to end */
bool preemptThreadEnded;
bool ended;              /* all was read, userfaultfd is gone: a page that is missing now reads as zeros */
bool destinationIsGone;

/* ---- The network (section 2.1) ---- */

/* Three packets. The source counts as connected with the second; only the third puts the connection into the accept queue. */
proctype Handshake(byte connection) {
end:
    dialled[connection];
    connected[connection] = true;
    acceptQueue ! connection
}

/* ---- The source (section 3) ---- */

active proctype SourceMainLoop() {
    dialled[MAIN] = true;
    connected[MAIN];
    atomic {
        if
        :: OPENS_PREEMPT_AT_SETUP -> dialled[PREEMPT] = true
        :: else
        fi;
        mainIsConnected = true
    }
end:
    connected[PREEMPT];
    preemptPosts++
}

active proctype MigrationThread() {
    mainIsConnected;
    toDestination[MAIN] ! HEADER, 0;
    toDestination[MAIN] ! PING, 1;
    status = ACTIVE;

    /* Passes over the dirty pages, until nothing is left or, if something is left, postcopy was asked for. Up to 10.0 the end is looked for first. */
pass:
    do
    :: atomic { dirty[WRITTEN] -> dirty[WRITTEN] = false; toDestination[MAIN] ! PAGE, WRITTEN }
    :: atomic { !dirty[WRITTEN] && dirty[FIRMWARE] -> dirty[FIRMWARE] = false; toDestination[MAIN] ! PAGE, FIRMWARE }
    :: atomic { !dirty[WRITTEN] && !dirty[FIRMWARE] -> dirty[WRITTEN] = logged; logged = false; break }
    od;
    atomic {
        if
        :: !dirty[WRITTEN] && !logged -> goto precopyCompletes
        :: else
        fi;
        dirty[WRITTEN] = true;
        logged = false;
        if
        :: postcopyRequested -> goto switchOver
        :: else -> goto pass
        fi
    }

precopyCompletes:
    atomic { guestRunsOnSource = false; dirty[WRITTEN] = logged; logged = false }
    if
    :: atomic { dirty[WRITTEN] -> dirty[WRITTEN] = false; toDestination[MAIN] ! PAGE, WRITTEN }
    :: !dirty[WRITTEN]
    fi;
    toDestination[MAIN] ! DEVICES, 0;
    goto lastWord;

switchOver:  /* section 3.3, by its numbers */
    if  /* 1 */
    :: WAITS_FOR_PONG -> atomic { pongs > 0 -> pongs-- }
    :: else
    fi;
    if  /* 2 */
    :: !OPENS_PREEMPT_AT_SETUP -> dialled[PREEMPT] = true
    :: else
    fi;
    atomic { preemptPosts > 0 -> preemptPosts-- }
    /* 4 to 6: a page that is dirty by now is dirty already, since there is but one write. */
    atomic { status = POSTCOPY_ACTIVE; guestRunsOnSource = false; assert(dirty[WRITTEN] && !logged) }
    toDestination[MAIN] ! DISCARD, WRITTEN;
    toDestination[MAIN] ! PING, 2;
    toDestination[MAIN] ! PACKAGED, 0;  /* 7: LISTEN, devices, PING(3), RUN */
    toDestination[MAIN] ! PING, 4;      /* 8 */

    /* What was asked for first, then the background. */
    do
    :: atomic {
        urgentQueued ->
        urgentQueued = false;
        if
        :: dirty[WRITTEN] -> dirty[WRITTEN] = false; toDestination[PREEMPT] ! PAGE, WRITTEN
        :: else  /* was sent already: dropped without a word */
        fi
    }
    :: atomic { !urgentQueued && dirty[WRITTEN] -> dirty[WRITTEN] = false; toDestination[MAIN] ! PAGE, WRITTEN }
    :: !urgentQueued && !dirty[WRITTEN] -> break
    od;
    toDestination[MAIN] ! END, 0;
    if
    :: ENDS_PREEMPT_WITH_EOS -> toDestination[PREEMPT] ! EOS, 0
    :: else
    fi;

lastWord:
    shutArrived;
    status = COMPLETED
}

active proctype ReturnPathThread() {
    byte page;
    mainIsConnected;
end:
    do
    :: atomic { toSource ? PONG, _ -> pongs++ }
    :: atomic {
        toSource ? REQUEST, page ->
        if
        :: RETURN_PATH_SENDS_URGENT && dirty[page] -> dirty[page] = false; toDestination[PREEMPT] ! PAGE, page
        :: RETURN_PATH_SENDS_URGENT && !dirty[page]
        :: !RETURN_PATH_SENDS_URGENT -> urgentQueued = true
        fi
    }
    :: atomic { toSource ? SHUT, _ -> shutArrived = true; break }
    :: toSource ? FIN, _ -> break  /* these releases hang when the last word is lost in postcopy (R31) */
    od
}

active proctype Operator() {
    status != SETUP;
    postcopyRequested = true
}

active proctype GuestOnSource() {
end:
    atomic { guestRunsOnSource -> logged = true }
}

/* ---- The destination (sections 2.2 to 2.5, 4 and 7) ---- */

active proctype DestinationMainLoop() {
    byte connection;
    mtype:record kind;
    byte argument;
end:
    do
    :: atomic {
        acceptQueue ? connection ->
        /* The first is main, whatever it is: without multifd none of these releases looks into it. */
        if
        :: takenForMain == NOBODY -> takenForMain = connection
        :: else -> takenForPreempt = connection; preemptArrived++
        fi;
        if
        :: takenForPreempt == NOBODY && !LOADING_NEEDS_PREEMPT -> coroutineReads = true
        :: takenForPreempt != NOBODY && LOADING_NEEDS_PREEMPT -> coroutineReads = true
        :: else
        fi
    }
    :: atomic {
        coroutineReads && nempty(toDestination[takenForMain]) ->
        toDestination[takenForMain] ? kind, argument;
        if
        :: kind == HEADER
        :: kind == PING -> toSource ! PONG, argument
        :: kind == PAGE -> received[argument] = true
        :: kind == DISCARD -> received[argument] = false
        :: kind == PACKAGED -> coroutineReads = false; listening = true; goto loadDevices
        :: kind == DEVICES ->
            coroutineReads = false;
            toSource ! SHUT, 0;
            guestRunsOnDestination = true;
            ended = true
        :: else -> goto notAMigrationStream
        fi
    }
    od;

    /* The package is loaded without a look at anything else: the main loop accepts nothing meanwhile. */
loadDevices:
    atomic { toSource ! PONG, 3; guestRunsOnDestination = true; devicesLoaded = true; goto end }

notAMigrationStream:
    atomic { coroutineReads = false; destinationIsGone = true; toSource ! FIN, 0 }
}

active proctype ListenThread() {
    byte argument;
end:
    listening;
    do
    :: atomic { toDestination[takenForMain] ? PING, argument -> toSource ! PONG, argument }
    :: atomic { toDestination[takenForMain] ? PAGE, argument -> received[argument] = true }
    :: toDestination[takenForMain] ? END, _ -> break
    od;
    devicesLoaded;
    if
    :: SHUTS_PREEMPT_AT_END -> quit = true
    :: else  /* joins a thread that ends with EOS only */
    fi;
    preemptThreadEnded;
    atomic { ended = true; toSource ! SHUT, 0 }
}

active proctype PreemptThread() {
    mtype:record kind;
    byte argument;
end:
    listening;
    if
    :: PREEMPT_THREAD_WAITS -> atomic { preemptArrived > 0 -> preemptArrived-- }
    :: else
    fi;
    do
    :: quit -> break  /* whatever has arrived and was not read is lost (R07) */
    :: atomic {
        !quit && nempty(toDestination[takenForPreempt]) ->
        toDestination[takenForPreempt] ? kind, argument;
        if
        :: kind == PAGE -> received[argument] = true
        :: kind == EOS -> break
        fi
    }
    od;
    preemptThreadEnded = true
}

/* Touches the page that may be missing, once. The firmware was never discarded. */
active proctype Vcpu() {
end:
    guestRunsOnDestination && listening;
    atomic {
        if
        :: !received[WRITTEN] && !ended -> toSource ! REQUEST, WRITTEN
        :: else
        fi
    }
}

/* ---- The verdict ---- */

inline where() {
    /* A verifier prints nothing that the model prints, so this is C; run.sh reads it. */
    c_code {
        printf("%s\n", now.guestRunsOnSource ? (now.guestRunsOnDestination ? "both" : "source")
                                             : (now.guestRunsOnDestination ? "destination" : "neither"));
    }
}

/* When nobody can do anything any more, says how the migration has ended. All but the first of these is an error, which leaves a trail. */
active proctype Judge() {
end:
    atomic {
        timeout ->
        if
        :: destinationIsGone && !guestRunsOnSource -> c_code { printf("ending: destination-crash, guest on "); }; where(); assert(false)
        :: destinationIsGone && guestRunsOnSource -> c_code { printf("ending: failed, guest on "); }; where(); assert(false)
        :: else ->
            if
            :: ended && !received[WRITTEN] -> c_code { printf("ending: guest-corrupt, guest on "); }; where(); assert(false)
            :: ended && received[WRITTEN] && status == COMPLETED -> c_code { printf("ending: completed, guest on "); }; where()
            :: else ->
                if
                :: status == SETUP -> c_code { printf("ending: setup-stall, guest on "); }; where(); assert(false)
                :: status == ACTIVE -> c_code { printf("ending: precopy-stall, guest on "); }; where(); assert(false)
                :: else -> c_code { printf("ending: postcopy-stall, guest on "); }; where(); assert(false)
                fi
            fi
        fi
    }
}

init {
    atomic { run Handshake(MAIN); run Handshake(PREEMPT) }
}
