package p2psip.app.p2p;

import module java.base;
import p2psip.app.dht.*;
import p2psip.app.trace.*;
import p2psip.std.Bytes;

/// The parts of what nodes say to each other below the ring, datagrams, frames, payloads, as their
/// codecs have read them.
final class OverlayParts implements Dissector {
    private static final String OWN = "app/p2p", OWN_CALLERS = "app/node/Proof";

    @Override public boolean knows(Bytes datagram) { return Packet.looksLike(datagram); }

    @Override public void datagram(Knife knife, Bytes bytes) {
        var packet = Packet.parse(bytes);
        int type = bytes.at(0) & 0x3f;
        knife.number(2, "first", 3, "11", "No SIP, STUN or RTP begins like this.", OWN);
        knife.number(6, "type", type, name(packet) + ".", OWN);
        knife.bytes("magic", Bytes.utf8("p2"), "p2", "It is of the overlay.", OWN);
        knife.number(8, "version", 1, "Of this format.", OWN);
        switch (packet) {
            case Packet.Data data -> sealed(knife, data);
            case Packet.Hello(long caller, var ephemeral) -> {
                caller(knife, caller);
                ephemeral(knife, ephemeral);
            }
            case Packet.Cookie(long caller, var cookie) -> {
                caller(knife, caller);
                cookie(knife, cookie);
            }
            case Packet.Init init -> {
                caller(knife, init.caller());
                ephemeral(knife, init.ephemeral());
                cookie(knife, init.cookie());
                signed(knife, init.owner(), init.address(), init.signature());
            }
            case Packet.Accept accept -> {
                caller(knife, accept.caller());
                number(knife, "callee's number", accept.callee(),
                        "The callee's number for the session.");
                ephemeral(knife, accept.ephemeral());
                signed(knife, accept.owner(), accept.address(), accept.signature());
            }
            case Packet.Unknown(long session) ->
                    number(knife, "session", session, "The number nobody knows here.");
            case Packet.Discover(var asker, boolean superNode) -> {
                PeerParts.peer(knife, asker);
                knife.number(8, "super-node", superNode ? 1 : 0, "1 if who asks is on the ring.",
                        OWN);
            }
            case Packet.Found(var node) -> PeerParts.peer(knife, node);
        }
    }

    private static String name(Object said) { return said.getClass().getSimpleName(); }

    private static void sealed(Knife knife, Packet.Data data) {
        number(knife, "session", data.session(), "The number the receiver has given the session.");
        knife.number(64, "sequence", data.sequence(), "Counts this direction's datagrams: the nonce"
                + " of the cipher, taken once.", OWN);
        int size = data.sealed().size() - Seal.TAG;
        if (size <= 0) throw new SyntaxException("nothing is sealed");
        knife.bytes("sealed", data.sealed().slice(0, size), size + " bytes",
                "A frame, encrypted with AES-GCM under the key of this direction.", OWN);
        take(knife, data.sealed().slice(size, size + Seal.TAG), "tag",
                "Nobody without the key can make it: it covers the frame and the header.");
    }

    private static void caller(Knife knife, long number) {
        number(knife, "caller's number", number,
                "The caller's number for the session, by chance.");
    }

    private static void ephemeral(Knife knife, Bytes key) {
        take(knife, key, "ephemeral key", "An X25519 public key, made for this session.");
    }

    private static void cookie(Knife knife, Bytes cookie) {
        take(knife, cookie, "cookie",
                "A hash of the caller's address: who knows it receives there.");
    }

    private static void signed(
            Knife knife, Bytes owner, InetSocketAddress address, Bytes signature) {
        take(knife, owner, "Ed25519 key", "Whose hash is the node's place on the ring.");
        PeerParts.address(knife, address);
        take(knife, signature, "signature", "By that key, over all before it (an Accept's also over"
                + " the Init it answers).");
    }

    private static void number(Knife knife, String name, long value, String meaning) {
        knife.number(64, name, value, "0x%016x".formatted(value), meaning, OWN);
    }

    private static void take(Knife knife, Bytes bytes, String name, String meaning) {
        knife.bytes(name, bytes, PeerParts.shortened(bytes), meaning, OWN);
    }

    private static final String SEALED = "Sealed between the two: the relay cannot read it.";

