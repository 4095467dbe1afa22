package dev.onsale.waitingroom.line;

/** A call of the model, and how many of it have come or left. */
final class ModelCall {

    final long first;
    final long last;
    final long at;
    long settled;

    ModelCall(long first, long last, long at) {
        this.first = first;
        this.last = last;
        this.at = at;
    }

    boolean has(long position) {
        return position >= first && position <= last;
    }
}
