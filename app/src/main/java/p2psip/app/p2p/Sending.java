package p2psip.app.p2p;

import module java.base;
import p2psip.std.rfc9000.*;

/// What the streams of a Link have to say, packed into datagrams: first what is to be said about
/// streams, then the bytes of each in turn.
final class Sending {

    /// What a packet carried, as far as it must be known until it has arrived.
    sealed interface Load {
        record Said(Word word) implements Load {}
        record Part(Word.Name name, SendStream.Part part) implements Load {}
    }

    /// A packet.
    ///
    /// @param full whether nothing more would go into it
    record Packed(List<Word> words, List<Load> loads, boolean full) {}

    /// One that was sent.
    ///
    /// @param size of the datagram
    record Sent(long number, int size, List<Load> loads) {}

    /// Words that wait at a time, beside the newest limits; more are not remembered.
    private static final int MAX_SAID = 1_024;

    private final SequencedMap<Word.Name, DuplexStream> streams;
    private final Deque<Word> said = new ArrayDeque<>();
    /// The newest limits that are to be said: an older one is of no use.
    private final SequencedMap<Word.Name, Word.Allow> limits = new LinkedHashMap<>();
    private final Set<Word.Name> resets = new LinkedHashSet<>();
    private final Deque<Word.Name> turn = new ArrayDeque<>();
    private Optional<Word.AllowAll> limit = Optional.empty();
    private Credit credit = new Credit(Streams.WINDOW);

    Sending(SequencedMap<Word.Name, DuplexStream> streams) { this.streams = streams; }

    void say(Word word) {
        switch (word) {
            case Word.Allow allow -> limits.put(allow.name(), allow);
            case Word.AllowAll all -> limit = Optional.of(all);
            case Word other when said.size() < MAX_SAID -> said.add(other);
            case Word _ -> { }
        }
    }

    /// The other end takes so many bytes of all streams.
    boolean allowed(long bytes) {
        credit.raise(bytes);
        return true;
    }

    /// If a stream has been given up, that is to be said.
    void reset(DuplexStream stream) {
        stream.sending.resetting().ifPresent(why -> {
            if (resets.add(stream.name)) said.add(
                    new Word.Reset(stream.name, (int) why, stream.sending.sent()));
        });
    }

    /// There is a new stream.
    void begun(Word.Name name) { turn.add(name); }

    /// There is no such stream any more.
    void over(Word.Name name) {
        turn.remove(name);
        limits.remove(name);
        resets.remove(name);
    }

    void clear() {
        said.clear();
        limits.clear();
        resets.clear();
        turn.clear();
        limit = Optional.empty();
        credit = new Credit(Streams.WINDOW);
    }

    /// The other end has heard nothing of what is here now: it is said from the beginning.
    void anew() {
        clear();
        turn.addAll(streams.keySet());
        for (var stream : streams.values()) {
            said.add(new Word.Open(stream.name, stream.service()));
            int sent = (int) stream.sending.sent();
            stream.sending.lost(new SendStream.Part(0, sent, stream.sending.state()
                    == SendStream.State.DATA_SENT));
            credit.use(sent);
        }
    }

    boolean wants() {
        if (!said.isEmpty() || !limits.isEmpty() || limit.isPresent()) return true;
        for (var stream : streams.values()) if (stream.sending.wants(credit.left())) return true;
        return false;
    }

    /// The next packet.
    ///
    /// @param most     bytes of its words
    /// @param probe    whether there is to be one in any case
    /// @param inFlight what is on its way, oldest first: part of it is said again by a probe that
    ///                 has nothing new to say
    Packed load(int most, boolean probe, List<Sent> inFlight) {
        //= rfc9002#6.2.4-5,6 something new, or else something that was sent before
        if (probe && !wants() && !inFlight.isEmpty()) lost(inFlight.getFirst().loads);
        var words = new ArrayList<Word>();
        var loads = new ArrayList<Load>();
        int room = most;
        for (; room >= Word.OTHER && hasSaid(); room -= Word.OTHER) {
            words.add(nextSaid());
            loads.add(new Load.Said(words.getLast()));
        }
        while (room > Word.DATA) {
            var stream = next();
            if (stream == null) break;
            var piece = stream.sending.next(room - Word.DATA, credit.left()).orElseThrow();
            credit.use(piece.fresh());
            words.add(new Word.Data(stream.name, piece.offset(), piece.bytes(), piece.end()));
            loads.add(new Load.Part(stream.name, piece.part()));
            room -= words.getLast().length();
        }
        //= rfc9002#6.2.4-8 data, PING: or a word that asks for nothing but an answer
        if (words.isEmpty()) words.add(new Word.Ask());
        return new Packed(words, loads, room <= Word.DATA);
    }

    private boolean hasSaid() {
        return !said.isEmpty() || !limits.isEmpty() || limit.isPresent();
    }

    private Word nextSaid() {
        if (!said.isEmpty()) return said.poll();
        if (!limits.isEmpty()) return limits.pollFirstEntry().getValue();
        var all = limit.orElseThrow();
        limit = Optional.empty();
        return all;
    }

    /// The stream whose turn it is: each has a packet, and then the next.
    private DuplexStream next() {
        for (int i = turn.size(); i > 0; i--) {
            var name = turn.poll();
            turn.add(name);
            var stream = streams.get(name);
            if (stream != null && stream.sending.wants(credit.left())) return stream;
        }
        return null;
    }

    void delivered(List<Load> loads) {
        for (var load : loads) switch (load) {
            case Load.Part(var name, var part) ->
                    Optional.ofNullable(streams.get(name)).ifPresent(s -> s.delivered(part));
            case Load.Said(Word.Reset(var name, _, _)) -> Optional.ofNullable(streams.get(name))
                    .ifPresent(stream -> stream.sending.resetDelivered());
            case Load.Said(Word.Open(var name, _)) ->
                    Optional.ofNullable(streams.get(name)).ifPresent(DuplexStream::heard);
            case Load.Said _ -> { }
        }
    }

    /// It is said again, if it still is so.
    void lost(List<Load> loads) {
        for (var load : loads) switch (load) {
            case Load.Part(var name, var part) -> Optional.ofNullable(streams.get(name))
                    .ifPresent(stream -> {
                        stream.sending.lost(part);
                        reset(stream);
                    });
            case Load.Said(Word.Allow(var name, _)) -> Optional.ofNullable(streams.get(name))
                    .flatMap(stream -> stream.receiving.limit().stream().boxed().findFirst())
                    .ifPresent(now -> limits.putIfAbsent(name, new Word.Allow(name, now)));
            case Load.Said(Word.AllowAll all) -> limit = limit.or(() -> Optional.of(all));
            case Load.Said(var word) -> say(word);
        }
    }
}
