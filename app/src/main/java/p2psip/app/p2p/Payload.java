package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.Peer;
import p2psip.std.Bytes;
import p2psip.std.rfc8445.*;

/// What nodes say over their sessions: messages of the ring, who is a super-node, and what their
/// services say to each other.
sealed interface Payload {

    /// Super-nodes named in one [Tell].
    int MAX_PEERS = 8;

    /// A message of [p2psip.app.dht].
    record Ring(Bytes message) implements Payload {}

    /// Are you a super-node, and which others do you know? Answered by [Tell].
    ///
    /// @param clock the sender's time of day, whole milliseconds
    record Ask(Instant clock) implements Payload {}

    /// @param superNode  whether the sender is on the ring, and serves ordinary nodes
    /// @param superNodes others that it knows, at most [#MAX_PEERS]
    /// @param clock      its time of day, whole milliseconds
    /// @param seen       from where the question came: the asker's address as others see it
    record Tell(boolean superNode, List<Peer> superNodes, Instant clock,
            Optional<InetSocketAddress> seen) implements Payload {
        public Tell { superNodes = List.copyOf(superNodes); }
    }

    /// What is said on a Link.
    sealed interface OfLink extends Payload {}

    /// Something for a service.
    ///
    /// @param id the sender's number for it, to be answered by [Taken] or [NoService]; 0 if nobody
    ///           waits for that
    record Say(int service, int id, Bytes message) implements OfLink {}

    /// There is such a service, and it has this.
    record Taken(int id) implements OfLink {}

    /// There is no such service.
    record NoService(int id) implements OfLink {}

    /// Where the sender may be reached without a relay, and by which words the receiver is to ask
    /// there (RFC 8445).
    ///
    /// @param done whether these are all
    record Ways(Credentials credentials, List<Candidate> candidates, boolean done)
            implements OfLink {
        public Ways { candidates = List.copyOf(candidates); }

        private Bytes encoded() {
            var out = new ByteArrayOutputStream();
            out.write(6);
            word(out, credentials.ufrag());
            word(out, credentials.pwd());
            out.write(done ? 1 : 0);
            out.write(candidates.size());
            for (var candidate : candidates) {
                out.write(candidate.type().ordinal());
                word(out, candidate.foundation());
                var rest = ByteBuffer.allocate(Integer.BYTES + Peer.MAX_BYTES)
                        .putInt((int) candidate.priority());
                Peer.encode(candidate.address(), rest);
                out.write(rest.array(), 0, rest.position());
            }
            return Bytes.wrap(out.toByteArray());
        }

        private static void word(ByteArrayOutputStream out, String text) {
            var bytes = Bytes.utf8(text).toArray();
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
    }

    /// Candidates named in one [Ways].
    int MAX_WAYS = 32;

    /// Bytes of a [Say] before the message.
    int SAY = 7;

    /// @throws SyntaxException if these bytes are none of it
    static Payload parse(Bytes bytes) {
        var in = bytes.buffer();
        try {
            int type = in.get();
            var payload = switch (type) {
                case 0 -> new Ring(bytes.rest(in));
                case 1 -> new Ask(clock(in));
                case 2 -> new Tell(in.get() == 1, peers(in), clock(in), in.hasRemaining()
                        ? Optional.of(Peer.parseAddress(in)) : Optional.empty());
                case 3 -> new Say(Short.toUnsignedInt(in.getShort()), in.getInt(), bytes.rest(in));
                case 4 -> new Taken(in.getInt());
                case 5 -> new NoService(in.getInt());
                case 6 -> ways(in);
                default -> throw new SyntaxException("payload " + type + " is not known");
            };
            if (in.hasRemaining()) throw new SyntaxException("bytes after the payload");
            return payload;
        } catch (BufferUnderflowException e) {
            throw new SyntaxException("payload cut short", e);
        } catch (p2psip.std.SyntaxException e) {
            throw new SyntaxException(e.getMessage(), e);
        }
    }

    default Bytes encode() {
        return switch (this) {
            case Ring(var message) -> Bytes.wrap(ByteBuffer.allocate(1 + message.size())
                    .put((byte) 0).put(message.buffer()).array());
            case Ask(var clock) -> Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES)
                    .put((byte) 1).putLong(clock.toEpochMilli()).array());
            case Tell(var superNode, var peers, var clock, var seen) -> {
                var out = ByteBuffer.allocate(
                        3 + (MAX_PEERS + 1) * Peer.MAX_BYTES + Long.BYTES);
                out.put((byte) 2).put((byte) (superNode ? 1 : 0)).put((byte) peers.size());
                peers.forEach(peer -> peer.encode(out));
                out.putLong(clock.toEpochMilli());
                seen.ifPresent(at -> Peer.encode(at, out));
                yield Bytes.from(out.flip());
            }
            case Say(int service, int id, var message) -> Bytes.wrap(
                    ByteBuffer.allocate(SAY + message.size()).put((byte) 3)
                            .putShort((short) service).putInt(id).put(message.buffer()).array());
            case Taken(int id) -> number(4, id);
            case NoService(int id) -> number(5, id);
            case Ways ways -> ways.encoded();
        };
    }

    private static Ways ways(ByteBuffer in) {
        var credentials = new Credentials(word(in), word(in));
        boolean done = in.get() == 1;
        int count = in.get();
        if (count < 0 || count > MAX_WAYS) throw new SyntaxException("too many ways");
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < count; i++) candidates.add(candidate(in));
        return new Ways(credentials, candidates, done);
    }

    private static Candidate candidate(ByteBuffer in) {
        int type = in.get();
        if (type < 0 || type >= CandidateType.values().length)
            throw new SyntaxException("candidate of type " + type);
        var foundation = word(in);
        long priority = Integer.toUnsignedLong(in.getInt());
        if (priority < 1 || priority > Integer.MAX_VALUE)
            throw new SyntaxException("priority " + priority);
        return Candidate.remote(CandidateType.values()[type], foundation, 1, priority,
                Peer.parseAddress(in));
    }

    private static String word(ByteBuffer in) {
        return Bytes.from(in, Byte.toUnsignedInt(in.get())).utf8();
    }

    private static Bytes number(int type, int id) {
        return Bytes.wrap(ByteBuffer.allocate(5).put((byte) type).putInt(id).array());
    }

    private static Instant clock(ByteBuffer in) { return Instant.ofEpochMilli(in.getLong()); }

    private static List<Peer> peers(ByteBuffer in) {
        int count = in.get();
        if (count < 0 || count > MAX_PEERS) throw new SyntaxException("too many peers");
        return IntStream.range(0, count).mapToObj(_ -> Peer.parse(in)).toList();
    }
}
