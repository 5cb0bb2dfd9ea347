package p2psip.app.sipd;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.sip.SipPort;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.server.Binding;
import p2psip.std.rfc3261.server.LocationService;
import p2psip.std.rfc3261.server.LocationService.Answer;

/// The memory of a registrar: its bindings in the store of its host, written before a REGISTER is
/// answered, so that phones are reached again after a restart or `kill -9` without their doing.
///
/// A binding is three lines: when it expires (milliseconds of the time of day), CSeq, and of a flow
/// the two addresses; Call-ID; contact. A connection does not outlive its server: of a binding with
/// one the contact is kept, which many phones listen at.
public final class BindingStore {
    /// Keys in the store begin with this; the address of record follows.
    public static final String PREFIX = "registration/";

    /// Ids of this machine's effects: above those of a [SipPort], below those of the overlay.
    private static final long LOAD = 1L << 44, UNAWAITED = LOAD + 1, FIRST = LOAD + 2,
            END = 1L << 45;

    private final InstantSource wall;

    /// @param wall the time of day, which goes on while the server does not
    public BindingStore(InstantSource wall) { this.wall = wall; }

    /// Asks for what was kept: [#restored] reads the answer.
    public Effect load() { return new Effect.Load(LOAD, PREFIX); }

    /// Whether an event is the host's answer to one of these effects.
    public boolean owns(Event event) {
        return switch (event) {
            case Event.Loaded(long id, _) -> id == LOAD;
            case Event.Stored(long id) -> ours(id);
            case Event.NotStored(long id, _) -> ours(id);
            default -> false;
        };
    }

    private static boolean ours(long id) { return id >= LOAD && id < END; }

    /// Keeps what the registrar tells of; nothing where it only asks.
    public Optional<Effect> keep(LocationService.Event event, Instant now) {
        return switch (event) {
            case LocationService.Event.Bind(long id, var aor, var bindings) ->
                    Optional.of(store(FIRST + id, aor, bindings, now));
            case LocationService.Event.Ended(var aor, var left) ->
                    Optional.of(store(UNAWAITED, aor, left, now));
            case LocationService.Event.Find _ -> Optional.empty();
        };
    }

    /// What the host's answer says to the registrar; nothing if nobody awaits it.
    public Optional<Answer> answer(Event event, Instant now) {
        return switch (event) {
            case Event.Loaded(_, var values) -> Optional.of(restored(values, now));
            case Event.Stored(long id) when id >= FIRST ->
                    Optional.of(new LocationService.Kept(id - FIRST));
            case Event.NotStored(long id, _) when id >= FIRST ->
                    Optional.of(new LocationService.NotKept(id - FIRST));
            // a registrar without a memory is better than none
            case Event.NotStored(long id, _) when id == LOAD -> Optional.of(
                    new LocationService.Restored(Collections.emptySortedMap()));
            default -> Optional.empty();
        };
    }

    private Effect store(long id, String aor, List<Binding> bindings, Instant now) {
        var text = bindings.stream().map(b -> write(b, now)).collect(Collectors.joining());
        return new Effect.Store(id, new TreeMap<>(Map.of(PREFIX + aor,
                bindings.isEmpty() ? Optional.empty() : Optional.of(Bytes.utf8(text)))));
    }

    private String write(Binding binding, Instant now) {
        var flow = binding.flow().filter(f -> !f.reliable());
        var expires = wall.instant().plus(Duration.between(now, binding.expires()));
        return expires.toEpochMilli() + " " + binding.cseq() + flow.map(f ->
                        " " + HostName.text(f.local()) + " " + HostName.text(f.remote())).orElse("")
                + "\n" + binding.callId() + "\n" + binding.contact() + "\n";
    }

    private Answer restored(SortedMap<String, Bytes> stored, Instant now) {
        var all = new TreeMap<String, List<Binding>>();
        stored.forEach((key, text) -> all.put(
                key.substring(PREFIX.length()), read(text.utf8().split("\n"), now)));
        return new LocationService.Restored(all);
    }

    private List<Binding> read(String[] lines, Instant now) {
        var bindings = new ArrayList<Binding>();
        for (int i = 0; i + 2 < lines.length; i += 3)
            read(lines[i].split(" "), lines[i + 1], lines[i + 2], now).ifPresent(bindings::add);
        return bindings;
    }

    /// Nothing if it is damaged: the phone will register again.
    private Optional<Binding> read(String[] words, String callId, String contact, Instant now) {
        try {
            var expires = now.plus(Duration.between(wall.instant(),
                    Instant.ofEpochMilli(Long.parseLong(words[0]))));
            return Optional.of(new Binding(Address.parse(contact), callId,
                    Long.parseLong(words[1]), expires, words.length < 4 ? Optional.empty()
                            : Optional.of(Flow.udp(address(words[2]), address(words[3])))));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static InetSocketAddress address(String text) {
        var host = HostName.at(text, 0);
        return new InetSocketAddress(HostName.literal(host.name()).orElseThrow(
                () -> new IllegalArgumentException("no address: " + text)), host.port());
    }
}
