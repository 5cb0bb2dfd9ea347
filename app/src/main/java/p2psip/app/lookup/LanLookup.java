package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.SignedRecord;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;

/// Records kept by those who put them, and found by asking the local network: who has any of this
/// key?
///
/// There is nothing to join, and nobody keeps anything for others: what a node has put is found
/// while that node lives. The package's description has the wire format.
public final class LanLookup implements Lookup {

    /// @param bind  where its socket is to be: the wildcard address asks every network, port 0 is
    ///              any free one
    /// @param group the multicast group where questions are asked
    public record Config(InetSocketAddress bind, InetSocketAddress group) {}

    /// Of the local scope that RFC 2365 sets apart for the use within a site.
    public static final InetSocketAddress GROUP =
            new InetSocketAddress(InetAddress.ofLiteral("239.255.112.50"), 5064);

    /// Bytes of the longest datagram; a record fits in it.
    static final int MAX_BYTES = 8192;

    /// Records kept, and keys searched for at once; one more fails.
    static final int RECORDS = 10_000, SEARCHES = 512;

    /// Owners of one key that are heard; the first to come stay.
    static final int OWNERS = 16;

    /// Records looked at in one search, right or wrong: a liar makes us compute no longer.
    static final int LOOKED_AT = 64;

    /// In one second so many questions are answered, and so many of one asker.
    static final int ANSWERS = 200, ANSWERS_EACH = 20;

    /// When a question is asked again, for datagrams are lost, and how long answers are waited for.
    static final Duration AGAIN = Duration.ofMillis(200), PATIENCE = Duration.ofMillis(700);

    /// How long a search that has found something waits for others, who may claim the key too.
    static final Duration GRACE = Duration.ofMillis(200);

    /// `l2` and the version behind the type, as the overlay has `p2`.
    private static final int QUESTION = 0xc0_6c_32_01, ANSWER = 0xc1_6c_32_01;

    private enum State { CLOSED, BOUND, OPEN, LEFT }

    /// Asking for one key; or whether a node is there, which says what it has put itself.
    private static final class Search implements Machine<SignedRecord, Search.Output> {
        enum Output { SAY, END }

        private enum State { ASKING, FOUND, ENDED }

        private enum Timer { AGAIN, END }

        final long asker;
        final String key;
        final Optional<Bytes> owner;
        final Map<Bytes, SignedRecord> newest = new LinkedHashMap<>();
        int lookedAt;
        private final Timers<Timer> timers = new Timers<>(Timer.class);
        private State state;

        /// @param owner whose record the node is to have that is asked for
        Search(long asker, String key, Optional<Bytes> owner, Instant now) {
            this.asker = asker;
            this.key = key;
            this.owner = owner;
            enter(State.ASKING, now);
        }

        private void enter(State next, Instant now) {
            state = next;
            switch (next) {
                case ASKING -> {
                    timers.set(Timer.AGAIN, now);
                    timers.set(Timer.END, now.plus(PATIENCE));
                }
                case FOUND -> timers.set(Timer.END, now.plus(GRACE));
                case ENDED -> timers.clear();
            }
        }

        Answer answer() {
            if (owner.isEmpty()) return new Answer.Found(List.copyOf(newest.values()));
            return newest.containsKey(owner.get()) ? new Answer.Done()
                    : new Answer.Failed(Answer.Why.SILENCE, "nobody here says to have " + key);
        }

        @Override public boolean terminated() { return state == State.ENDED; }

        @Override public Instant deadline() { return timers.deadline(); }

        @Override public List<Output> wake(Instant now) {
            var fired = timers.fired(now);
            if (fired.contains(Timer.END)) {
                enter(State.ENDED, now);
                return List.of(Output.END);
            }
            if (fired.isEmpty()) return List.of();
            timers.set(Timer.AGAIN, now.plus(AGAIN));
            return List.of(Output.SAY);
        }

        @Override public List<Output> handle(SignedRecord record, Instant now) {
            if (newest.size() < OWNERS || newest.containsKey(record.owner()))
                newest.merge(record.owner(), record, SignedRecord::newer);
            if (state == State.ASKING) enter(State.FOUND, now);
            return List.of();
        }
    }

