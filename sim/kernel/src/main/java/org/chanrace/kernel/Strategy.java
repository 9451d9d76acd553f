package org.chanrace.kernel;

/** Makes the only choice there is: which lane's head is handled next. */
public interface Strategy {
    /** The next lane, one that is {@linkplain Lanes#ready ready}; -1 to handle no more. */
    int pick(Lanes lanes);
}
