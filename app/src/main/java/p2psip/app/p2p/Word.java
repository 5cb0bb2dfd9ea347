package p2psip.app.p2p;

import module java.base;
import p2psip.std.Bytes;

/// What is said of streams; several of them are in one [Frame.Carry].
///
/// A stream has the number that the node has given it that has opened it, from 1; `ours` says
/// whether that is the node that speaks.
sealed interface Word {

    /// Which stream.
    record Name(boolean ours, int number) {
        public Name {
            if (number < 1) throw new SyntaxException("no stream has the number " + number);
        }

        /// The same as the other node says it.
        Name turned() { return new Name(!ours, number); }

        private static Name parse(ByteBuffer in) {
            int number = in.getInt();
            return new Name(number > 0, number & Integer.MAX_VALUE);
        }

        private void encode(ByteBuffer out) {
            out.putInt(ours ? number : number | Integer.MIN_VALUE);
        }
    }

    /// A new stream of the speaker's, to a service of the listener.
    record Open(Name name, int service) implements Word {}

    /// There is such a service, and it has the stream.
    record Taken(Name name) implements Word {}

    /// Bytes of a stream.
    ///
    /// @param end whether there are none behind them
    record Data(Name name, long offset, Bytes bytes, boolean end) implements Word {
        public Data {
            if (offset < 0 || offset > MAX_OFFSET) throw new SyntaxException("offset " + offset);
        }
    }

    /// The speaker sends no more of it.
    ///
    /// @param size how many bytes there have been
    record Reset(Name name, int why, long size) implements Word {
        public Reset {
            if (size < 0 || size > MAX_OFFSET) throw new SyntaxException("size " + size);
        }
    }

    /// The speaker wants no more of it.
    record Stop(Name name, int why) implements Word {}

    /// The listener may send so many bytes of it in all.
    record Allow(Name name, long limit) implements Word {}

    /// And so many of all streams together.
    record AllowAll(long limit) implements Word {}

    /// Nothing: it is to be answered.
    record Ask() implements Word {}

    /// Nothing, to the end of what it stands in: it shows that a path carries so much.
    ///
    /// @param size bytes, this word's own among them
    record Pad(int size) implements Word {
        public Pad {
            if (size < 1) throw new SyntaxException("padding of " + size + " bytes");
        }
    }

    /// No stream is longer.
    long MAX_OFFSET = 1L << 62;

    /// Bytes of [Data] beside its bytes, and of the longest of the others.
    int DATA = 15, OTHER = 15;

    /// The next of a buffer of these bytes.
    ///
    /// @throws SyntaxException if this is none
    static Word parse(Bytes bytes, ByteBuffer in) {
        int type = in.get();
        return switch (type) {
            case 0 -> new Ask();
            case 1 -> new Open(Name.parse(in), Short.toUnsignedInt(in.getShort()));
            case 2 -> new Taken(Name.parse(in));
            case 3, 4 -> new Data(Name.parse(in), in.getLong(),
                    bytes.next(in, Short.toUnsignedInt(in.getShort())), type == 4);
            case 5 -> new Reset(Name.parse(in), Short.toUnsignedInt(in.getShort()), in.getLong());
            case 6 -> new Stop(Name.parse(in), Short.toUnsignedInt(in.getShort()));
            case 7 -> new Allow(Name.parse(in), in.getLong());
            case 8 -> new AllowAll(in.getLong());
            case 9 -> {
                var pad = new Pad(1 + in.remaining());
                in.position(in.limit());
                yield pad;
            }
            default -> throw new SyntaxException("word " + type + " is not known");
        };
    }

    /// How many bytes [#encode] makes, at most.
    default int length() {
        return switch (this) {
            case Data data -> DATA + data.bytes.size();
            case Pad(int size) -> size;
            case Word _ -> OTHER;
        };
    }

    /// How many bytes all of these make, at most.
    static int length(List<Word> words) {
        int length = 0;
        for (var word : words) length += word.length();
        return length;
    }

    default void encode(ByteBuffer out) {
        switch (this) {
            case Ask _ -> out.put((byte) 0);
            case Open(var name, int service) -> {
                name.encode(out.put((byte) 1));
                out.putShort((short) service);
            }
            case Taken(var name) -> name.encode(out.put((byte) 2));
            case Data(var name, long offset, var bytes, boolean end) -> {
                name.encode(out.put((byte) (end ? 4 : 3)));
                bytes.to(out.putLong(offset).putShort((short) bytes.size()));
            }
            case Reset(var name, int why, long size) -> {
                name.encode(out.put((byte) 5));
                out.putShort((short) why).putLong(size);
            }
            case Stop(var name, int why) -> {
                name.encode(out.put((byte) 6));
                out.putShort((short) why);
            }
            case Allow(var name, long limit) -> {
                name.encode(out.put((byte) 7));
                out.putLong(limit);
            }
            case AllowAll(long limit) -> out.put((byte) 8).putLong(limit);
            case Pad(int size) -> out.put((byte) 9).position(out.position() + size - 1);
        }
    }
}
