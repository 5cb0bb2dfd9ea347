package p2psip.app.p2psip;

import module java.base;
import p2psip.app.crypto.Contact;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.Peer;
import p2psip.app.crypto.Record;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.host.Host;
import p2psip.app.lookup.DhtLookup;
import p2psip.app.lookup.Lookup;
import p2psip.app.lookup.Pins;
import p2psip.app.p2p.P2p;
import p2psip.app.trace.Trace;
import p2psip.std.Machine;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc3261.Binding;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.ListeningPoint;
import p2psip.std.rfc3261.LocationService.Found;

/// Where everybody is, as far as the overlay knows: the location service behind a node's proxy.
///
/// ```
///    Changed, Find  +-------------+  put, get  +--------+   ask   +-----+
///   --------------> | Whereabouts | ---------> | Lookup | ------> | P2p | <---> other nodes
///   <-------------- |    Pins     | <--------- |        | <------ |     |
///        Found      +-------------+   records  +--------+ answers +-----+
/// ```
final class Directory implements Machine<Directory.Input, Directory.Output> {

    sealed interface Input {
        /// First of all: join the overlay.
        record Join() implements Input {}

        /// The host says something that [#concerns] this machine.
        record Happened(Event event) implements Input {}

        /// The bindings of an address of record here have changed; none: it is gone.
        record Changed(String aor, List<Binding> bindings) implements Input {}

        /// Where is this address of record, not registered here? [Output.Answered] follows.
        record Find(long id, String aor) implements Input {}

        /// Leave the overlay; [Output.Left] follows within two seconds.
        record Leave() implements Input {}
    }

    sealed interface Output {
        record Do(Effect effect) implements Output {}
        record Answered(Found found) implements Output {}

        /// The overlay can be used.
        record Ready(Peer self, boolean superNode) implements Output {}

        /// The overlay's socket could not be opened.
        record NotReady(InetSocketAddress wanted, String why) implements Output {}
        record Left() implements Output {}
    }

    /// The id of the effects that store pins, whose answers nobody awaits.
    private static final long TRUST = 0;

    private final Identity identity;
    private final Pins pins;
    private final List<ListeningPoint> points;
    private final Whereabouts whereabouts;
    private final Lookup lookup;
    private final P2p p2p;
    private List<Output> out = new ArrayList<>();

    /// @param pins   whom to believe when several keys claim one address
    /// @param points where this node's SIP is
    Directory(Identity identity, Pins pins, P2p.Config overlay, List<ListeningPoint> points,
            Host.Room room) {
        this.identity = identity;
        this.pins = pins;
        this.points = points;
        this.whereabouts = new Whereabouts(
                identity.key(), NodeAddresses.published(points), room.wall());
        this.lookup = new DhtLookup(room.random(), room.wall());
        this.p2p = new P2p(identity, overlay, room.random(), room.wall());
    }

    /// Whether an event of the host is for this machine.
    boolean concerns(Event event) {
        return p2p.concerns(event) || event instanceof Event.Identified
                || event instanceof Event.NotIdentified;
    }

    /// How many addresses of record the ring knows as they are registered here.
    int published() { return whereabouts.published(); }

    /// How much is remembered of others, by the kind of memory.
    SortedMap<String, Integer> sizes() {
        var sizes = p2p.sizes();
        sizes.put("lookups", lookup.size());
        sizes.put("served", whereabouts.addresses());
        return sizes;
    }

    @Override public Instant deadline() {
        return Stream.of(whereabouts.deadline(), lookup.deadline(), p2p.deadline())
                .min(Comparator.naturalOrder()).orElseThrow();
    }

