package p2psip.app.dht;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.*;
import p2psip.std.Bytes;

/// The wire form of [Message]; the figures are in the package's description.
final class Codec {
    /// The first byte of every message.
    static final int VERSION = 1;

    /// Version, code and id.
    static final int HEADER = 1 + 1 + 8;

    private Codec() {}

    static Bytes encode(Message message) {
        var out = ByteBuffer.allocate(room(message));
        switch (message) {
            case Message.Ping m -> header(out, m).putLong(m.common());
            case Message.Pong m -> header(out, m);
            case Message.AskLeaves m -> peers(header(out, m), m.leaves());
            case Message.AskRow m ->
                    header(out, m).put((byte) m.row()).putShort((short) m.have());
            case Message.Peers m -> peers(header(out, m), m.peers());
            case Message.Bye m -> peers(header(out, m), m.leaves());
            case Message.Route m -> {
                header(out, m).put((byte) m.hops()).putLong(m.request());
                m.origin().encode(out);
                m.point().encode(out);
                body(out, m.body());
            }
            case Message.Taken m -> header(out, m);
            case Message.Errand m -> body(header(out, m), m.body());
            case Message.Stored m -> header(out, m).put((byte) m.copies());
            case Message.Refused m -> header(out, m).put((byte) m.why().number);
            case Message.Values m -> {
                header(out, m).put((byte) m.part()).put((byte) m.parts());
                out.putShort((short) m.records().size());
                m.records().forEach(record -> text(out, record));
            }
            case Message.Copy m -> text(header(out, m), m.record());
            case Message.Collect m -> sum(text(header(out, m), m.key()), m.sum());
            case Message.Compare m -> {
                header(out, m).put((byte) (m.root() ? 1 : 0));
                sum(arc(out, m.arc()), m.sum());
            }
            case Message.Same m -> header(out, m);
            case Message.Sums m -> {
                header(out, m);
                m.sums().forEach(sum -> sum(out, sum));
            }
            case Message.Tags m -> {
                header(out, m).putShort((short) m.tags().size());
                m.tags().forEach(tag -> out.putLong(tag.name()).putLong(tag.sequence()));
            }
            case Message.Want m -> {
                arc(header(out, m), m.arc()).putShort((short) m.names().size());
                m.names().forEach(out::putLong);
            }
        }
        return Bytes.from(out.flip());
    }

    /// Enough for a message; most are short, and clearing kilobytes for each is felt.
    private static int room(Message message) {
        return switch (message) {
            case Message.Values _, Message.Tags _, Message.Want _, Message.Copy _, Message.Route _,
                    Message.Errand _, Message.Collect _ -> Message.LIMIT;
            case Message.AskLeaves _, Message.Peers _, Message.Bye _ ->
                    HEADER + 1 + Message.MAX_PEERS * Peer.MAX_BYTES;
            case Message.Sums _ -> HEADER + Arc.PIECES * (Integer.BYTES + Long.BYTES);
            case Message _ -> 128;
        };
    }

    static Message parse(Bytes payload) {
        if (payload.size() > Message.LIMIT) throw new SyntaxException("message too long");
        var in = payload.buffer();
        try {
            int version = in.get();
            if (version != VERSION) throw new SyntaxException("version " + version);
            var code = Code.of(Byte.toUnsignedInt(in.get()));
            var message = parse(code, in.getLong(), in);
            if (in.hasRemaining()) throw new SyntaxException("more bytes than " + code + " has");
            return message;
        } catch (BufferUnderflowException e) {
            throw new SyntaxException("cut short");
        } catch (p2psip.app.crypto.SyntaxException e) {
            throw new SyntaxException(e.getMessage());
        }
    }

    private static Message parse(Code code, long id, ByteBuffer in) {
        return switch (code) {
            case PING -> new Message.Ping(id, in.getLong());
            case PONG -> new Message.Pong(id);
            case ASK_LEAVES -> new Message.AskLeaves(id, peers(in));
            case ASK_ROW -> new Message.AskRow(id, upTo(NodeId.DIGITS - 1, in.get(), "row"),
                    Short.toUnsignedInt(in.getShort()));
            case PEERS -> new Message.Peers(id, peers(in));
            case BYE -> new Message.Bye(id, peers(in));
            case ROUTE -> new Message.Route(id, upTo(Message.HOPS, in.get(), "hop limit"),
                    in.getLong(), Peer.parse(in), NodeId.parse(in), body(in));
            case TAKEN -> new Message.Taken(id);
            case ERRAND -> new Message.Errand(id, body(in));
            case STORED -> new Message.Stored(id, Byte.toUnsignedInt(in.get()));
            case REFUSED -> new Message.Refused(id, Refusal.of(in.get()));
            case VALUES -> values(id, in);
            case COPY -> new Message.Copy(id, text(in, SignedRecord.MAX_TEXT));
            case COLLECT -> new Message.Collect(id, text(in, MAX_KEY), sum(in));
            case COMPARE -> {
                boolean root = upTo(1, in.get(), "flag") == 1;
                yield new Message.Compare(id, arc(in), root, sum(in));
            }
            case SAME -> new Message.Same(id);
            case SUMS -> new Message.Sums(id,
                    Stream.generate(() -> sum(in)).limit(Arc.PIECES).toList());
            case TAGS -> new Message.Tags(id,
                    list(in, in.getShort(), () -> new Tag(in.getLong(), in.getLong())));
            case WANT -> new Message.Want(id, arc(in), list(in, in.getShort(), in::getLong));
            case FIND, PUT, GET, CHECK ->
                    throw new SyntaxException(code + " travels inside others only");
        };
    }

