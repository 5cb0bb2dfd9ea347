package p2psip.std.rfc5627;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.server.LocationService.Found;
import p2psip.std.rfc5626.FlowNote;

/// The proxy of the domain, beside its registrar: what is for a GRUU goes to the contacts of that
/// instance, the last one first.
///
/// @param temporary as the registrar's
/// @param given     whether an instance of an address of record has ever had a public one
/// @spec https://www.rfc-editor.org/rfc/rfc5627#section-6 RFC 5627 §6
public record GruuProxy(Domains home, Optional<TemporaryGruus> temporary,
        BiPredicate<Aor, String> given) implements ProxyExtension {

    /// Those of RFC 3261 and its extensions that go in no dialog, or do not begin one.
    private static final Set<String> NO_DIALOG =
            new HashSet<>(List.of("ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "MESSAGE"));

    @Override public Optional<Refusal> refuses(Request request, Flow flow) {
        //= rfc5627#6.1-1 one of this domain that is none: 404
        if (own(request.uri()).filter(uri -> meant(uri).isEmpty()).isPresent())
            return Optional.of(Refusal.of(404));
        //= rfc5627#6.2-2 whose Contact is the GRUU of somebody else: 403
        return NO_DIALOG.contains(request.method())
                || !(request.from().uri() instanceof SipUri from) || !home.hosts(from)
                ? Optional.empty()
                : request.list("Contact").stream().filter(contact -> !contact.equals("*"))
                        .flatMap(contact -> own(Address.parse(contact).uri().toString()).stream())
                        .filter(uri -> !meant(uri).equals(Optional.of(home.aor(from))))
                        .findFirst().map(_ -> Refusal.of(403, "Not Your Contact"));
    }

    /// A URI, if it is a GRUU of this domain, or would be.
    private Optional<SipUri> own(String uri) {
        return Uri.parse(uri) instanceof SipUri sip && Gruu.has(sip) && home.hosts(sip)
                ? Optional.of(sip) : Optional.empty();
    }

    private Optional<TemporaryGruus.Meaning> hidden(SipUri uri) {
        return temporary.flatMap(all -> all.meaning(uri.user(), home.aor(uri).domain()));
    }

    //= rfc5627#6.1¶2 gr decides about what is found, outside of dialogs and within
    @Override public Optional<Aor> meant(SipUri uri) {
        if (!Gruu.has(uri) || !home.hosts(uri)) return Optional.empty();
        return hidden(uri).map(TemporaryGruus.Meaning::aor).or(() ->
                Gruu.instance(uri).map(_ -> home.aor(uri)));
    }

    @Override public Found found(Request request, Found found) {
        return own(request.uri()).map(uri -> {
            var meaning = hidden(uri);
            var instance = Gruu.instance(uri);
            var all = found.destinations().stream()
                    .filter(to -> isMeant(to, uri, meaning, instance))
                    //= rfc5627#6.1-3 the most recently refreshed is selected
                    .sorted(Comparator.comparingLong(GruuProxy::rank).reversed())
                    .map(to -> alone(to, request.has("Route"))).toList();
            return new Found(found.id(),
                    isValid(meaning, found, all, instance.filter(
                            urn -> given.test(home.aor(uri), urn)).isPresent()), all,
                    found.headers());
        }).orElse(found);
    }

    private static boolean isValid(
            Optional<TemporaryGruus.Meaning> meaning, Found found, List<Destination> all,
            boolean given) {
        //= rfc5627#5.4-4 a temporary one is valid until it was invalidated
        //= rfc5627#5.4-5,6 a public one for the duration that the AOR is valid, then not: 404
        return meaning.isPresent() ? !all.isEmpty()
                //= rfc5627#5.3-2,3 a public one stays valid: 480 where no contact is bound
                //= rfc5627#6.1-2 as there are no registered contacts then
                //= rfc5627#6.1-1 and one that was never made is not valid: 404
                : found.known() && (given || !all.isEmpty());
    }

    private static boolean isMeant(Destination to, SipUri uri,
            Optional<TemporaryGruus.Meaning> meaning, Optional<String> instance) {
        //  another node, which knows its instances
        if (to.uri() instanceof SipUri next && next.params().get(Gruu.PARAMETER)
                .equals(uri.params().get(Gruu.PARAMETER))) return true;
        return Assignment.of(to.notes()).filter(of -> meaning
                .map(hidden -> hidden.epoch() == of.epoch())
                .orElseGet(() -> instance.filter(of::isOf).isPresent())).isPresent();
    }

    private static long rank(Destination to) {
        return Assignment.of(to.notes()).map(Assignment::rank).orElse(0L);
    }

    /// A destination that is one of an instance, of which one is tried at a time.
    private static Destination alone(Destination to, boolean routed) {
        var notes = new ArrayList<>(to.notes());
        //= rfc5627#6.1-7 the path is discarded where the request has a way to go
        if (routed) notes.removeIf(note -> note.is("Path"));
        //= rfc5627#6.1-4 the next one after a 408 or 430, by what RFC 5626 says of flows
        //= rfc5627#6.1-5 and none after any other response
        if (FlowNote.of(notes).isEmpty()) notes.add(new FlowNote("contact-" + rank(to),
                Assignment.of(to.notes()).map(Assignment::instance).orElse("")).header());
        return new Destination(to.uri(), 1, to.hops(), to.spare(), notes);
    }
}
