package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.Contact;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.SignedRecord;
import p2psip.std.Bytes;
import p2psip.std.Machine;
import p2psip.std.rfc3261.server.Binding;
import p2psip.std.rfc3261.server.Registrar;

/// The location service of a node, on the ring: what its own phones register becomes signed records
/// there, and whoever is not here is looked up there.
///
/// An address of record gets a key of its own when it is registered here for the first time. Its
/// record says which node serves it, never where the phone is, and lives as long as the
/// registration. A record that could not be put is put again until the registration ends.
final class Publisher implements Machine<Publisher.Input, Publisher.Output> {

    sealed interface Input {
        /// The bindings of an address have changed; none: it is gone.
        record Changed(String aor, List<Binding> bindings) implements Input {}

        /// Who serves this address? Answered by [Output.Served] with the same id.
        record Find(long id, String aor) implements Input {}

        record Identified(long id, Identity identity) implements Input {}
        record NotIdentified(long id, String why) implements Input {}

        /// The overlay's answers.
        record Done(long id) implements Input {}
        record Found(long id, List<SignedRecord> records) implements Input {}
        record Failed(long id, String why) implements Input {}
    }

    sealed interface Output {
        /// A key is needed; answered with the same id.
        record Identify(long id, String aor) implements Output {}
        record Put(long id, SignedRecord record) implements Output {}
        record Remove(long id, SignedRecord tombstone) implements Output {}
        record Get(long id, String key) implements Output {}

        /// All valid records of an address; none if nobody has registered it anywhere.
        record Served(long id, String aor, List<SignedRecord> records) implements Output {}

        /// The ring has not answered.
        record Unknown(long id, String aor, String why) implements Output {}
        record Remark(String text) implements Output {}
    }

    /// Addresses served, and lookups under way; beyond it the ring is not asked.
    static final int LIMIT = 100_000, LOOKUPS = 1_000;

    /// How long to wait before a record is put again that could not be put: doubled up to the last.
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1), LAST_RETRY =
            Duration.ofSeconds(60);

    /// How long a tombstone keeps older records away: as long as a registration can live.
    private static final Duration TOMBSTONE = Registrar.Limits.USUAL.longest();

    /// One address of record that is, or was just now, registered here.
    private static final class Address {
        final String aor;
        Optional<Identity> identity = Optional.empty();
        Instant until = Instant.MIN;
        boolean gone;
        boolean waiting;
        boolean again;
        boolean published;
        Instant due = Instant.MAX;
        Duration retry = FIRST_RETRY;
        long sequence;

        Address(String aor) { this.aor = aor; }
    }

    private final Bytes node;
    private final List<Contact.Address> reached;
    private final InstantSource wall;
    private final Map<String, Address> addresses = new LinkedHashMap<>();
    /// Those to be put again, the earliest first.
    private final NavigableSet<Address> retrying = new TreeSet<>(
            Comparator.comparing((Address a) -> a.due).thenComparing(a -> a.aor));
    private final Map<Long, Address> asked = new LinkedHashMap<>();
    private final Map<Long, Input.Find> lookups = new LinkedHashMap<>();
    private long lastId;

    /// @param node    the node's public key
    /// @param reached where the node's SIP is reached by others
    Publisher(Bytes node, List<Contact.Address> reached, InstantSource wall) {
        this.node = node;
        this.reached = reached;
        this.wall = wall;
    }

    /// How many addresses are served here.
    int addresses() { return addresses.size(); }

    /// How many of them the ring knows as they are now.
    int published() {
        return (int) addresses.values().stream().filter(a -> a.published && !a.waiting).count();
    }

    @Override public Instant deadline() {
        return retrying.isEmpty() ? Instant.MAX : retrying.getFirst().due;
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        while (!deadline().isAfter(now)) out.addAll(publish(retrying.getFirst(), now));
        return out;
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Changed(var aor, var bindings) -> changed(aor, bindings, now);
            case Input.Find find -> find(find);
            case Input.Identified(long id, var identity) -> {
                var a = asked.remove(id);
                a.identity = Optional.of(identity);
                a.waiting = false;
                yield publish(a, now);
            }
            case Input.NotIdentified(long id, var why) -> later(asked.remove(id), why, now);
            case Input.Done(long id) -> done(asked.remove(id), now);
            case Input.Failed(long id, var why) when lookups.containsKey(id) -> {
                var find = lookups.remove(id);
                yield List.of(new Output.Unknown(find.id, find.aor, why));
            }
            case Input.Failed(long id, var why) -> later(asked.remove(id), why, now);
            case Input.Found(long id, var records) -> {
                var find = lookups.remove(id);
                yield List.of(new Output.Served(find.id, find.aor, records));
            }
        };
    }

    // Publishing

    private List<Output> changed(String aor, List<Binding> bindings, Instant now) {
        if (!addresses.containsKey(aor) && (bindings.isEmpty() || addresses.size() >= LIMIT))
            return List.of();
        var a = addresses.computeIfAbsent(aor, Address::new);
        a.gone = bindings.isEmpty();
        a.published = false;
        a.until = bindings.stream().map(Binding::expires).max(Comparator.naturalOrder())
                .orElse(now);
        a.retry = FIRST_RETRY;
        a.again = a.waiting;
        return a.waiting ? List.of() : publish(a, now);
    }

    /// Puts the record, or the tombstone, as things stand now.
    private List<Output> publish(Address a, Instant now) {
        retrying.remove(a);
        if (!a.gone && !a.until.isAfter(now)) return forget(a);
        a.waiting = true;
        a.again = false;
        long id = ++lastId;
        asked.put(id, a);
        if (a.identity.isEmpty()) return List.of(new Output.Identify(id, a.aor));
        a.sequence = Math.max(a.sequence + 1, wall.instant().toEpochMilli());
        return a.gone
                ? List.of(new Output.Remove(id, sign(a, new SignedRecord.Removed(), TOMBSTONE)))
                : List.of(new Output.Put(id,
                        sign(a, new Contact(node, reached), lifetime(a, now))));
    }

    /// As long as the registration, rounded up to the whole seconds that records count.
    private static Duration lifetime(Address a, Instant now) {
        var left = Duration.between(now, a.until).plusSeconds(1);
        return left.compareTo(SignedRecord.MAX_LIFETIME) > 0 ? SignedRecord.MAX_LIFETIME : left;
    }

    private SignedRecord sign(Address a, SignedRecord.Value value, Duration lifetime) {
        return SignedRecord.sign(a.identity.orElseThrow(), a.aor, value, a.sequence, wall.instant(),
                lifetime);
    }

    private List<Output> done(Address a, Instant now) {
        a.waiting = false;
        a.published = true;
        a.retry = FIRST_RETRY;
        return a.again ? publish(a, now) : a.gone ? forget(a) : List.of();
    }

    private List<Output> later(Address a, String why, Instant now) {
        a.waiting = false;
        if (a.gone) return forget(a);
        a.due = now.plus(a.retry);
        retrying.add(a);
        a.retry = a.retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY
                : a.retry.multipliedBy(2);
        return List.of(new Output.Remark("the record of " + a.aor + " could not be put: " + why));
    }

    private List<Output> forget(Address a) {
        addresses.remove(a.aor);
        retrying.remove(a);
        return List.of();
    }

    // Looking up

    private List<Output> find(Input.Find find) {
        if (lookups.size() >= LOOKUPS)
            return List.of(new Output.Unknown(find.id, find.aor, "too many lookups at once"));
        long id = ++lastId;
        lookups.put(id, find);
        return List.of(new Output.Get(id, find.aor));
    }
}
