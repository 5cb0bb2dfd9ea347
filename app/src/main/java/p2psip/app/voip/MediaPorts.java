package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;

/// Finds two free ports for a call: an even one for RTP and the next one for RTCP.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-11 RFC 3550 §11
final class MediaPorts {
    /// How many pairs are tried.
    static final int ATTEMPTS = 50;

    static final int FIRST = 16_384, LAST = 32_766;

    private final InetAddress address;
    private final Id rtp, rtcp;
    private final RandomGenerator random;
    private final List<InetSocketAddress> bound = new ArrayList<>();
    private int port;
    private int answers;
    private int attempts;
    private boolean closed;

    /// @param call the number of its sockets
    MediaPorts(InetAddress address, long call, RandomGenerator random) {
        this(address, 0, call, random);
    }

    /// @param child of their ids: this one and the next
    MediaPorts(InetAddress address, int child, long call, RandomGenerator random) {
        this.address = address;
        this.rtp = new Id(Id.Part.MEDIA, child, call);
        this.rtcp = new Id(Id.Part.MEDIA, child + 1, call);
        this.random = random;
    }

    boolean begun() { return attempts > 0; }

    boolean ready() { return bound.size() == 2 && answers == 2; }

    boolean failed() { return attempts >= ATTEMPTS && answers == 2 && !ready(); }

    InetSocketAddress rtp() { return new InetSocketAddress(address, port); }

    //= rfc3550#11-4 the port number of RTCP is never the same
    InetSocketAddress rtcp() { return new InetSocketAddress(address, port + 1); }

    List<Effect> open() {
        int last = port;
        //= rfc3550#11-1 RTP has an even port, RTCP the next higher one
        //= rfc3551#8-1 RTP data is carried on an even port
        //= rfc3551#8-2,3 any pair of ports may be used: one is allocated at random
        do port = random.nextInt(FIRST / 2, LAST / 2) * 2; while (port == last);
        attempts++;
        answers = 0;
        return List.of(new Effect.Bind(rtp, rtp()), new Effect.Bind(rtcp, rtcp()));
    }

    /// An answer to one of the questions; if either port was taken another pair is tried.
    List<Effect> answered(Event event) {
        answers++;
        if (event instanceof Event.Bound(_, var local)) bound.add(local);
        if (answers < 2 || bound.size() == 2 && !closed) return List.of();
        var out = new ArrayList<>(release());
        if (attempts < ATTEMPTS && !closed) out.addAll(open());
        return out;
    }

    /// Gives back what is open, and what will be.
    List<Effect> close() {
        closed = true;
        return answers < 2 ? List.of() : release();
    }

    private List<Effect> release() {
        var out = bound.stream().<Effect>map(Effect.Unbind::new).toList();
        bound.clear();
        return out;
    }
}
