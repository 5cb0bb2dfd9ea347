package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

/// What nodes of the ring say to each other; [Codec] has the wire form.
///
/// Records travel as text ([SignedRecord#text]): only the receiver's own check makes them records.
sealed interface Message {

    /// Bytes of the longest message.
    int LIMIT = 8192;

    /// Peers told at once.
    int MAX_PEERS = 32;

    /// Parts of one answer.
    int MAX_PARTS = 64;

    /// Tags told at once.
    int MAX_TAGS = 256;

    /// Hops a message may take; each is nearer to its end, so that a ring of any size needs few.
    int HOPS = 20;

    /// An answer carries the id of its question; ids are random, so that nobody answers unasked.
    long id();

    /// Are you there? Answered by [Pong], and by [AskLeaves] if the other thinks differently of who
    /// stands about the two.
    ///
    /// @param common what both have in their leaf sets, in brief ([LeafSet#common]); 0: not asked
    record Ping(long id, long common) implements Message {}

    record Pong(long id) implements Message {}

    /// My leaf set; what is yours? Answered by [Peers].
    record AskLeaves(long id, List<Peer> leaves) implements Message {}

    /// What is this row of your routing table? Answered by [Peers]: those whom I lack, and another.
    ///
    /// @param have bit c: somebody is in my cell of column c
    record AskRow(long id, int row, int have) implements Message {}

    record Peers(long id, List<Peer> peers) implements Message {}

    /// I leave; my leaf set knows who is next to me.
    record Bye(long id, List<Peer> leaves) implements Message {}

    /// To be passed on to the root of a point: each hop says [Taken] and finds the next.
    ///
    /// @param id      of this hop only
    /// @param hops    how many more are allowed
    /// @param request the id that the root's answer to `origin` carries
    record Route(long id, int hops, long request, Peer origin, NodeId point, Body body)
            implements Message {}

    record Taken(long id) implements Message {}

    /// An ordinary node's request: do this for me and answer as a root would.
    record Errand(long id, Body body) implements Message {}

    /// Stored, and that many nodes hold it now.
    record Stored(long id, int copies) implements Message {}

    record Refused(long id, Refusal why) implements Message {}

    /// Records, in as many messages as they need.
    record Values(long id, int part, int parts, List<String> records) implements Message {}

    /// Keep a copy of this.
    record Copy(long id, String record) implements Message {}

    /// What have you under this key? Answered by [Same] if that sums up to `sum`, else by [Values].
    record Collect(long id, String key, Summary sum) implements Message {}

    /// What have you on this arc? Answered by [Same], [Tags] or, if that is too much, [Sums].
    ///
    /// @param root whether the sender is the root of all of it, not of a piece it asks about
    record Compare(long id, Arc arc, boolean root, Summary sum) implements Message {}

    record Same(long id) implements Message {}

    /// What lies on each of the [Arc#PIECES] pieces of an arc.
    record Sums(long id, List<Summary> sums) implements Message {}

    record Tags(long id, List<Tag> tags) implements Message {}

    /// Send me those of this arc that have these names. Answered by [Values].
    record Want(long id, Arc arc, List<Long> names) implements Message {}

    /// What a root is asked.
    sealed interface Body {
        /// Who is nearest? Answered by [Peers]: the root and its leaf set.
        record Find() implements Body {}

        record Put(String record) implements Body {}

        record Get(String key) implements Body {}

        /// Do you know what I know under this key? Answered by [Same] if that sums up to `sum`,
        /// else by [Values].
        record Check(String key, Summary sum) implements Body {}
    }

    /// A record in brief.
    ///
    /// @param name hash of lookup key and owner
    record Tag(long name, long sequence) {
        /// Well spread bits of both, to be summed up.
        long mixed() {
            long z = name + 0x9e3779b97f4a7c15L * sequence;
            z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
            z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
            return z ^ z >>> 31;
        }
    }

    /// Many records in brief; the same whatever their order.
    record Summary(int count, long sum) {
        static final Summary NONE = new Summary(0, 0);

        Summary plus(Tag tag) { return new Summary(count + 1, sum + tag.mixed()); }
    }

    /// Divides records into messages below [#LIMIT]; no records are one empty message.
    static List<Message> values(long id, List<String> records) {
        var parts = new ArrayList<List<String>>();
        int room = 0;
        for (var record : records) {
            int size = 2 + record.length();
            if (size > room) {
                if (parts.size() == MAX_PARTS) break;
                parts.add(new ArrayList<>());
                room = LIMIT - Codec.HEADER - 4;
            }
            parts.getLast().add(record);
            room -= size;
        }
        if (parts.isEmpty()) parts.add(List.of());
        return IntStream.range(0, parts.size()).<Message>mapToObj(
                part -> new Values(id, part, parts.size(), parts.get(part))).toList();
    }

    default Bytes encode() { return Codec.encode(this); }

    /// @throws SyntaxException whatever is wrong with it
    static Message parse(Bytes payload) { return Codec.parse(payload); }

    /// One line for trace, without record texts.
    default String summary() {
        return switch (this) {
            case Route r -> "Route " + summary(r.body) + " to " + r.point + " for " + r.origin.id()
                    + ", hops left " + r.hops;
            case Errand e -> "Errand " + summary(e.body);
            case Values v -> "Values " + v.records.size()
                    + ", part " + (v.part + 1) + "/" + v.parts;
            case Copy _ -> "Copy";
            case Refused r -> "Refused: " + r.why.why;
            case Stored s -> "Stored, copies " + s.copies;
            case Collect c -> "Collect " + c.key;
            case Compare c -> "Compare " + c.sum.count + " records";
            case Tags t -> "Tags " + t.tags.size();
            case Sums _ -> "Sums";
            case Want w -> "Want " + w.names.size();
            case Peers p -> "Peers " + p.peers.size();
            case Ping _, Pong _, AskLeaves _, AskRow _, Bye _, Taken _, Same _ ->
                    getClass().getSimpleName();
        };
    }

    private static String summary(Body body) {
        return switch (body) {
            case Body.Find() -> "Find";
            case Body.Put _ -> "Put";
            case Body.Get(var key) -> "Get " + key;
            case Body.Check(var key, _) -> "Check " + key;
        };
    }
}
