package p2psip.app.p2p;

import p2psip.app.trace.Knife;
import p2psip.std.Bytes;

/// The parts of the frames about streams, as their codecs have read them.
final class StreamParts {
    private static final String OWN = "app/p2p";

    private StreamParts() {}

    static void frame(Knife knife, int type, Frame.OfStreams frame, Bytes bytes) {
        knife.number(8, "frame", type, switch (frame) {
            case Frame.Carry _ -> "Words about streams, to be answered.";
            case Frame.Have _ -> "Which of these have come.";
            case Frame.Anew _ -> "What was said is not for the one that is here now.";
        }, OWN);
        counter(knife, "from", frame.from(), "The speaker's epoch, by chance.");
        counter(knife, "to", frame.to(), "The listener's, 0 if it is not known.");
        switch (frame) {
            case Frame.Carry carry -> {
                knife.number(64, "number", carry.number(), "Counts these.", OWN);
                carry.words().forEach(word -> word(knife, word));
            }
            case Frame.Have have -> have(knife, have, bytes);
            case Frame.Anew _ -> { }
        }
    }

    private static void have(Knife knife, Frame.Have have, Bytes bytes) {
        counter(knife, "delay", have.delay(), "Microseconds since the newest of them has come.");
        knife.number(64, "newest", have.ranges().getFirst().last(), "The largest number.", OWN);
        var rest = bytes.slice(bytes.size() - knife.left(), bytes.size());
        knife.bytes("ranges", rest, have.ranges().toString(),
                "How many end with it, how many are missing below, how many are there, ...", OWN);
    }

    private static void word(Knife knife, Word word) {
        switch (word) {
            case Word.Ask _ -> type(knife, 0, "Say that you are there.");
            case Word.Open(var name, int service) -> {
                type(knife, 1, "A new stream.");
                name(knife, name);
                knife.number(16, "service", service, "Which service it is for.", OWN);
            }
            case Word.Taken(var name) -> {
                type(knife, 2, "There is such a service, and it has the stream.");
                name(knife, name);
            }
            case Word.Data(var name, long offset, var bytes, boolean end) -> {
                type(knife, end ? 4 : 3, end ? "The last bytes of a stream." : "Bytes.");
                name(knife, name);
                knife.number(64, "offset", offset, "Where in the stream they are.", OWN);
                knife.number(16, "length", bytes.size(), "How many.", OWN);
                knife.bytes("bytes", bytes, bytes.size() + " bytes", "As the program wrote them.",
                        OWN);
            }
            case Word.Reset(var name, int why, long size) -> {
                type(knife, 5, "I send no more of it.");
                name(knife, name);
                knife.number(16, "why", why, "A reason.", OWN);
                knife.number(64, "size", size, "So many bytes there have been.", OWN);
            }
            case Word.Stop(var name, int why) -> {
                type(knife, 6, "I want no more of it.");
                name(knife, name);
                knife.number(16, "why", why, "A reason.", OWN);
            }
            case Word.Allow(var name, long limit) -> {
                type(knife, 7, "You may send more of it.");
                name(knife, name);
                knife.number(64, "limit", limit, "So many bytes in all.", OWN);
            }
            case Word.Pad(int size) -> {
                type(knife, 9, "Nothing, to the end: whether so much gets there.");
                knife.bytes("padding", Bytes.wrap(new byte[size - 1]), size - 1 + " bytes",
                        "Of no meaning.", OWN);
            }
            case Word.AllowAll(long limit) -> {
                type(knife, 8, "You may send more.");
                knife.number(64, "limit", limit, "So many bytes of all streams.", OWN);
            }
        }
    }

    private static void type(Knife knife, int type, String meaning) {
        knife.number(8, "word", type, meaning, OWN);
    }

    private static void name(Knife knife, Word.Name name) {
        knife.number(1, "whose", name.ours() ? 0 : 1, "0: the speaker has opened it.", OWN);
        knife.number(31, "stream", name.number(), "Its number there.", OWN);
    }

    private static void counter(Knife knife, String name, int value, String meaning) {
        knife.number(32, name, Integer.toUnsignedLong(value), meaning, OWN);
    }
}
