package p2psip.app.trace;

import module java.base;
import p2psip.app.trace.Trace.What;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;

/// What was said between any number of hosts, in order of time: each message whole and taken apart,
/// and what the machines noted meanwhile.
///
/// It is made of trace values, those of a run that was listened to or those that `capture` makes of
/// a file. Bytes are what counts ([Wire]); only where there are none of them at all, messages as
/// their node has understood them stand in ([What.Message]).
public final class Conversation {
    /// How many datagrams and messages are looked at; those after it are only counted.
    public static final int LIMIT = 20_000;

    /// A row of the ladder.
    ///
    /// @param number of a message, from 1; 0 of a note
    /// @param shots  the message, and those that are drawn as one arrow with it; of a note none
    public record Step(int number, Row row, List<Shot> shots) {
        public Step { shots = List.copyOf(shots); }

        public boolean isNote() { return shots.isEmpty(); }

        public String from() { return row.from(); }

        public String to() { return row.to(); }

        /// What the ladder says of it.
        public String text() { return row.text(); }

        public Shot shot() { return shots.getFirst(); }
    }

    /// One direction of a stream, as one of its ends has noted it: the other may be of this trace,
    /// too.
    private record Way(InetSocketAddress from, InetSocketAddress to, boolean sent) {}

    private final Surgeon surgeon;
    private final Map<Bytes, Bytes> frames = new HashMap<>();
    private final Map<Way, Framing> streams = new HashMap<>();
    private final Map<String, List<Shot>> passed = new HashMap<>();
    private final Map<Trace, Shot> shots = new IdentityHashMap<>();
    private final List<Trace> noted = new ArrayList<>();
    private final Set<Trace> unheard = Collections.newSetFromMap(new IdentityHashMap<>());
    private final boolean wired;
    /// Who notes what comes in: of what is sent to others nobody knows that it was lost.
    private final Set<InetSocketAddress> hearing = new HashSet<>();
    /// Whose address it is: what comes in at one of a node's may go on from another.
    private final Map<InetSocketAddress, String> owners = new HashMap<>();
    private int more;
    private List<String> columns = List.of();
    private final List<Step> steps = new ArrayList<>();

    private Conversation(boolean wired, Dissector own) {
        this.wired = wired;
        surgeon = new Surgeon(own);
    }

    /// @param own takes apart the protocol of our own
    public static Conversation of(List<Trace> traces, Dissector own) {
        var wired = traces.stream().anyMatch(t -> t.what() instanceof Wire);
        var conversation = new Conversation(wired, own);
        for (var trace : traces) if (trace.what() instanceof Wire wire) {
            if (!wire.sent()) conversation.hearing.add(wire.local());
            conversation.owners.put(wire.local(), trace.node());
        }
        traces.stream().sorted(Comparator.comparing(Trace::at)).forEach(conversation::take);
        conversation.draw();
        return conversation;
    }

    /// Who takes part, from left to right.
    public List<String> columns() { return columns; }

    public List<Step> steps() { return Collections.unmodifiableList(steps); }

    /// The same without what is not wanted: messages are numbered anew, and media that stood on
    /// either side of it are one arrow.
    public Conversation only(Predicate<Step> wanted) {
        var rest = new Conversation(wired, Dissector.NONE);
        rest.columns = columns;
        var kept = new ArrayList<Step>();
        steps.stream().filter(wanted).forEach(step -> keep(step, kept));
        int number = 0;
        for (var step : kept) rest.steps.add(step.isNote() ? step
                : new Step(++number, step.row, step.shots));
        rest.more = more;
        return rest;
    }

    private static void keep(Step step, List<Step> kept) {
        for (int i = kept.size() - 1; i >= Math.max(0, kept.size() - 4); i--) {
            var before = kept.get(i);
            if (!step.row.continues(before.row)) continue;
            kept.set(i, new Step(0, before.row.with(step.row), Stream.concat(
                    before.shots.stream(), step.shots.stream()).toList()));
            return;
        }
        kept.add(step);
    }

    /// The ladder as text.
    public String drawn(Screen screen) {
        return steps.isEmpty() ? "" : Ladder.draw(columns, steps.stream().map(Step::row).toList(),
                screen);
    }

    /// Every datagram and message that was looked at.
    public List<Shot> shots() {
        return steps.stream().flatMap(step -> step.shots.stream()).toList();
    }

    /// How many were not.
    public int more() { return more; }

    public Instant begin() {
        return steps.isEmpty() ? Instant.EPOCH : steps.getFirst().row.at();
    }

