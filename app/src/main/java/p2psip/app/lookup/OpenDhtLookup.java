package p2psip.app.lookup;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;

/// Records kept by OpenDHT, the hash table that Savoir-faire Linux has built for the whole world:
/// one of its nodes is asked by HTTP (`dhtnode --proxyserver`) to put and get them for us.
///
/// ```
/// Put    POST /key/HASH {"data": the record, "id": ..., "utype": "p2psip"}   the value again, 502
/// Get    GET  /key/HASH                                       a value in each line, as it was put
/// Watch  GET  /key/HASH/listen               the same, and each that is put from then on
/// ```
/// The hash is SHA-1 of the lookup key in 40 digits, as OpenDHT makes one of a word. A record is
/// its text ([SignedRecord#text]) in Base64; its value bears an id that is made of it, so that one
/// that is put again is the same. Whoever likes puts values under any hash: one that is no record,
/// or not signed, timely and of the key that was asked for, is dropped with a remark, and of one
/// owner the newest counts. They are forgotten there after ten minutes, so who asks is to be
/// [Sharing].
///
/// A node of theirs that knows no other says 502: then a record is stored nowhere. While the node
/// does not answer it is asked now and then whether it is there again.
///
/// Left out: nothing hides from there who asks for whom; and who fills a hash with values that are
/// nearly records ([#LOOKED_AT]) can hide what is behind them.
public final class OpenDhtLookup implements Lookup {
    /// Whom a node asks that was told of no other: one of this machine.
    public static final URI HERE = URI.create("http://127.0.0.1:8080");

    /// How long one request may take; how long it rests that has not been answered; and how long
    /// is listened before it is asked once more, for a dead connection says nothing.
    public static final Duration PATIENCE = Duration.ofSeconds(8), REST = Duration.ofSeconds(10),
            LISTENING = Duration.ofMinutes(10);

    /// Queries, and watches, at once; one more fails.
    static final int QUERIES = 40, WATCHES = 16;

    /// Owners of one key that are heard, and records looked at for one answer, right or wrong.
    static final int OWNERS = 16, LOOKED_AT = 64;

    /// Records that are known to have been put; of those before them an older one may be put.
    static final int KNOWN = 10_000;

    private static final String TYPE = "p2psip";

    private enum State { CLOSED, OPEN, AWAY, LEFT }

    private enum Timer { AWAY }

    /// A question under way, or a watch: what is known of its key.
    private static final class Search {
        enum Stage { ASKING, LISTENING, RESTING }

        final long asker;
        final Query query;
        final Map<Bytes, SignedRecord> newest = new LinkedHashMap<>();
        int lookedAt;
        boolean told;
        Stage stage = Stage.ASKING;
        long request;
        Instant due = Instant.MAX;

        Search(long asker, Query query) {
            this.asker = asker;
            this.query = query;
        }

        Answer found() { return new Answer.Found(List.copyOf(newest.values())); }
    }

    /// Whose record of which key.
    private record Name(String key, Bytes owner) {}

    private final Id id;
    private final String proxy;
    private final InstantSource wall;
    private final Outbox<Output> out = new Outbox<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Map<Long, Search> queries = new LinkedHashMap<>();    // by request
    private final Map<Long, Search> watches = new LinkedHashMap<>();    // by asker
    private final SequencedMap<Name, SignedRecord> put = new LinkedHashMap<>();
    private State state = State.CLOSED;
    private long requests;

    /// @param child which of the node's lookups it is
    /// @param proxy the node of OpenDHT that is asked: `http://127.0.0.1:8080`
    /// @param wall  the time of day, by which records expire
    public OpenDhtLookup(int child, URI proxy, InstantSource wall) {
        this.id = new Id(Id.Part.LOOKUP, child, 0);
        this.proxy = proxy.toString().replaceFirst("/+$", "");
        this.wall = wall;
    }

    @Override public SortedMap<String, Integer> sizes() {
        return new TreeMap<>(Map.of("opendht.queries", queries.size(),
                "opendht.watches", watches.size(), "opendht.put", put.size()));
    }

    @Override public boolean terminated() { return state == State.LEFT; }

    @Override public Instant deadline() {
        return watches.values().stream().map(watch -> watch.due)
                .reduce(timers.deadline(), (a, b) -> a.isBefore(b) ? a : b);
    }