    @Override public List<Output> wake(Instant now) {
        if (!lookup.deadline().isAfter(now)) fromLookup(lookup.wake(now), now);
        if (!whereabouts.deadline().isAfter(now)) fromWhereabouts(whereabouts.wake(now), now);
        if (!p2p.deadline().isAfter(now)) fromP2p(p2p.wake(now), now);
        return taken();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Join _ -> tell(new P2p.Input.Start(), now);
            case Input.Happened(Event.Identified(long id, var key)) ->
                    tell(new Whereabouts.Input.Identified(id, key), now);
            case Input.Happened(Event.NotIdentified(long id, var why)) ->
                    tell(new Whereabouts.Input.NotIdentified(id, why), now);
            case Input.Happened(var event) -> tell(new P2p.Input.Happened(event), now);
            case Input.Changed(var aor, var bindings) ->
                    tell(new Whereabouts.Input.Changed(aor, bindings), now);
            case Input.Find(long id, var aor) -> tell(new Whereabouts.Input.Find(id, aor), now);
            case Input.Leave _ -> tell(new P2p.Input.Leave(), now);
        }
        return taken();
    }

    private List<Output> taken() {
        var taken = out;
        out = new ArrayList<>();
        return taken;
    }

    // What one part says to another

    private void tell(Whereabouts.Input input, Instant now) {
        fromWhereabouts(whereabouts.handle(input, now), now);
    }

    private void tell(Lookup.Input input, Instant now) {
        fromLookup(lookup.handle(input, now), now);
    }

    private void tell(P2p.Input input, Instant now) { fromP2p(p2p.handle(input, now), now); }

    private void fromWhereabouts(List<Whereabouts.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Whereabouts.Output.Identify(long id, var aor) -> act(new Effect.Identify(id, aor));
            case Whereabouts.Output.Put(long id, var record) ->
                    tell(new Lookup.Input.Put(id, record), now);
            case Whereabouts.Output.Remove(long id, var tombstone) ->
                    tell(new Lookup.Input.Remove(id, tombstone), now);
            case Whereabouts.Output.Get(long id, var key) ->
                    tell(new Lookup.Input.Get(id, key), now);
            case Whereabouts.Output.Served(long id, var aor, var records) ->
                    out.add(new Output.Answered(choose(id, aor, records)));
            case Whereabouts.Output.Unknown(long id, var aor, var why) -> {
                remark(aor + " was not looked up: " + why);
                out.add(new Output.Answered(new Found(id, true, List.of())));
            }
            case Whereabouts.Output.Remark(var text) -> remark(text);
        }
    }

    private void fromLookup(List<Lookup.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Lookup.Output.Done(long id) -> tell(new Whereabouts.Input.Done(id), now);
            case Lookup.Output.Found(long id, var records) ->
                    tell(new Whereabouts.Input.Found(id, records), now);
            case Lookup.Output.Failed(long id, var why) ->
                    tell(new Whereabouts.Input.Failed(id, why), now);
            case Lookup.Output.Ask(Lookup.Input.Put(long id, var record)) ->
                    tell(new P2p.Input.Put(id, record), now);
            case Lookup.Output.Ask(Lookup.Input.Remove(long id, var tombstone)) ->
                    tell(new P2p.Input.Remove(id, tombstone), now);
            case Lookup.Output.Ask(Lookup.Input.Get(long id, var key)) ->
                    tell(new P2p.Input.Get(id, key), now);
            case Lookup.Output.Ask(Lookup.Input.Told _) -> { }
        }
    }

    private void fromP2p(List<P2p.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case P2p.Output.Do(var effect) -> act(effect);
            case P2p.Output.Ready(var self, boolean superNode) ->
                    out.add(new Output.Ready(self, superNode));
            case P2p.Output.NotReady(var wanted, var why) ->
                    out.add(new Output.NotReady(wanted, why));
            case P2p.Output.Done(long id) -> told(new Lookup.Output.Done(id), now);
            case P2p.Output.Found(long id, var records) ->
                    told(new Lookup.Output.Found(id, records), now);
            case P2p.Output.Failed(long id, var why) ->
                    told(new Lookup.Output.Failed(id, why), now);
            case P2p.Output.Left _ -> out.add(new Output.Left());
        }
    }

    private void told(Lookup.Output answer, Instant now) {
        tell(new Lookup.Input.Told(answer), now);
    }

    // What the records of an address come to

    /// One that was there once, of which the tombstone tells or the key that is known, is away.
    private Found choose(long id, String aor, List<Record> records) {
        var living = records.stream().filter(record -> !record.removed()).toList();
        var choice = pins.choose(aor, living);
        var changes = pins.changes();
        if (!changes.isEmpty()) act(new Effect.Store(TRUST, changes));
        return switch (choice) {
            case Pins.Choice.Nobody _ -> new Found(
                    id, !records.isEmpty() || pins.owner(aor).isPresent(), List.of());
            case Pins.Choice.Strangers(var warning) -> {
                remark(warning);
                yield new Found(id, true, List.of(), List.of(
                        new Header("Warning", "399 p2psip " + Params.quoted(warning))));
            }
            case Pins.Choice.Chosen(var record, _) -> new Found(id, true,
                    record.value() instanceof Contact contact && !isOurs(contact)
                            ? NodeAddresses.destinations(aor, contact, points) : List.of());
        };
    }

    /// A record of this node's without a registration here is an old one.
    private boolean isOurs(Contact contact) { return contact.node().equals(identity.key()); }

    private void remark(String text) { act(new Effect.Note(new Trace.What.Remark(text, ""))); }

    private void act(Effect effect) { out.add(new Output.Do(effect)); }
}
