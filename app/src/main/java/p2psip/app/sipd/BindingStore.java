package p2psip.app.sipd;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.Answer;
import p2psip.std.rfc3261.server.LocationService.Restored;

/// The memory of a registrar: its bindings in the store of its host, written before a REGISTER is
/// answered, so that phones are reached again after a restart or `kill -9` without their doing.
///
/// A binding is three lines: when it expires (milliseconds of the time of day), CSeq, and of a flow
/// the two addresses; Call-ID; contact. The notes of extensions follow, each behind a space. A
/// connection does not outlive its server: of a binding with one the contact is kept, which many
/// phones listen at. Where nobody can, because it is a page in a browser, or because the phone has
/// said that this very connection is the way (RFC 5626), nothing is kept: it will come back.
public final class BindingStore {
    /// Keys in the store begin with this; the address of record follows.
    public static final String PREFIX = "registration/";

    private static final String NOTE = " ";

    /// What is stored bears the number of the [LocationService.Event.Bind] that awaits it, if one
    /// does.
    private static final Id AWAITED = new Id(Id.Part.STORE, 0, 0),
            UNAWAITED = new Id(Id.Part.STORE, 1, 0);

    private final InstantSource wall;

    /// @param wall the time of day, which goes on while the server does not
    public BindingStore(InstantSource wall) { this.wall = wall; }

    /// What a registrar begins with where nothing was kept: one without a memory is better than
    /// none.
    public static final Restored NOTHING = new Restored(Collections.emptySortedMap());

    /// Asks for what was kept: [#restored] reads the answer.
    public static Effect load(Id id) { return new Effect.Load(id, PREFIX); }

    /// Says that nothing is known of what was kept.
    public static Effect lost(String why) {
        return new Effect.Tell(new Host.Notice("who was registered here is not known: " + why));
    }

    /// Keeps what the registrar tells of; nothing where it only asks.
    public Optional<Effect> keep(LocationService.Event event, Instant now) {
        return switch (event) {
            case LocationService.Event.Bind(long id, var aor, var bindings) ->
                    Optional.of(store(AWAITED.with(id), aor, bindings, now));
            case LocationService.Event.Ended(var aor, var left) ->
                    Optional.of(store(UNAWAITED, aor, left, now));
            case LocationService.Event.Find _, LocationService.Event.Silent _ -> Optional.empty();
        };
    }

    /// What the host's answer says to the registrar; nothing if nobody awaits it.
    public Optional<Answer> answer(Event event) {
        if (event.id().child() != AWAITED.child()) return Optional.empty();
        return switch (event) {
            case Event.Stored(var id) -> Optional.of(new LocationService.Kept(id.number()));
            case Event.NotStored(var id, _) ->
                    Optional.of(new LocationService.NotKept(id.number()));
            case Event.Loaded _, Event.OfNetwork _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> Optional.empty();
        };
    }

    private Effect store(Id id, Aor aor, List<Binding> bindings, Instant now) {
        bindings = bindings.stream().filter(BindingStore::outlives).toList();
        var text = bindings.stream().map(b -> write(b, now)).collect(Collectors.joining());
        return new Effect.Store(id, new TreeMap<>(Map.of(PREFIX + aor,
                bindings.isEmpty() ? Optional.empty() : Optional.of(Bytes.utf8(text)))));
    }

    /// Whether who is bound can be reached by a server that has no connection to him.
    private static boolean outlives(Binding binding) {
        return binding.flow().filter(Flow::reliable).isEmpty()
                //= rfc5626#7-6 a flow that has ended is no way to anybody
                || !binding.contact().params().has("reg-id")
                && !binding.flow().get().transport().framed();
    }

    private String write(Binding binding, Instant now) {
        var flow = binding.flow().filter(f -> !f.reliable());
        var expires = wall.instant().plus(Duration.between(now, binding.expires()));
        return expires.toEpochMilli() + " " + binding.cseq() + flow.map(f ->
                        " " + HostName.text(f.local()) + " " + HostName.text(f.remote())).orElse("")
                + "\n" + binding.callId() + "\n" + binding.contact() + "\n"
                + binding.notes().stream().map(note -> NOTE + note.toString() + "\n")
                .collect(Collectors.joining());
    }

    /// What was kept, as the host's answer has it.
    public Restored restored(SortedMap<String, Bytes> stored, Instant now) {
        var all = new TreeMap<Aor, List<Binding>>();
        stored.forEach((key, text) -> Aor.parse(key.substring(PREFIX.length())).ifPresent(
                aor -> all.put(aor, read(text.utf8().split("\n"), now))));
        return new Restored(all);
    }

    private List<Binding> read(String[] lines, Instant now) {
        var bindings = new ArrayList<Binding>();
        for (int i = 0; i + 2 < lines.length;) {
            int end = i + 3;
            while (end < lines.length && lines[end].startsWith(NOTE)) end++;
            read(lines[i].split(" "), lines[i + 1], lines[i + 2],
                    List.of(lines).subList(i + 3, end), now).ifPresent(bindings::add);
            i = end;
        }
        return bindings;
    }

    /// Nothing if it is damaged: the phone will register again.
    private Optional<Binding> read(String[] words, String callId, String contact,
            List<String> notes, Instant now) {
        try {
            var expires = now.plus(Duration.between(wall.instant(),
                    Instant.ofEpochMilli(Long.parseLong(words[0]))));
            return Optional.of(new Binding(Address.parse(contact), callId,
                    Long.parseLong(words[1]), expires, words.length < 4 ? Optional.empty()
                            : Optional.of(Flow.udp(address(words[2]), address(words[3]))),
                    notes.stream().map(BindingStore::note).toList()));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Header note(String line) {
        int colon = line.indexOf(':');
        return new Header(line.substring(NOTE.length(), colon), line.substring(colon + 1).strip());
    }

    private static InetSocketAddress address(String text) {
        var host = HostName.at(text, 0);
        return new InetSocketAddress(HostName.literal(host.name()).orElseThrow(
                () -> new IllegalArgumentException("no address: " + text)),
                host.port().orElse(0));
    }
}