    private void enter(State next, Instant now) {
        state = next;
        timers.clear();
        switch (next) {
            case OPEN -> out.add(new Output.Ready());
            case AWAY -> timers.set(Timer.AWAY, now.plus(REST));
            case LEFT -> out.add(new Output.Left());
            case CLOSED -> { }
        }
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Start _ -> enter(State.OPEN, now);
            case Input.Ask(long asker, _) when state == State.CLOSED || state == State.LEFT ->
                    fail(asker, Answer.Why.NOT_READY, "not asking OpenDHT");
            case Input.Ask(long asker, Query.Put(var record)) -> put(asker, record);
            case Input.Ask(long asker, Query.Get(var key)) ->
                    ask(new Search(asker, new Query.Get(key)), "GET", key, "");
            case Input.Ask(long asker, Query.Watch(var key)) -> watch(asker, key, now);
            case Input.Ask(long asker, Query _) -> fail(asker, Answer.Why.NOT_READY,
                    "OpenDHT does not know which nodes are there");
            case Input.Drop(long asker) -> {
                var watch = watches.remove(asker);
                if (watch != null) act(new Effect.Abandon(id.with(watch.request)));
            }
            case Input.Happened(Event.OfWeb reply) -> {
                if (state != State.LEFT) happened(reply, now);
            }
            case Input.Happened _ -> { }
            case Input.Leave _ -> leave(now);
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        if (!timers.fired(now).isEmpty()) request("GET", "", Bytes.EMPTY, false);
        for (var watch : watches.values()) if (!watch.due.isAfter(now)) {
            act(new Effect.Abandon(id.with(watch.request)));
            enter(watch, Search.Stage.ASKING, now);
        }
        return out.take();
    }

    private void leave(Instant now) {
        if (state == State.LEFT) return;
        for (var each : List.of(queries, watches)) each.values().forEach(search -> {
            fail(search.asker, Answer.Why.NOT_READY, "leaving");
            act(new Effect.Abandon(id.with(search.request)));
        });
        queries.clear();
        watches.clear();
        enter(State.LEFT, now);
    }

    // What is asked

    private void put(long asker, SignedRecord record) {
        var name = new Name(record.key(), record.owner());
        var old = put.get(name);
        if (record.expired(wall.instant()))
            fail(asker, Answer.Why.REFUSED, "the record has expired");
        else if (old != null && old.replaces(record))
            fail(asker, Answer.Why.REFUSED, "a newer record of this owner is known");
        else {
            put.putLast(name, record);
            if (put.size() > KNOWN) put.pollFirstEntry();
            ask(new Search(asker, new Query.Put(record)), "POST", record.key(), value(record));
        }
    }

    private static String value(SignedRecord record) {
        var text = Bytes.utf8(record.text());
        var value = new JsonObject();
        value.addProperty("data", Base64.getEncoder().encodeToString(text.toArray()));
        value.addProperty("id", Long.toUnsignedString(number(text)));
        value.addProperty("utype", TYPE);
        return value.toString();
    }

    private void ask(Search search, String method, String key, String body) {
        if (isImproper(search.asker, key)) return;
        if (queries.size() >= QUERIES) {
            fail(search.asker, Answer.Why.FULL, "too many queries at once");
            return;
        }
        search.request = request(method, path(key), Bytes.utf8(body), false);
        queries.put(search.request, search);
    }

    private void watch(long asker, String key, Instant now) {
        if (isImproper(asker, key)) return;
        if (watches.size() >= WATCHES) {
            fail(asker, Answer.Why.FULL, "too many keys are watched");
            return;
        }
        var watch = new Search(asker, new Query.Watch(key));
        watches.put(asker, watch);
        enter(watch, Search.Stage.ASKING, now);
    }

    /// What is there already is asked for first: who listens is not told when he has heard it all.
    private void enter(Search watch, Search.Stage next, Instant now) {
        var path = path(((Query.Watch) watch.query).key());
        watch.stage = next;
        watch.lookedAt = 0;
        watch.due = Instant.MAX;
        switch (next) {
            case ASKING -> watch.request = request("GET", path, Bytes.EMPTY, false);
            case LISTENING -> {
                watch.request = request("GET", path + "/listen", Bytes.EMPTY, true);
                watch.due = now.plus(LISTENING);
            }
            case RESTING -> watch.due = now.plus(REST);
        }
    }

    private boolean isImproper(long asker, String key) {
        boolean improper = key.isEmpty() || key.length() > SignedRecord.MAX_KEY;
        if (improper) fail(asker, Answer.Why.REFUSED, "not a proper lookup key");
        return improper;
    }

    private static String path(String key) {
        return "/key/" + HexFormat.of().formatHex(digest("SHA-1", Bytes.utf8(key)));
    }

