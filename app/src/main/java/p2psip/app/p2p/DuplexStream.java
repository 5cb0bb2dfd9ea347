package p2psip.app.p2p;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc9000.*;

/// One stream of a Link: both its directions, and what the program at this end may write and wants
/// to read.
final class DuplexStream {
    /// Bytes that are kept in either direction: written and not yet acknowledged, or come and not
    /// yet read.
    static final int WINDOW = 256 * 1024;

    /// The program is told that it may write more when at least so many bytes are free.
    private static final int WORTH = WINDOW / 8;

    /// Bytes handed out at once.
    private static final int CHUNK = 64 * 1024;

    final Word.Name name;
    final SendStream sending = new SendStream(WINDOW, WINDOW);
    final ReceiveStream receiving = new ReceiveStream(WINDOW);
    private final Outbox<Links.Event> told;
    private final long id;
    private int service;
    private boolean known, taken, heard, finished, gone;
    private long wanted;
    private int freed;

    /// @param name as this node says it
    /// @param told for the program
    DuplexStream(Word.Name name, long id, Outbox<Links.Event> told) {
        this.name = name;
        this.id = id;
        this.told = told;
    }

    long id() { return id; }

    int service() { return service; }

    /// To which service it is; the program knows of it.
    void known(int to) {
        service = to;
        known = true;
        told.add(new Links.Event.Writable(id, WINDOW));
    }

    boolean isKnown() { return known; }

    /// The other end has it.
    void taken() {
        if (taken || gone) return;
        taken = true;
        told.add(new Links.Event.Opened(id));
    }

    /// The other end has something of it.
    void heard() { heard = true; }

    /// Whether the other end has shown that it knows of it.
    boolean isHeard() { return taken || heard; }

    /// It is over for the program; what is owed to the other end remains.
    void gone(Links.How how) {
        gone = true;
        if (known) told.add(new Links.Event.Ended(id, how));
    }

    boolean isGone() { return gone; }

    /// The program's bytes; false if they are more than it may write.
    boolean write(Bytes bytes) {
        if (bytes.size() > sending.room()) return false;
        sending.write(bytes);
        return true;
    }

    /// The program takes so many bytes more.
    void want(int bytes) { wanted += bytes; }

    /// Part of what was written has arrived.
    void delivered(SendStream.Part part) {
        heard = true;
        freed += sending.delivered(part);
        if (gone) return;
        if (freed < WORTH && (sending.kept() > 0 || freed == 0)) return;
        told.add(new Links.Event.Writable(id, freed));
        freed = 0;
    }

    /// Hands out what has come and is wanted; answers how many bytes.
    long hand() {
        long before = wanted;
        while (wanted > 0) {
            var bytes = receiving.read((int) Math.min(wanted, CHUNK));
            if (bytes.isEmpty()) break;
            wanted -= bytes.size();
            told.add(new Links.Event.Arrived(id, bytes));
        }
        if (!finished && receiving.finished()) {
            finished = true;
            told.add(new Links.Event.Finished(id));
        }
        return before - wanted;
    }

    /// Whether both directions are over. What has come to one that is gone nobody will read.
    boolean isOver() {
        return sending.isOver() && (receiving.isOver()
                || gone && receiving.state() == ReceiveStream.State.DATA_RECVD);
    }
}