    @Override public void sealed(Knife knife, Bytes bytes) {
        var frame = Frame.parse(bytes);
        int type = bytes.at(0);
        switch (frame) {
            case Frame.Piece piece -> {
                knife.number(8, "frame", type, piece.confirmed()
                        ? "A piece of a payload that is sent until it is acknowledged."
                        : "A piece of a payload that is sent once.", OWN);
                counter(knife, "number", piece.number(),
                        "Of the payload, counted apart for either kind.");
                knife.number(8, "piece", piece.index(), "Which piece of it, from 0.", OWN);
                knife.number(8, "pieces", piece.count(), piece.count() == 1
                        ? "It fits one datagram." : "How many there are.", OWN);
                if (piece.count() == 1) payload(knife, piece.bytes());
                else take(knife, piece.bytes(), "part", "A part of a payload.");
            }
            case Frame.Ack(int number, int pieces) -> {
                knife.number(8, "frame", type, "An acknowledgement.", OWN);
                counter(knife, "number", number, "Of the payload.");
                counter(knife, "pieces", pieces, "Bit i is set if piece i has arrived.");
            }
            case Frame.Bye() ->
                    knife.number(8, "frame", type, "Goodbye: this session ends.", OWN);
            case Frame.Here() ->
                    knife.number(8, "frame", type, "I am here, and have the key.", OWN);
            case Frame.HandOn(var to, var datagram) -> {
                knife.number(8, "frame", type, "Hand this on to another.", OWN);
                PeerParts.id(knife, to);
                take(knife, datagram, "datagram", SEALED);
            }
            case Frame.Handed(var from, var datagram) -> {
                knife.number(8, "frame", type, "Another wants you to have this.", OWN);
                PeerParts.id(knife, from);
                take(knife, datagram, "datagram", SEALED);
            }
            case Frame.NotHanded(var to, var why) -> {
                knife.number(8, "frame", type, "This was not handed on.", OWN);
                PeerParts.id(knife, to);
                knife.number(8, "reason", why.ordinal(), switch (why) {
                    case NO_SESSION -> "The relay has no session with it.";
                    case QUOTA -> "It has handed on enough.";
                    case UNWILLING -> "It is no relay.";
                }, OWN);
            }
            case Frame.Challenge(long number) -> {
                knife.number(8, "frame", type, "Do you receive here?", OWN);
                number(knife, "number", number, "By chance: nobody else can say it.");
            }
            case Frame.Response(long number) -> {
                knife.number(8, "frame", type, "I do.", OWN);
                number(knife, "number", number, "That of the question.");
            }
            case Frame.OfStreams streams -> StreamParts.frame(knife, type, streams, bytes);
            case Frame.Moment(int channel, var moment) -> {
                knife.number(8, "frame", type, "A moment of sound or picture, sent once.", OWN);
                knife.number(16, "channel", channel, "Of which conversation.", OWN);
                take(knife, moment, "moment", "As it came from the telephone.");
            }
        }
    }

    private static void counter(Knife knife, String name, int value, String meaning) {
        knife.number(32, name, Integer.toUnsignedLong(value), meaning, OWN);
    }

    @Override public Optional<Piece> piece(Bytes frame) {
        return Frame.parse(frame) instanceof Frame.Piece piece ? Optional.of(new Piece(
                List.of(piece.confirmed(), piece.number()), piece.index(), piece.count(),
                piece.bytes())) : Optional.empty();
    }

    @Override public Optional<Bytes> sip(Bytes payload) {
        return Payload.parse(payload) instanceof Payload.Say(int service, _, var message)
                && service == Links.SIP && message.size() > Short.BYTES
                ? Optional.of(message.slice(end(message, end(message, 0)), message.size()))
                : Optional.empty();
    }

    /// Where one of the texts ends that come before a SIP message.
    private static int end(Bytes message, int begin) {
        int text = begin + Short.BYTES;
        if (text > message.size()) throw new SyntaxException("a proof is cut short");
        int end = text + Short.toUnsignedInt(message.buffer().getShort(begin));
        if (end > message.size()) throw new SyntaxException("a proof is cut short");
        return end;
    }