    private final Id bind, join;
    private final int limit;
    private final Config config;
    private final RandomGenerator random;
    private final InstantSource wall;
    private final Outbox<Output> out = new Outbox<>();
    private final Map<String, Map<Bytes, SignedRecord>> kept = new LinkedHashMap<>();
    private final Machines<Long, Search> searches = new Machines<>(SEARCHES);
    /// How often each asker was answered in the second that began then.
    private final Map<InetAddress, Integer> answered = new LinkedHashMap<>();
    private Instant second = Instant.MIN;
    private InetSocketAddress socket;
    private State state = State.CLOSED;
    private int records;

    /// @param child  which of the node's lookups it is
    /// @param random chance, from the edge
    /// @param wall   the time of day, by which records expire
    public LanLookup(int child, Config config, RandomGenerator random, InstantSource wall) {
        this(child, config, RECORDS, random, wall);
    }

    LanLookup(int child, Config config, int limit, RandomGenerator random, InstantSource wall) {
        this.limit = limit;
        this.bind = new Id(Id.Part.LOOKUP, child, 0);
        this.join = bind.with(-1);
        this.config = config;
        this.random = random;
        this.wall = wall;
        this.socket = config.bind;
    }

    @Override public SortedMap<String, Integer> sizes() {
        return new TreeMap<>(Map.of("lan.records", records, "lan.searches", searches.size(),
                "lan.answered", answered.size()));
    }

    @Override public boolean terminated() { return state == State.LEFT; }

    @Override public Instant deadline() { return searches.deadline(); }

    private void enter(State next) {
        state = next;
        switch (next) {
            case BOUND -> act(new Effect.JoinGroup(join, config.group));
            case OPEN -> out.add(new Output.Ready());
            case LEFT -> out.add(new Output.Left());
            case CLOSED -> { }
        }
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Start _ -> act(new Effect.Bind(bind, config.bind));
            case Input.Happened(var event) -> happened(event, now);
            case Input.Ask(long id, _) when state != State.OPEN ->
                    fail(id, Answer.Why.NOT_READY, "not on the local network");
            case Input.Ask(long id, Query.Watch _) -> out.add(new Output.Told(id, UNWATCHED));
            case Input.Ask(long id, Query.Put(var record)) -> put(id, record);
            case Input.Ask(long id, Query.Get(var key)) -> {
                var search = new Search(id, key, Optional.empty(), now);
                for (var record : kept(key)) search.newest.put(record.owner(), record);
                search(search, now);
            }
            case Input.Ask(long id, Query.Ping(var record)) -> search(new Search(
                    id, record.key(), Optional.of(record.owner()), now), now);
            case Input.Ask(long id, Query.Reach _) ->
                    fail(id, Answer.Why.NOT_READY, "nobody here knows nodes");
            case Input.Drop _ -> { }
            case Input.Leave _ -> leave();
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        searches.wake(now, search -> search.wake(now), this::said);
        return out.take();
    }

    private void happened(Event event, Instant now) {
        switch (event) {
            case Event.Bound(var id, var local) when id.equals(bind) && state == State.CLOSED -> {
                socket = local;
                enter(State.BOUND);
            }
            case Event.Bound _ when state == State.BOUND -> enter(State.OPEN);
            case Event.NotBound(_, var wanted, var why) ->
                    out.add(new Output.NotReady("local network " + HostName.text(wanted), why));
            case Event.Datagram(_, _, var remote, var bytes) when state == State.OPEN ->
                    received(remote, bytes, now);
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> { }
        }
    }

    private void leave() {
        if (state == State.LEFT) return;
        for (long id : searches.keys()) {
            fail(searches.get(id).orElseThrow().asker, Answer.Why.NOT_READY, "leaving");
            searches.remove(id);
        }
        enter(State.LEFT);
    }

    // What this node has put

    private void put(long id, SignedRecord record) {
        if (records >= limit) expire();
        var old = kept.getOrDefault(record.key(), Map.of()).get(record.owner());
        if (record.expired(wall.instant()))
            fail(id, Answer.Why.REFUSED, "the record has expired");
        else if (old != null && !record.replaces(old) && !record.equals(old))
            fail(id, Answer.Why.REFUSED, "a newer record of this owner is known");
        else if (old == null && records >= limit)
            fail(id, Answer.Why.FULL, "too many records");
        else keep(id, record);
    }

    private void keep(long id, SignedRecord record) {
        var owners = kept.computeIfAbsent(record.key(),
                _ -> new TreeMap<>(Comparator.comparing(Bytes::buffer)));
        if (owners.put(record.owner(), record) == null) records++;
        out.add(new Output.Told(id, new Answer.Done()));
    }