    private void take(Trace trace) {
        switch (trace.what()) {
            case What.Sealed(var datagram, var frame) -> frames.put(datagram, frame);
            case Wire wire -> wire(trace, wire);
            case What.Message m -> {
                if (!wired) said(trace, m.sent(), "", m.local(), m.remote(), Bytes.utf8(m.text()));
            }
            case What.State _, What.Remark _ -> noted.add(trace);
        }
    }

    private void wire(Trace trace, Wire wire) {
        switch (wire.kind()) {
            case DATAGRAM -> {
                if (!wire.bytes().isEmpty()) said(trace, wire.sent(), "UDP", wire.local(),
                        wire.remote(), wire.bytes());
            }
            case OPEN, END -> {
                for (boolean sent : new boolean[] {true, false}) streams.remove(way(wire, sent));
            }
            case DATA -> {
                var stream = streams.computeIfAbsent(way(wire, wire.sent()), _ -> new Framing());
                for (var frame : stream.take(wire.bytes())) said(trace, wire.sent(), "TCP",
                        wire.local(), wire.remote(), switch (frame) {
                            case Framing.Frame.Whole(var message, _) -> message;
                            case Framing.Frame.Ping() -> Bytes.utf8("\r\n\r\n");
                            case Framing.Frame.Broken _ -> wire.bytes();
                        });
            }
        }
    }

    private static Way way(Wire wire, boolean sent) {
        return sent ? new Way(wire.local(), wire.remote(), true)
                : new Way(wire.remote(), wire.local(), false);
    }

    /// A whole message; when it comes in it is known already, if its sender is of this trace.
    private void said(Trace trace, boolean sent, String transport, InetSocketAddress local,
            InetSocketAddress remote, Bytes bytes) {
        if (shots.size() >= LIMIT) {
            if (sent) more++;
            return;
        }
        var source = sent ? local : remote;
        var target = sent ? remote : local;
        var frame = frames.getOrDefault(bytes, Bytes.EMPTY);
        var outside = surgeon.cut(bytes, frame, source, target);
        var shot = new Shot(trace.at(), transport, source, target, outside,
                frame.isEmpty() ? List.of() : surgeon.sealed(frame, source, target),
                Optional.empty());
        var message = new Trace(trace.node(), trace.at(), new What.Message(sent,
                outside.protocol(), local, remote, shot.summary(), ""));
        shots.put(message, earlier(shot).map(shot::after).orElse(shot));
        noted.add(message);
        if (sent && wired && !hearing.contains(remote)) unheard.add(message);
    }

    /// The message that a SIP message is a copy of: the one whose receiver has sent it on, else one
    /// that the same sender sent before.
    private Optional<Shot> earlier(Shot shot) {
        var name = shot.sip().flatMap(Conversation::name);
        if (name.isEmpty()) return Optional.empty();
        var before = passed.computeIfAbsent(name.get(), _ -> new ArrayList<>());
        var same = before.stream().filter(each -> each.source().equals(shot.source())
                && each.target().equals(shot.target())).toList();
        if (same.stream().anyMatch(each -> each.told().bytes().equals(shot.told().bytes())))
            return Optional.empty();   // it came in, or it was sent once more as it was
        var on = before.stream().filter(each -> owner(each.target()).equals(owner(shot.source()))
                && !owner(each.source()).equals(owner(shot.target()))).reduce((_, last) -> last);
        before.add(shot);
        return on.isPresent() ? on : same.stream().reduce((_, last) -> last);
    }

    private Object owner(InetSocketAddress address) {
        return owners.containsKey(address) ? owners.get(address) : address;
    }

    /// What a message shares with its copies: call, method and, of an answer, status.
    private static Optional<String> name(Message message) {
        try {
            var what = message instanceof Message.Response response ? response.status() + " " : "";
            return Optional.of(message.callId() + " " + what + message.cseq().method());
        } catch (p2psip.std.SyntaxException e) {
            return Optional.empty();
        }
    }

    private void draw() {
        var ladder = new Ladder(noted.size());
        noted.forEach(ladder);
        var rows = ladder.rows().stream().map(row -> unheard.contains(row.trace())
                ? row.arrivedNow() : row).toList();
        columns = rows.isEmpty() ? List.of() : Ladder.columns(rows, 0);
        int number = 0;
        for (var row : rows) {
            var of = Stream.concat(Stream.of(row.trace()), row.more().stream())
                    .flatMap(trace -> Optional.ofNullable(shots.get(trace)).stream()).toList();
            steps.add(new Step(of.isEmpty() ? 0 : ++number, row, of));
        }
    }
}
