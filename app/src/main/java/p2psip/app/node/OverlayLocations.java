package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.trace.Trace;
import p2psip.app.why.*;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.Event.Find;
import p2psip.std.rfc3261.server.LocationService.Found;

/// Where everybody is, as far as others tell: the location service behind a node's proxy.
///
/// ```
///    Bind, Ended   +-----------+    Put    +--------+
///   -------------> | Publisher | --------> |        |
///   <------------- |           | <-------- |        |
///        Kept      +-----------+   Done    | Lookup | <---> other nodes
///    Find          +-----------+    Get    |        |
///   -------------> |   Pins    | --------> |        |
///   <------------- |           | <-------- +--------+
///        Found     +-----------+   Found
/// ```
///
/// What it is told of bindings is on disk already. Once the lookup is ready it says that they are
/// kept when others know of them too, or do not in time: so who was told 200 is found by all. A
/// refresh, or a node that is still alone, does not wait. What else the lookup says, and what is
/// asked of the host, is put into the box of the node.
final class OverlayLocations implements Machine<LocationService.Event, LocationService.Answer> {

    /// Addresses served, and finds under way; beyond it nobody is told, or asked.
    static final int LIMIT = 100_000, FINDS = 1_000;

    /// Destinations that were found last and are remembered, in case that they are silent.
    static final int CALLED = 1_000;

    /// What stores pins, and what asks for the keys of users.
    private static final Id TRUST = new Id(Id.Part.KEYS, 0, 0), USERS = new Id(Id.Part.KEYS, 1, 0);

    private final Identity identity;
    private final Pins pins;
    private final List<ListeningPoint> points;
    private final InstantSource wall;
    private final Lookup lookup;
    private final Outbox<Lookup.Output> said;
    private final Outbox<LocationService.Answer> answers = new Outbox<>();
    private final Machines<Aor, Publisher> publishers = new Machines<>(LIMIT);
    private final Owners<Long, Aor> publishing = new Owners<>();
    private final Map<Long, Find> finding = new LinkedHashMap<>();
    /// Answers that wait until the pin of their address is on disk.
    private final Map<Aor, List<Found>> pinning = new LinkedHashMap<>();
    private final Map<Id, Aor> pinned = new LinkedHashMap<>();
    private final SequencedMap<Destination, SignedRecord> called = new LinkedHashMap<>();
    private final Map<Long, LocationService.Event.Silent> pinging = new LinkedHashMap<>();
    /// Who calls: the ids of those who ask for records.
    private final Map<Long, Long> asking = new LinkedHashMap<>();
    /// What somebody beside the node has asked.
    private final Map<Long, Long> querying = new LinkedHashMap<>();
    private final Outbox<SipLinks.Input> links;
    private boolean ready;
    private long lastId;

    /// @param pins   whom to believe when several keys claim one address
    /// @param points where this node's SIP is
    /// @param said   for the node: all but [Lookup.Output.Told]
    /// @param links  how nodes are reached that were found, and what was asked for callers
    OverlayLocations(Identity identity, Pins pins, Lookup lookup, List<ListeningPoint> points,
            InstantSource wall, Outbox<Lookup.Output> said, Outbox<SipLinks.Input> links) {
        this.links = links;
        this.identity = identity;
        this.pins = pins;
        this.points = points;
        this.wall = wall;
        this.lookup = lookup;
        this.said = said;
    }

    /// Who has an address that is registered here.
    Optional<SipLinks.Owner> owner(Aor aor) {
        return publishers.get(aor).flatMap(Publisher::owner);
    }

    /// Asks for the records of who calls; the answer is an [SipLinks.Input.Looked] with that id.
    List<LocationService.Answer> ask(SipLinks.Output.Ask question, Instant now) {
        asking.put(++lastId, question.id());
        search(lastId, question.query(), now);
        return answers.take();
    }

