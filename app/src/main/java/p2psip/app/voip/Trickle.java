package p2psip.app.voip;

import module java.base;
import p2psip.std.rfc8445.*;
import p2psip.std.rfc8840.Fragment;

/// What the peer of a call was told of our candidates, and whether it can be told of more between
/// offers and answers.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8840#section-4.4 RFC 8840 §4.4
final class Trickle {
    /// The tag of our stream, where we are the first to name it.
    private static final String ONLY = "0";

    private final boolean on;
    /// What was told in this session, in order; and that part of it which no INFO had to tell.
    private final SequencedSet<Candidate> said = new LinkedHashSet<>();
    private final Set<Candidate> described = new HashSet<>();
    private Optional<String> mid = Optional.empty();
    private boolean peer, live, pending, done, doneSaid;

    /// @param on whether candidates are found one after the other at all
    Trickle(boolean on) { this.on = on; }

    boolean on() { return on; }

    /// Whether the peer can be told within the call.
    //= rfc8840#4.3-1 which its description has confirmed
    boolean agreed() { return on && peer; }

    /// Whether there is a call in which to tell it.
    boolean live() { return live; }

    /// Whether it can be told now.
    //= rfc8840#4.3-2 as there is a dialog
    //= rfc8840#10.9-1,2 one INFO after the other: meanwhile candidates gather for the next
    boolean free() { return live && !pending; }

    /// An offer or an answer of the peer, and the tag of the stream in it.
    void met(boolean trickles, Optional<String> mid) {
        peer = trickles;
        this.mid = mid.or(() -> this.mid);
    }

    void established() { live = true; }

    /// All that we say from now on is of a new session.
    void begin() {
        said.clear();
        described.clear();
        done = doneSaid = false;
    }

    /// No more will be found.
    void done() { done = true; }

    /// An INFO has its answer. Who does not take one gets no other.
    void heard(boolean taken) {
        pending = false;
        if (taken) return;
        peer = false;
        said.retainAll(described);
    }

    /// Whether the peer has not been told all.
    boolean news(List<Candidate> candidates) {
        return on && (!said.containsAll(candidates) || agreed() && done && !doneSaid);
    }

    /// These have been told, in an offer or in an answer, or will be in the next.
    void said(List<Candidate> candidates) {
        said.addAll(candidates);
        described.addAll(candidates);
        doneSaid = done;
    }

    /// What is to be told now.
    String tell(Description ours, List<Candidate> candidates) {
        said.addAll(candidates);
        doneSaid = done;
        pending = true;
        //= rfc8840#4.4-11,12,13 all candidates, those sent before in their sequence, new ones last
        //= rfc8840#8.2-2 end-of-candidates stands beside ufrag and password
        return Fragment.write(mid.orElse(ONLY), SdpSection.running(ours, List.copyOf(said), done));
    }

    /// Whether a description says that no more will be found.
    //= rfc8840#8.2-1 end-of-candidates once discovery has ended
    boolean ends() { return on && done; }

    /// The tag for the stream in a description of ours, by which its candidates are known.
    //= rfc8840#4.1.1-5 in each offer
    //= rfc8840#4.1.3-5 in an answer that of the offer
    Optional<String> mid(boolean offers) {
        return !on ? Optional.empty() : offers ? Optional.of(mid.orElse(ONLY)) : mid;
    }
}