    private List<SignedRecord> kept(String key) {
        return kept.getOrDefault(key, Map.of()).values().stream()
                .filter(record -> !record.expired(wall.instant())).toList();
    }

    private void expire() {
        kept.values().forEach(owners ->
                owners.values().removeIf(record -> record.expired(wall.instant())));
        kept.values().removeIf(Map::isEmpty);
        records = kept.values().stream().mapToInt(Map::size).sum();
    }

    // What others have

    private void search(Search search, Instant now) {
        if (search.key.isEmpty() || search.key.length() > SignedRecord.MAX_KEY) {
            fail(search.asker, Answer.Why.REFUSED, "not a proper lookup key");
            return;
        }
        long question = random.nextLong();
        if (searches.contains(question) || !searches.add(question, search))
            fail(search.asker, Answer.Why.FULL, "too many searches at once");
        else searches.tell(question, asking -> asking.wake(now), this::said);
    }

    private void said(long question, Search search, List<Search.Output> outputs) {
        for (var output : outputs)
            switch (output) {
                case SAY -> act(new Effect.Datagram(
                        socket, config.group, question(question, search.key)));
                case END -> out.add(new Output.Told(search.asker, search.answer()));
            }
    }

    // On the wire

    private void received(InetSocketAddress remote, Bytes datagram, Instant now) {
        try {
            var in = datagram.buffer();
            if (datagram.size() > MAX_BYTES) throw new IllegalArgumentException("too long");
            int kind = in.getInt();
            long id = in.getLong();
            if (kind == ANSWER) answers(remote, id, in, now);
            else if (kind != QUESTION) throw new IllegalArgumentException("no such message");
            else if (!searches.contains(id)) answer(remote, id, text(in), now);
        } catch (BufferUnderflowException e) {
            refused(remote, "cut short");
        } catch (IllegalArgumentException e) {
            refused(remote, e.getMessage());
        }
    }

    private void answer(InetSocketAddress asker, long id, String key, Instant now) {
        var found = kept(key);
        if (found.isEmpty() || !mayAsk(asker.getAddress(), now)) return;
        var bytes = ByteBuffer.allocate(MAX_BYTES).putInt(ANSWER).putLong(id);
        for (var record : found) {
            var text = Bytes.utf8(record.text());
            if (bytes.remaining() < 2 + text.size()) break;
            bytes.putShort((short) text.size()).put(text.buffer());
        }
        act(new Effect.Datagram(socket, asker, Bytes.from(bytes.flip())));
    }

    private boolean mayAsk(InetAddress asker, Instant now) {
        if (!second.plusSeconds(1).isAfter(now)) {
            second = now;
            answered.clear();
        }
        int all = answered.values().stream().mapToInt(Integer::intValue).sum();
        int his = answered.getOrDefault(asker, 0);
        if (all >= ANSWERS || his >= ANSWERS_EACH) return false;
        answered.put(asker, his + 1);
        return true;
    }

    private void answers(InetSocketAddress remote, long id, ByteBuffer in, Instant now) {
        var search = searches.get(id);
        while (search.isPresent() && in.hasRemaining() && search.get().lookedAt++ < LOOKED_AT)
            switch (SignedRecord.verify(text(in), search.get().key, wall.instant())) {
                case SignedRecord.Verdict.Valid(var record) -> searches.tell(
                        id, asking -> asking.handle(record, now), this::said);
                case SignedRecord.Verdict.Refused(var reason, var why) ->
                        refused(remote, reason + ", " + why);
            }
    }

    private static Bytes question(long id, String key) {
        var text = Bytes.utf8(key);
        return Bytes.from(ByteBuffer.allocate(14 + text.size()).putInt(QUESTION).putLong(id)
                .putShort((short) text.size()).put(text.buffer()).flip());
    }

    private static String text(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) throw new BufferUnderflowException();
        var text = Bytes.from(in.slice(in.position(), length)).utf8();
        in.position(in.position() + length);
        return text;
    }

    private void refused(InetSocketAddress from, String why) {
        act(new Effect.Note(new Trace.What.Remark(Trace.Subject.RING,
                "refused from " + HostName.text(from) + ": " + why, "")));
    }

    private void fail(long id, Answer.Why why, String text) {
        out.add(new Output.Told(id, new Answer.Failed(why, text)));
    }

    private void act(Effect effect) { out.add(new Output.Do(effect)); }
}