    /// Somebody asks who is no part of the node: what comes of it is told with his id.
    List<LocationService.Answer> ask(long id, Query query, Instant now) {
        if (querying.size() >= FINDS) act(new Effect.Tell(new Question.Answered(id,
                new Question.Reply.Declined("too many lookups at once"))));
        else {
            querying.put(++lastId, id);
            search(lastId, query, now);
        }
        return answers.take();
    }

    /// How many addresses of record others know as they are registered here.
    int published() {
        return (int) publishers.keys().stream()
                .filter(aor -> publishers.get(aor).orElseThrow().published()).count();
    }

    /// Of whom others do not know, or whose address another key claims too: so many at most.
    List<Fact> troubles() {
        return publishers.keys().stream().map(publishers::get).flatMap(Optional::stream)
                .flatMap(publisher -> publisher.troubles().stream()).limit(TROUBLES).toList();
    }

    private static final int TROUBLES = 20;

    /// The other nodes that this one speaks with.
    List<Neighbour> neighbours(Instant now) { return lookup.neighbours(now); }

    /// How much is remembered of others, by the kind of memory.
    SortedMap<String, Integer> sizes() {
        var sizes = lookup.sizes();
        sizes.put("served", publishers.size());
        sizes.put("asked",
                publishing.size() + finding.size() + pinning.size() + pinging.size()
                        + asking.size() + querying.size());
        return sizes;
    }

    @Override public Instant deadline() {
        var next = lookup.deadline();
        return publishers.deadline().isBefore(next) ? publishers.deadline() : next;
    }

    @Override public List<LocationService.Answer> wake(Instant now) {
        if (!lookup.deadline().isAfter(now)) fromLookup(lookup.wake(now), now);
        publishers.wake(now, publisher -> publisher.wake(now),
                (aor, _, outputs) -> fromPublisher(aor, outputs, now));
        return answers.take();
    }

    @Override public List<LocationService.Answer> handle(
            LocationService.Event event, Instant now) {
        switch (event) {
            case LocationService.Event.Bind(long id, var aor, var bindings) ->
                    changed(aor, bindings, OptionalLong.of(id), now);
            case LocationService.Event.Ended(var aor, var left) ->
                    changed(aor, left, OptionalLong.empty(), now);
            case Find find -> find(find, now);
            case LocationService.Event.Silent silent -> silent(silent, now);
        }
        return answers.take();
    }

    /// To start the lookup, first of all, and to leave.
    List<LocationService.Answer> tell(Lookup.Input input, Instant now) {
        fromLookup(lookup.handle(input, now), now);
        return answers.take();
    }

    /// The host says something to this machine, or to the lookup.
    List<LocationService.Answer> happened(Event event, Instant now) {
        switch (event) {
            case Event.Identified(var id, var key) -> publishing.release(id.number()).ifPresent(
                    aor -> publisher(aor, new Publisher.Input.Identified(key), now));
            case Event.NotIdentified(var id, var why) -> publishing.release(id.number()).ifPresent(
                    aor -> publisher(aor, new Publisher.Input.NotIdentified(why), now));
            case Event.Stored(var id) when pinned.containsKey(id) -> settled(id);
            case Event.NotStored(var id, var why) when pinned.containsKey(id) -> {
                remark("not stored: the key of " + pinned.get(id) + ": " + why);
                settled(id);
            }
            case Event.OfNetwork _, Event.OfDisk _, Event.Heard _, Event.Command _ ->
                    fromLookup(lookup.handle(new Lookup.Input.Happened(event), now), now);
        }
        return answers.take();
    }