    /// UTF-8 bytes of a lookup key.
    private static final int MAX_KEY = 3 * SignedRecord.MAX_KEY;

    private static Message values(long id, ByteBuffer in) {
        int part = in.get(), parts = upTo(Message.MAX_PARTS, in.get(), "parts");
        if (part < 0 || part >= parts) throw new SyntaxException("no such part");
        int count = in.getShort();
        if (count < 0 || count > Message.LIMIT) throw new SyntaxException("too many records");
        var records = new ArrayList<String>();
        for (int i = 0; i < count; i++) records.add(text(in, SignedRecord.MAX_TEXT));
        return new Message.Values(id, part, parts, List.copyOf(records));
    }

    private static ByteBuffer body(ByteBuffer out, Body body) {
        out.put((byte) code(body).number);
        return switch (body) {
            case Body.Find() -> out;
            case Body.Put(var record) -> text(out, record);
            case Body.Get(var key) -> text(out, key);
            case Body.Check(var key, var sum) -> {
                sum(text(out, key), sum);
                yield out;
            }
        };
    }

    private static Body body(ByteBuffer in) {
        return switch (Code.of(in.get())) {
            case FIND -> new Body.Find();
            case PUT -> new Body.Put(text(in, SignedRecord.MAX_TEXT));
            case GET -> new Body.Get(text(in, MAX_KEY));
            case CHECK -> new Body.Check(text(in, MAX_KEY), sum(in));
            case Code other -> throw new SyntaxException(other + " cannot be routed");
        };
    }

    private static ByteBuffer header(ByteBuffer out, Message message) {
        return out.put((byte) VERSION).put((byte) code(message).number).putLong(message.id());
    }

    static Code code(Message message) {
        return switch (message) {
            case Message.Ping _ -> Code.PING;
            case Message.Pong _ -> Code.PONG;
            case Message.AskLeaves _ -> Code.ASK_LEAVES;
            case Message.AskRow _ -> Code.ASK_ROW;
            case Message.Peers _ -> Code.PEERS;
            case Message.Bye _ -> Code.BYE;
            case Message.Route _ -> Code.ROUTE;
            case Message.Taken _ -> Code.TAKEN;
            case Message.Errand _ -> Code.ERRAND;
            case Message.Stored _ -> Code.STORED;
            case Message.Refused _ -> Code.REFUSED;
            case Message.Values _ -> Code.VALUES;
            case Message.Copy _ -> Code.COPY;
            case Message.Collect _ -> Code.COLLECT;
            case Message.Compare _ -> Code.COMPARE;
            case Message.Same _ -> Code.SAME;
            case Message.Sums _ -> Code.SUMS;
            case Message.Tags _ -> Code.TAGS;
            case Message.Want _ -> Code.WANT;
        };
    }

    static Code code(Body body) {
        return switch (body) {
            case Body.Find() -> Code.FIND;
            case Body.Put _ -> Code.PUT;
            case Body.Get _ -> Code.GET;
            case Body.Check _ -> Code.CHECK;
        };
    }

    private static void peers(ByteBuffer out, List<Peer> peers) {
        out.put((byte) peers.size());
        peers.forEach(peer -> peer.encode(out));
    }

    private static List<Peer> peers(ByteBuffer in) {
        int count = upTo(Message.MAX_PEERS, in.get(), "peers");
        var peers = new ArrayList<Peer>();
        for (int i = 0; i < count; i++) peers.add(Peer.parse(in));
        return List.copyOf(peers);
    }

    private static ByteBuffer text(ByteBuffer out, String text) {
        var bytes = text.getBytes(UTF_8);
        return out.putShort((short) bytes.length).put(bytes);
    }

    private static String text(ByteBuffer in, int limit) {
        int length = upTo(limit, in.getShort(), "text");
        if (length > in.remaining()) throw new BufferUnderflowException();
        try {
            var text = UTF_8.newDecoder().decode(in.slice(in.position(), length)).toString();
            in.position(in.position() + length);
            if (text.chars().anyMatch(Character::isISOControl))
                throw new SyntaxException("control characters");
            return text;
        } catch (CharacterCodingException e) {
            throw new SyntaxException("not UTF-8");
        }
    }

    private static ByteBuffer arc(ByteBuffer out, Arc arc) {
        arc.from().encode(out);
        arc.to().encode(out);
        return out;
    }

    private static Arc arc(ByteBuffer in) { return new Arc(NodeId.parse(in), NodeId.parse(in)); }

    private static void sum(ByteBuffer out, Summary sum) {
        out.putInt(sum.count()).putLong(sum.sum());
    }

    private static Summary sum(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0) throw new SyntaxException("negative count");
        return new Summary(count, in.getLong());
    }

    private static <T> List<T> list(ByteBuffer in, int count, Supplier<T> item) {
        upTo(Message.MAX_TAGS, count, "list");
        var items = new ArrayList<T>();
        for (int i = 0; i < count; i++) items.add(item.get());
        return List.copyOf(items);
    }

    private static int upTo(int limit, int value, String what) {
        if (value < 0 || value > limit) throw new SyntaxException(what + " out of range: " + value);
        return value;
    }
}