    @Override public void payload(Knife knife, Bytes bytes) {
        var payload = Payload.parse(bytes);
        knife.number(8, "payload", bytes.at(0), switch (payload) {
            case Payload.Ring _ -> "A message of the ring.";
            case Payload.Ask _ -> "Ask: are you a super-node, and whom do you know?";
            case Payload.Tell _ -> "Tell: what I am, and whom I know.";
            case Payload.Say _ -> "Something for a service.";
            case Payload.Taken _ -> "A service has it.";
            case Payload.NoService _ -> "There is no such service.";
            case Payload.Ways _ -> "Where I may be reached without a relay.";
        }, OWN);
        switch (payload) {
            case Payload.Ring(var message) -> RingParts.message(knife, message);
            case Payload.Ask(var clock) -> clock(knife, clock);
            case Payload.Tell(boolean superNode, var peers, var clock, var seen) -> {
                knife.number(8, "super-node", superNode ? 1 : 0,
                        "1 if the sender is on the ring.", OWN);
                knife.number(8, "count", peers.size(), "Super-nodes named.", OWN);
                peers.forEach(peer -> PeerParts.peer(knife, peer));
                clock(knife, clock);
                seen.ifPresent(at -> PeerParts.address(knife, at));
            }
            case Payload.Say(int service, int id, var message) -> {
                knife.number(16, "service", service, service == Links.SIP
                        ? "It is for SIP." : "Which service it is for.", OWN);
                counter(knife, "number", id, "The sender's, for the answer; 0 for none.");
                if (service == Links.SIP && message.size() > Short.BYTES) sip(knife, message);
                else take(knife, message, "message", "What it is to read.");
            }
            case Payload.Taken(int id) -> counter(knife, "number", id, "Of what it has.");
            case Payload.Ways ways -> take(knife, bytes.slice(1, bytes.size()), "ways",
                    ways.candidates().size() + " candidates of ICE, and the words to ask with.");
            case Payload.NoService(int id) ->
                    counter(knife, "number", id, "Of what nobody has.");
        }
    }

    private static void sip(Knife knife, Bytes message) {
        int record = end(message, 0), statement = end(message, record);
        text(knife, message.slice(0, record), "record", "The record of who calls: it says which"
                + " node serves him, and that node has signed it.");
        text(knife, message.slice(record, statement), "statement", "What he says about this call,"
                + " should it be passed on.");
        take(knife, message.slice(statement, message.size()), "message",
                "A SIP message: on the wire it is sealed, as all of this.");
    }

    private static void text(Knife knife, Bytes framed, String name, String meaning) {
        var text = framed.slice(Short.BYTES, framed.size());
        knife.number(16, "length", text.size(), "Bytes of the " + name + ".", OWN_CALLERS);
        knife.bytes(name, text, text.utf8(), meaning, OWN_CALLERS);
    }

    private static void clock(Knife knife, Instant clock) {
        knife.number(64, "clock", clock.toEpochMilli(), clock.toString(),
                "The sender's time of day, milliseconds since 1970.", OWN);
    }

    /// `Hello`, `Route Get sip:bob@example.com to ...`, `ack`, `Data` where nobody has the key.
    @Override public String summary(Bytes datagram, Bytes frame) {
        return frame.isEmpty() ? name(Packet.parse(datagram)) : switch (Frame.parse(frame)) {
            case Frame.Piece piece when piece.count() > 1 -> "piece " + (piece.index() + 1) + " of "
                    + piece.count();
            case Frame.Piece piece -> switch (Payload.parse(piece.bytes())) {
                case Payload.Ring(var message) -> Dht.summary(message);
                case Payload payload -> name(payload);
            };
            case Frame.Ack _ -> "ack";
            case Frame.Bye() -> "bye";
            case Frame.Here() -> "here";
            case Frame.HandOn(var to, _) -> "hand on to " + to;
            case Frame.Handed(var from, _) -> "handed on from " + from;
            case Frame.NotHanded(var to, var why) -> "not handed on to " + to + ": " + why;
            case Frame.Challenge _ -> "challenge";
            case Frame.Response _ -> "response";
            case Frame.Carry carry -> "streams, packet " + carry.number();
            case Frame.Have have -> "streams, have " + have.ranges().getFirst().last();
            case Frame.Anew _ -> "streams, anew";
            case Frame.Moment _ -> "moment";
        };
    }
}
