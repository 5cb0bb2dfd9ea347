package p2psip.app.media;

import module java.base;
import p2psip.app.why.*;
import p2psip.std.Timers;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc4566.*;

/// The media of one call that pass through this node: of one branch, where a call is forked.
final class MediaCall {
    /// Media of a call; one more goes as its description says.
    static final int STREAMS = 8;

    /// Dialogs that a fork behind this node may make of one branch.
    static final int TAGS = 16;

    /// How long a call may ring, how long nothing may be heard of either side when it is open, and
    /// how long its last messages take.
    static final Duration RINGS = Duration.ofMinutes(5), SILENCE = Duration.ofSeconds(30),
            LAST_WORDS = Duration.ofSeconds(2);

    private enum State { RINGING, OPEN, ENDING }

    /// Where the ends of a call are had.
    interface Ends {
        /// A number for a medium that goes by a Link.
        int channel();

        /// What a browser has here, at one of a call's sides.
        WebEnd web(MediaCall call, Bridge bridge);
    }

    /// A message that names sockets, with what is done when they are open.
    record Held(Message message, Optional<SessionDescription> description, Side from,
            Consumer<Message> then) {}

    final String callId;
    final List<Stream> streams = new ArrayList<>();
    final Deque<Held> waiting = new ArrayDeque<>();
    private final Map<Side, Party> parties = new EnumMap<>(Side.class);
    private final Optional<Bridge> bridge;
    private final String callerTag;
    private final Set<String> calledTags = new LinkedHashSet<>();
    /// Those that are told of sockets, or that get what comes by a Link.
    private final Set<Side> needing = EnumSet.noneOf(Side.class);
    private State state;
    private final Map<Side, Instant> heard = new EnumMap<>(Side.class);
    private Instant until;
    private boolean held;
    private Optional<Instant> opened = Optional.empty();

    /// @param caller, called as a request says that goes from one to the other
    MediaCall(Message first, Party caller, Party called, Optional<Bridge> bridge, Instant now) {
        this.bridge = bridge;
        callId = first.callId();
        callerTag = first.from().tag().orElse("");
        first.to().tag().ifPresent(calledTags::add);
        parties.put(Side.CALLER, caller);
        parties.put(Side.CALLED, called);
        // who sends past this node has to be sent to all the same
        if (first instanceof Response) needing.add(Side.CALLED);
        enter(State.RINGING, now);
    }

    Party party(Side side) { return parties.get(side); }

    /// Whether another node is at one of its ends.
    boolean isWith(InetSocketAddress link) {
        return parties.containsValue(new Party.Node(link));
    }

    Instant deadline() { return Timers.earliest(until, ways()); }

