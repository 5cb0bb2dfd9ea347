package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.std.Bytes;

/// The streams by which packets go where datagrams do not: TLS 1.3 in TCP, to the port that has the
/// number of the overlay's, each side proving its key. What goes through one is what would go in
/// datagrams, each packet with its length before it.
///
/// Whoever listens lets in a few from each address, and closes who sends anything but packets; who
/// is used by no session after [#USELESS] is closed as well.
final class StreamPaths {
    /// Streams of all, and how many of one address, that have come here.
    static final int MAX_STREAMS = 512, MAX_EACH = 8;

    /// Streams that this node opens at a time.
    static final int MAX_OPENED = 16;

    /// How long a stream may be there without a session.
    static final Duration USELESS = Duration.ofSeconds(10);

    private static final int LENGTH = 2;

    private static final class Stream {
        final InetSocketAddress at;
        final Instant since;
        Optional<Path.Stream> path = Optional.empty();
        byte[] kept = new byte[0];

        Stream(InetSocketAddress at, Instant since) {
            this.at = at;
            this.since = since;
        }
    }

    private final Id ours;
    private final Identity self;
    private final Journal journal;
    private final SequencedMap<Long, Stream> opened = new LinkedHashMap<>(),
            accepted = new LinkedHashMap<>();
    private Instant look = Instant.MAX;
    private long last;

    /// @param ours whose part and child the streams have
    StreamPaths(Id ours, Identity self, Journal journal) {
        this.ours = ours;
        this.self = self;
        this.journal = journal;
    }

    int size() { return opened.size() + accepted.size(); }

    Instant deadline() { return look; }

    /// Closes those that no session uses.
    void wake(Predicate<Path.Stream> used, Instant now) {
        if (look.isAfter(now)) return;
        look = size() == 0 ? Instant.MAX : now.plus(USELESS);
        for (var all : List.of(opened, accepted)) for (var entry : List.copyOf(all.entrySet())) {
            var stream = entry.getValue();
            if (!now.isBefore(stream.since.plus(USELESS))
                    && stream.path.filter(used).isEmpty()) close(entry.getKey());
        }
    }

    void listen(InetSocketAddress at, Id id) {
        journal.act(new Effect.Listen(id, new Way.Keyed(self), at));
    }

    /// Opens one, unless there is one to that address, or there are too many.
    void open(InetSocketAddress at, Instant now) {
        if (opened.size() >= MAX_OPENED
                || opened.values().stream().anyMatch(stream -> stream.at.equals(at))) return;
        opened.put(++last, new Stream(at, now));
        watch(now);
        journal.act(new Effect.Open(ours.with(last), new Way.Keyed(self), at));
    }

    private void watch(Instant now) {
        if (look.equals(Instant.MAX)) look = now.plus(USELESS);
    }

    /// The one that was opened is there; answers the path, unless it is of no use.
    Optional<Path.Stream> connected(Event.Connected event) {
        var stream = opened.get(event.id().number());
        if (stream == null) return Optional.empty();
        stream.path = path(event.id(), event.proven());
        if (stream.path.isEmpty()) close(event.id().number());
        return stream.path;
    }

    /// Whereto the stream of a path was opened.
    Optional<InetSocketAddress> at(Path.Stream path) {
        return Optional.ofNullable(opened.get(path.flow())).map(stream -> stream.at);
    }

    /// Somebody has come.
    void accepted(Event.Accepted event, Instant now) {
        var from = event.remote().getAddress();
        long same = accepted.values().stream()
                .filter(stream -> stream.at.getAddress().equals(from)).count();
        var path = path(event.id(), event.proven());
        if (path.isEmpty() || same >= MAX_EACH || accepted.size() >= MAX_STREAMS) {
            journal.act(new Effect.Close(event.id()));
            journal.remark("a stream of " + event.remote() + " too many");
            return;
        }
        var stream = new Stream(event.remote(), now);
        stream.path = path;
        accepted.put(event.id().number(), stream);
        watch(now);
    }

    private Optional<Path.Stream> path(Id id, Optional<Proven> proven) {
        return proven.filter(Proven.Key.class::isInstance)
                .map(key -> NodeId.of(((Proven.Key) key).key()))
                .filter(peer -> !peer.equals(self.id()))
                .map(peer -> new Path.Stream(id.number(), peer));
    }

    private Optional<Stream> stream(long flow) {
        return Optional.ofNullable(opened.getOrDefault(flow, accepted.get(flow)));
    }

    /// The packets that are whole now. What is none ends the stream.
    void received(Event.Received event, BiConsumer<Path.Stream, Bytes> packets) {
        var stream = stream(event.id().number()).orElse(null);
        if (stream == null || stream.path.isEmpty()) return;
        var in = Arrays.copyOf(stream.kept, stream.kept.length + event.bytes().size());
        event.bytes().copy(0, event.bytes().size(), in, stream.kept.length);
        int at = 0;
        while (in.length - at >= LENGTH) {
            int size = (in[at] & 0xff) << 8 | in[at + 1] & 0xff;
            if (size == 0 || size > Packet.MAX_BYTES) {
                journal.remark("no packet in the stream of " + stream.path.get());
                stream.kept = new byte[0];
                close(event.id().number());
                return;
            }
            if (in.length - at < LENGTH + size) break;
            packets.accept(stream.path.get(), Bytes.slice(in, at + LENGTH, at + LENGTH + size));
            at += LENGTH + size;
        }
        stream.kept = Arrays.copyOfRange(in, at, in.length);
    }

    void write(Path.Stream path, Bytes packet) {
        if (stream(path.flow()).isEmpty()) return;
        var bytes = new byte[LENGTH + packet.size()];
        bytes[0] = (byte) (packet.size() >> 8);
        bytes[1] = (byte) packet.size();
        packet.copy(0, packet.size(), bytes, LENGTH);
        journal.act(new Effect.Write(ours.with(path.flow()), Bytes.wrap(bytes)));
    }

    /// Whereto a stream was opened that never came about.
    Optional<InetSocketAddress> ended(long flow) {
        return Optional.ofNullable(opened.get(flow)).filter(stream -> stream.path.isEmpty())
                .map(stream -> stream.at);
    }

    /// It has ended; answers the path that it was.
    Optional<Path.Stream> closed(long flow) {
        var stream = stream(flow);
        opened.remove(flow);
        accepted.remove(flow);
        return stream.flatMap(each -> each.path);
    }

    private void close(long flow) { journal.act(new Effect.Close(ours.with(flow))); }
}
