package p2psip.app.media;

import module java.base;
import p2psip.app.crypto.Orchid;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc4566.*;

/// The media of one call that are carried in a Link.
final class MediaCall {
    /// A call and the node at the other end of its Link.
    record Name(InetSocketAddress peer, String callId) {}

    /// Media of a call; one more goes as its description says.
    static final int STREAMS = 8;

    /// How long a call may ring, how long nothing may be heard either way when it is open, and how
    /// long its last messages take.
    static final Duration RINGS = Duration.ofMinutes(5), SILENCE = Duration.ofSeconds(30),
            LAST_WORDS = Duration.ofSeconds(2);

    private enum State { RINGING, OPEN, ENDING }

    final Name name;
    final List<Stream> streams = new ArrayList<>();

    /// Messages of the other node that wait for sockets, oldest first.
    final Deque<Message> waiting = new ArrayDeque<>();
    private State state;
    private Instant until;
    private boolean held;

    MediaCall(Name name, Instant now) {
        this.name = name;
        enter(State.RINGING, now);
    }

    Instant deadline() { return until; }

    boolean open() { return state == State.OPEN; }

    private void enter(State next, Instant now) {
        state = next;
        until = switch (next) {
            case RINGING -> now.plus(RINGS);
            case OPEN -> held ? Instant.MAX : now.plus(SILENCE);
            case ENDING -> now.plus(LAST_WORDS);
        };
    }

    /// Something was heard.
    void alive(Instant now) { if (state == State.OPEN) enter(State.OPEN, now); }

    /// A message of the call, either way: it opens with a 2xx to its INVITE, and ends with a BYE, a
    /// CANCEL, or a refusal before it has opened.
    void passes(Message message, Instant now) {
        switch (message) {
            case Request request when request.is("BYE") || request.is("CANCEL") ->
                    enter(State.ENDING, now);
            case Response response when response.cseq().method().equals("INVITE") -> {
                int status = response.status();
                if (status >= 200 && status < 300 && state != State.ENDING) enter(State.OPEN, now);
                else if (status >= 300 && state == State.RINGING) enter(State.ENDING, now);
            }
            case Request _, Response _ -> { }
        }
    }

    /// A call that is on hold ends with its dialog alone.
    void says(SessionDescription description, Instant now) {
        held = description.media().stream().filter(medium -> medium.port() != 0)
                .anyMatch(medium -> description.direction(medium) != Direction.SENDRECV);
        if (state == State.OPEN) enter(State.OPEN, now);
    }

    /// Whether the other node is to send the media of a description of ours by the Link, too.
    boolean isTunnelled() { return streams.stream().anyMatch(s -> s.theirs().isPresent()); }

    /// A description of a telephone of ours, as it goes to the other node.
    ///
    /// @param self this node's address on Links
    SessionDescription leaving(SessionDescription description, InetAddress self,
            IntSupplier channels) {
        var media = new ArrayList<Media>();
        for (int i = 0; i < description.media().size(); i++) {
            var medium = description.media().get(i);
            if (!Tunnel.carries(description, medium) || i >= STREAMS) {
                if (i < STREAMS) stream(i, channels);
                media.add(medium);
                continue;
            }
            var stream = stream(i, channels);
            stream.phone(description, medium);
            media.add(Tunnel.at(medium, self, stream.ours));
        }
        return Tunnel.with(description, media);
    }

    /// A description of the other node, as a telephone of ours gets it: each medium that goes by
    /// the Link has its sockets. One that names another node than that is refused.
    SessionDescription coming(SessionDescription description) {
        var media = new ArrayList<Media>();
        for (int i = 0; i < description.media().size(); i++) {
            var medium = description.media().get(i);
            if (!Tunnel.isTunnelled(description, medium) || medium.port() == 0) media.add(medium);
            else if (i >= streams.size() || streams.get(i).leg().filter(Leg::ready).isEmpty()
                    || !isOfPeer(description, medium))
                media.add(medium.withPort(0));
            else {
                var at = streams.get(i).leg().get().rtpAt();
                media.add(Tunnel.at(medium, at.getAddress(), at.getPort()));
            }
        }
        return Tunnel.with(description, media);
    }

    /// The streams of a description of the other node that need sockets.
    List<Stream> wanting(SessionDescription description, IntSupplier channels) {
        var wanting = new ArrayList<Stream>();
        for (int i = 0; i < Math.min(description.media().size(), STREAMS); i++) {
            var medium = description.media().get(i);
            if (!Tunnel.isTunnelled(description, medium) || medium.port() == 0
                    || !isOfPeer(description, medium)) continue;
            var stream = stream(i, channels);
            stream.theirs(medium.port());
            if (stream.leg().isEmpty()) wanting.add(stream);
        }
        return wanting;
    }

    private boolean isOfPeer(SessionDescription description, Media medium) {
        return description.connection(medium).inetAddress().filter(ip -> Orchid.isOne(ip)
                && ip.equals(name.peer.getAddress())).isPresent();
    }

    private Stream stream(int i, IntSupplier channels) {
        while (streams.size() <= i) streams.add(new Stream(channels.getAsInt()));
        return streams.get(i);
    }

    /// Whether all sockets are there that were asked for, or cannot be had.
    boolean settled() {
        return streams.stream().flatMap(stream -> stream.leg().stream())
                .allMatch(leg -> leg.ready() || leg.failed());
    }
}