    private void fromLookup(List<Lookup.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Lookup.Output.Told(long id, var answer) when finding.containsKey(id) ->
                    found(finding.remove(id), answer);
            case Lookup.Output.Told(long id, var answer) when pinging.containsKey(id) ->
                    pinged(pinging.remove(id), answer);
            case Lookup.Output.Told(long id, var answer) when asking.containsKey(id) ->
                    links.add(new SipLinks.Input.Looked(asking.remove(id), answer));
            case Lookup.Output.Told(long id, var answer) when querying.containsKey(id) ->
                    act(new Effect.Tell(new Question.Answered(
                            querying.remove(id), new Question.Reply.Looked(answer))));
            case Lookup.Output.Told(long id, var answer) -> publishing.release(id).ifPresent(
                    aor -> publisher(aor, new Publisher.Input.Told(answer), now));
            case Lookup.Output.Ready _ -> {
                ready = true;
                said.add(output);
                moved(now);
            }
            case Lookup.Output.Moved _ -> moved(now);
            case Lookup.Output.Do _, Lookup.Output.NotReady _, Lookup.Output.Left _ ->
                    said.add(output);
        }
    }

    private void moved(Instant now) {
        for (var aor : publishers.keys())
            publisher(aor, new Publisher.Input.Moved(contact()), now);
    }

    private void search(long id, Query query, Instant now) {
        fromLookup(lookup.handle(new Lookup.Input.Ask(id, query), now), now);
    }

    // What is registered here

    private void changed(Aor aor, List<Binding> bindings, OptionalLong awaited, Instant now) {
        boolean told = publishers.contains(aor) || !bindings.isEmpty() && publishers.add(aor,
                new Publisher(aor, contact(), wall));
        boolean waits = told && ready;
        if (!waits) awaited.ifPresent(bind -> answers.add(new LocationService.Kept(bind)));
        if (told) publisher(aor, new Publisher.Input.Changed(
                bindings, waits ? awaited : OptionalLong.empty()), now);
    }

    private Contact contact() {
        return new Contact(identity.key(), NodeAddresses.published(points), lookup.address(),
                lookup.relays());
    }

    private void publisher(Aor aor, Publisher.Input input, Instant now) {
        publishers.tell(aor, publisher -> publisher.handle(input, now),
                (_, _, outputs) -> fromPublisher(aor, outputs, now));
    }

    private void fromPublisher(Aor aor, List<Publisher.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Publisher.Output.Identify _ -> {
                publishing.own(++lastId, aor);
                act(new Effect.Identify(USERS.with(lastId), aor.toString()));
            }
            case Publisher.Output.Ask(var query) -> {
                publishing.own(++lastId, aor);
                search(lastId, query, now);
            }
            case Publisher.Output.Remark(var text) -> remark(text);
            case Publisher.Output.Known(long bind, var warnings) ->
                    answers.add(new LocationService.Kept(bind, headers(warnings)));
        }
    }

    // Who is elsewhere

    private void find(Find find, Instant now) {
        if (finding.size() >= FINDS) {
            unknown(find, "too many lookups at once");
            return;
        }
        finding.put(++lastId, find);
        search(lastId, new Query.Get(find.aor().toString()), now);
    }

    private void found(Find find, Answer answer) {
        switch (answer) {
            case Answer.Found(var records) -> found(find, records);
            case Answer.Failed(_, var why) -> unknown(find, why);
            case Answer.Done _ -> unknown(find, "nothing was said");
        }
    }

    private void unknown(Find find, String why) {
        remark(find.aor() + " was not looked up: " + why);
        answers.add(new Found(find.id(), true, List.of()));
    }

    /// Whom this node will believe from now on is on disk before anybody is called because of it:
    /// else a crash between would let another be believed.
    private void found(Find find, List<SignedRecord> records) {
        var aor = find.aor();
        var found = choose(find, records);
        var changes = pins.changes();
        if (!changes.isEmpty()) {
            var id = TRUST.with(++lastId);
            pinned.put(id, aor);
            pinning.put(aor, new ArrayList<>());
            act(new Effect.Store(id, changes));
        }
        var waiting = pinning.get(aor);
        if (waiting == null) answers.add(found);
        else waiting.add(found);
    }

    /// The disk has the pin of an address, or will not have it: who is called is decided all the
    /// same, for a telephone that does not ring because a disk is full helps nobody.
    private void settled(Id id) {
        answers.addAll(pinning.remove(pinned.remove(id)));
    }

    /// One that was there once, of which the tombstone tells or the key that is known, is away.
    private Found choose(Find find, List<SignedRecord> records) {
        long id = find.id();
        var aor = find.aor();
        var living = records.stream().filter(record -> !record.removed()).toList();
        var choice = pins.choose(aor.toString(), living, wall.instant());
        return switch (choice) {
            case Pins.Choice.Nobody _ -> new Found(id,
                    !records.isEmpty() || pins.claims().containsKey(aor.toString()), List.of());
            case Pins.Choice.Refused(var warning) -> {
                disbelieved(find, false, warning);
                yield new Found(id, true, List.of(), warn(List.of(warning)));
            }
            case Pins.Choice.Chosen(var chosen, var warning) -> {
                warning.ifPresent(text -> disbelieved(find, true, text));
                yield new Found(id, true, destinations(aor, chosen), warn(Stream.concat(
                        warning.stream(), clock(chosen.getFirst()).stream()).toList()));
            }
        };
    }

    private void disbelieved(Find find, boolean called, String why) {
        act(new Effect.Tell(new Noted(find.request().first("Call-ID").orElse(""),
                new OfCall.NotBelieved("" + find.aor(), called, why))));
    }

    /// The nodes of these records, one after the other.
    private List<Destination> destinations(Aor aor, List<SignedRecord> records) {
        var uri = Uri.parse(aor.toString());
        var found = new ArrayList<Destination>();
        for (var record : records)
            if (record.value() instanceof Contact contact && !isOurs(contact)) {
                if (contact.overlay().isEmpty()) continue;
                links.add(new SipLinks.Input.Know(contact));
                var targets = List.of(Target.of(Transport.LINK, Orchid.of(contact.node())));
                found.add(new Destination(
                        uri, 1 - found.size() / 1000.0, targets, !found.isEmpty(),
                        contact.addresses().stream().map(at -> Redirecting.note(at.uri()))
                                .toList()));
                called.putLast(found.getLast(), record);
                if (called.size() > CALLED) called.pollFirstEntry();
            }
        return found;
    }

    /// Of phones nothing can be said: their own node waits for them.
    private void silent(LocationService.Event.Silent silent, Instant now) {
        var record = called.get(silent.destination());
        if (record == null || pinging.size() >= FINDS) return;
        pinging.put(++lastId, silent);
        search(lastId, new Query.Ping(record), now);
    }

    private void pinged(LocationService.Event.Silent silent, Answer answer) {
        if (!(answer instanceof Answer.Failed(Answer.Why reason, var why))
                || reason != Answer.Why.SILENCE) return;
        remark(silent.destination().uri() + " is served by a node that is dead: " + why);
        answers.add(new LocationService.Gone(silent.id(), "Their Node Does Not Answer"));
    }

    /// Words for who calls, if the clock of the node that is called is ahead.
    private Optional<String> clock(SignedRecord record) {
        var skew = record.skew(wall.instant());
        return skew.matters() && skew.ahead().isPositive() ? Optional.of(
                record.key() + ": their clock is " + skew) : Optional.empty();
    }

    /// Warnings go to the trace, and as header fields to who has asked.
    private List<Header> warn(List<String> warnings) {
        warnings.forEach(this::remark);
        return headers(warnings);
    }

    private static List<Header> headers(List<String> warnings) {
        return warnings.stream().map(text ->
                new Header("Warning", "399 p2psip " + Params.quoted(text))).toList();
    }

    /// A record of this node's without a registration here is an old one.
    private boolean isOurs(Contact contact) { return contact.node().equals(identity.key()); }

    private void remark(String text) { act(new Effect.Note(new Trace.What.Remark(
            Trace.Subject.SIP, text, ""))); }

    private void act(Effect effect) { said.add(new Lookup.Output.Do(effect)); }
}