    private static long number(Bytes text) {
        return ByteBuffer.wrap(digest("SHA-256", text)).getLong() | 1;   // 0 is none there
    }

    private static byte[] digest(String algorithm, Bytes bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes.toArray());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);   // every JDK has it
        }
    }

    private long request(String method, String path, Bytes body, boolean lines) {
        act(new Effect.Http(id.with(++requests), method, URI.create(proxy + path), body, PATIENCE,
                lines));
        return requests;
    }

    // What is replied

    private void happened(Event.OfWeb reply, Instant now) {
        long number = reply.id().number();
        var query = Optional.ofNullable(queries.remove(number));
        var watch = watches.values().stream().filter(each -> each.request == number).findFirst();
        if (state == State.AWAY && !(reply instanceof Event.NoReply)) enter(State.OPEN, now);
        switch (reply) {
            case Event.Replied(_, int status, var body) -> {
                query.ifPresent(search -> replied(search, status, body));
                watch.ifPresent(search -> heard(search, status, body, now));
            }
            case Event.ReplyLine(_, var line) -> watch.ifPresent(search -> {
                if (look(search, line)) tell(search);
            });
            case Event.NoReply(_, var why) -> {
                enter(State.AWAY, now);
                query.ifPresent(search -> fail(search.asker, Answer.Why.SILENCE,
                        proxy + " does not answer: " + why));
                watch.ifPresent(search -> enter(search, Search.Stage.RESTING, now));
            }
        }
    }

    private void replied(Search search, int status, Bytes body) {
        if (status != 200) fail(search, status);
        else if (search.query instanceof Query.Put)
            out.add(new Output.Told(search.asker, new Answer.Done()));
        else {
            lines(body).forEach(line -> look(search, line));
            out.add(new Output.Told(search.asker, search.found()));
        }
    }

    private void fail(Search search, int status) {
        boolean alone = status == 502 && search.query instanceof Query.Put;
        fail(search.asker, alone ? Answer.Why.NOT_READY : status / 100 == 4
                ? Answer.Why.REFUSED : Answer.Why.SILENCE, alone ? proxy
                + " knows no other node of OpenDHT: stored nowhere" : proxy + " says " + status);
    }

    private void heard(Search watch, int status, Bytes body, Instant now) {
        boolean asking = watch.stage == Search.Stage.ASKING && status == 200;
        boolean changed = false;
        if (asking) for (var line : lines(body)) changed |= look(watch, line);
        if (changed || asking && !watch.told) tell(watch);
        enter(watch, asking ? Search.Stage.LISTENING : Search.Stage.RESTING, now);
    }

    private void tell(Search watch) {
        watch.told = true;
        out.add(new Output.Told(watch.asker, watch.found()));
    }

    private static List<Bytes> lines(Bytes body) {
        return body.utf8().lines().filter(line -> !line.isBlank()).map(Bytes::utf8).toList();
    }

    /// Whether a value is a record that says more than what is known.
    private boolean look(Search search, Bytes line) {
        try {
            var value = Json.object(line.utf8());
            if (value.has("expired") || !value.has("data") || !value.has("utype")
                    || !Json.string(value, "utype").equals(TYPE)) return false;
            if (search.lookedAt++ >= LOOKED_AT) return false;
            var text = Bytes.wrap(Base64.getDecoder().decode(Json.string(value, "data"))).utf8();
            var key = search.query instanceof Query.Get(var asked) ? asked
                    : ((Query.Watch) search.query).key();
            return switch (SignedRecord.verify(text, key, wall.instant())) {
                case SignedRecord.Verdict.Valid(var record) -> isNews(search, record);
                case SignedRecord.Verdict.Refused(var reason, var why) ->
                        refused(reason + ", " + why);
            };
        } catch (IllegalArgumentException e) {
            return refused(e.getMessage());
        }
    }

    private static boolean isNews(Search search, SignedRecord record) {
        var old = search.newest.get(record.owner());
        boolean news = old == null ? search.newest.size() < OWNERS : record.replaces(old);
        if (news) search.newest.put(record.owner(), record);
        return news;
    }

    private boolean refused(String why) {
        act(new Effect.Note(new Trace.What.Remark(Trace.Subject.RING,
                "refused from " + proxy + ": " + why, "")));
        return false;
    }

    private void fail(long asker, Answer.Why why, String text) {
        out.add(new Output.Told(asker, new Answer.Failed(why, text)));
    }

    private void act(Effect effect) { out.add(new Output.Do(effect)); }
}