    /// When the first of its browsers' ends is due.
    private Instant ways() {
        return webs().map(WebEnd::deadline).min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    private java.util.stream.Stream<WebEnd> webs() {
        return streams.stream().flatMap(stream -> stream.web().stream());
    }

    /// Whether it is over, being due; if both sides were heard meanwhile it is due again later.
    boolean over(Instant now) {
        webs().filter(web -> !web.deadline().isAfter(now)).forEach(web -> web.wake(now));
        if (open()) until = Collections.min(heard.values()).plus(SILENCE);
        return !until.isAfter(now);
    }

    boolean open() { return state == State.OPEN; }

    private void enter(State next, Instant now) {
        state = next;
        for (var side : Side.values()) heard.put(side, now);
        if (next == State.OPEN && opened.isEmpty()) opened = Optional.of(now);
        until = switch (next) {
            case RINGING -> now.plus(RINGS);
            case OPEN -> held ? Instant.MAX : now.plus(SILENCE);
            case ENDING -> now.plus(LAST_WORDS);
        };
    }

    /// RTP or RTCP of one side was heard: so often that when the call is due is not looked at.
    void alive(Side side, Instant now) { heard.put(side, now); }

    /// Its INVITE came to nothing.
    void failed(Instant now) { if (state == State.RINGING) enter(State.ENDING, now); }

    /// From which side a message of one of its dialogs comes.
    Optional<Side> from(Message message) {
        var from = message.from().tag().orElse("");
        var to = message.to().tag().orElse("");
        boolean asked = message instanceof Request;
        if (from.equals(callerTag) && calledTags.contains(to))
            return Optional.of(asked ? Side.CALLER : Side.CALLED);
        if (to.equals(callerTag) && calledTags.contains(from))
            return Optional.of(asked ? Side.CALLED : Side.CALLER);
        return Optional.empty();
    }

    /// A message of the call, either way: it opens with a 2xx to its INVITE, and ends with a BYE, a
    /// CANCEL, or a refusal before it has opened.
    void passes(Message message, Instant now) {
        bridge.ifPresent(between -> between.passes(message));
        switch (message) {
            case Request request when request.is("BYE") || request.is("CANCEL") ->
                    enter(State.ENDING, now);
            case Response response when response.cseq().method().equals("INVITE") -> {
                if (calledTags.size() < TAGS && message.from().tag().orElse("").equals(callerTag))
                    message.to().tag().ifPresent(calledTags::add);
                if (response.success() && state != State.ENDING) enter(State.OPEN, now);
                else if (response.status() >= 300) failed(now);
            }
            case Request _, Response _ -> { }
        }
    }

    /// What has been heard of it, if it was opened and is not on hold.
    List<Fact> sound() {
        return held || opened.isEmpty() || streams.isEmpty() ? List.of()
                : Arrays.stream(Side.values()).<Fact>map(side -> streams.getFirst().tally(side)
                .fact(party(side) instanceof Party.Node ? OfCall.Hop.NODE : OfCall.Hop.PHONE,
                        party(side) instanceof Party.Node ? "the other node" : "our phone",
                        opened.get())).toList();
    }

    // Descriptions

    /// Whether sockets are needed for one side.
    boolean needs(Side side) { return needing.contains(side); }

    /// A description of one side: where that takes its media.
    ///
    /// @param message in which it stands
    void says(SessionDescription description, Message message, Side from, Ends ends, Instant now) {
        held = description.media().stream().filter(medium -> medium.port() != 0)
                .anyMatch(medium -> description.direction(medium) != Direction.SENDRECV);
        if (state == State.OPEN) enter(State.OPEN, now);
        needing.add(from.other());
        bridge.ifPresent(between -> between.says(description, from));
        for (int i = 0; i < Math.min(description.media().size(), STREAMS); i++) {
            var medium = description.media().get(i);
            boolean tunnelled = Tunnel.isTunnelled(description, medium);
            if (!carries(description, medium, from) || !bridges(i)) continue;
            switch (end(i, from, tunnelled, ends)) {
                case End.Channels end -> { if (tunnelled) end.theirs(medium.port()); }
                case End.Sockets end -> {
                    if (!tunnelled) end.says(description, medium, bridge.isEmpty());
                }
                case WebEnd end ->
                        end.says(description, bridge.orElseThrow().offers(message), now);
            }
            // the other side sends by a Link, if it is a node that has not said otherwise
            end(i, from.other(), parties.get(from.other()) instanceof Party.Node, ends);
        }
    }

    /// Whether nobody is at an end who takes one medium alone, or that is the one.
    private boolean bridges(int i) {
        return bridge.isEmpty() || bridge.get().carries(i);
    }

    private End end(int i, Side side, boolean tunnelled, Ends ends) {
        while (streams.size() <= i) streams.add(new Stream());
        return streams.get(i).end(side, () -> bridge.filter(b -> b.web() == side).isPresent()
                ? ends.web(this, bridge.get()) : tunnelled
                ? new End.Channels(ends.channel()) : new End.Sockets(parties.get(side)));
    }

    /// Whether a medium can be carried: one that is said to be in a Link has to be in that of the
    /// node that says it.
    private boolean carries(SessionDescription description, Media medium, Side from) {
        if (!Tunnel.isTunnelled(description, medium)) return Tunnel.carries(description, medium);
        return medium.port() != 0 && parties.get(from) instanceof Party.Node(var link)
                && description.connection(medium).inetAddress()
                        .equals(Optional.of(link.getAddress()));
    }

    /// The description of one side as the other gets it: each medium is here, where the other is to
    /// send; what was to come by the Link of somebody else, or has no sockets, is refused.
    ///
    /// @param message in which it stands
    /// @param self    this node's address on Links
    SessionDescription written(SessionDescription description, Message message, Side from,
            InetAddress self, Instant now) {
        if (bridge.isEmpty()) return written(description, from, self);
        var between = bridge.get();
        var translated = between.translated(description, from);
        if (from == between.web()) return written(translated, from, self);
        var web = webs().findFirst();
        return web.isEmpty() ? translated
                : web.get().written(translated, between.offers(message), now);
    }

    private SessionDescription written(
            SessionDescription description, Side from, InetAddress self) {
        var media = new ArrayList<Media>();
        for (int i = 0; i < description.media().size(); i++) {
            var medium = description.media().get(i);
            boolean tunnelled = Tunnel.isTunnelled(description, medium);
            var to = i < streams.size() && carries(description, medium, from)
                    && streams.get(i).suits(from, tunnelled)
                    ? streams.get(i).end(from.other()) : Optional.<End>empty();
            media.add(to.map(end -> written(medium, end, self))
                    .orElse(tunnelled ? medium.withPort(0) : medium));
        }
        return Tunnel.with(description, media);
    }

    private static Media written(Media medium, End to, InetAddress self) {
        return switch (to) {
            case End.Channels channels -> Tunnel.at(medium, self, channels.ours);
            case End.Sockets sockets -> sockets.leg().filter(Leg::ready).map(Leg::rtpAt)
                    .map(at -> Tunnel.at(medium, at.getAddress(), at.getPort()))
                    .orElse(medium.withPort(0));
            case WebEnd _ -> throw new IllegalStateException("a browser has its own words");
        };
    }

    /// Whether all sockets are there that were asked for, or cannot be had.
    boolean settled() {
        return streams.stream().flatMap(Stream::legs).allMatch(leg -> leg.ready() || leg.failed())
                && webs().allMatch(WebEnd::settled);
    }
}
