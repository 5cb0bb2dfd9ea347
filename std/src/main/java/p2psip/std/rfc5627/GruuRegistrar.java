package p2psip.std.rfc5627;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;

/// A registrar that gives each instance of a user agent a URI of its own: one that shows whose it
/// is and stays, and with each REGISTER one more that hides it and ends with the registration.
///
/// @param temporary makes the latter; none where who looks users up could not read them
/// @spec https://www.rfc-editor.org/rfc/rfc5627#section-5 RFC 5627 §5
public record GruuRegistrar(Domains home, Optional<TemporaryGruus> temporary,
        RandomGenerator random) implements RegistrarExtension {

    //= rfc5627#5.1¶1 a REGISTER may require it
    @Override public List<String> options() { return List.of(Gruu.OPTION); }

    @Override public Optional<Refusal> refuses(Request register, Flow flow) {
        if (!(register.to().uri() instanceof SipUri to)) return Optional.empty();
        //= rfc5627#5.4-3 no address of record is equivalent to a temporary GRUU
        if (meaning(to).isPresent()) return Optional.of(Refusal.of(404));
        return contacts(register).stream().anyMatch(contact -> lasts(register, contact)
                        && Assignment.instance(contact).isPresent() && isAstray(contact, to))
                ? Optional.of(Refusal.of(403, "Contact Leads Nowhere")) : Optional.empty();
    }

    /// Whether a contact is none, or leads back here.
    private boolean isAstray(Address contact, SipUri aor) {
        //= rfc5627#5.1-3 one that is no SIP URI is rejected with a 403
        if (!(contact.uri() instanceof SipUri uri)) return true;
        //= rfc5627#5.1-1 and one that is equivalent to the address of record
        //= rfc5627#5.1-2 or a GRUU for it
        return uri.matches(aor) || Gruu.has(uri) && home.hosts(uri) && meaning(uri)
                .map(TemporaryGruus.Meaning::aor).orElseGet(() -> home.aor(uri))
                .equals(home.aor(aor));
    }

    private Optional<TemporaryGruus.Meaning> meaning(SipUri uri) {
        return temporary.filter(_ -> home.hosts(uri))
                .flatMap(all -> all.meaning(uri.user(), home.aor(uri).domain()));
    }

    @Override public List<Binding> bound(
            Request register, List<Binding> before, List<Binding> after) {
        var all = new ArrayList<>(after);
        for (int i = 0; i < all.size(); i++)
            if (!before.contains(all.get(i))) {
                var binding = unsuggested(all.get(i));
                var instance = Assignment.instance(binding.contact());
                all.set(i, instance.isEmpty() ? binding
                        : assigned(instance.get(), before, all, binding).on(binding));
            }
        return all.stream().map(binding -> sameEpoch(binding, all)).toList();
    }

    /// Without what a user agent cannot say.
    private static Binding unsuggested(Binding binding) {
        var contact = binding.contact();
        //= rfc5627#5.1-6,12 pub-gruu and temp-gruu of the contact are ignored
        return new Binding(contact.withParams(contact.params().without(Gruu.PUBLIC)
                .without(Gruu.TEMPORARY)), binding.callId(), binding.cseq(), binding.expires(),
                binding.flow(), binding.notes());
    }

    private Assignment assigned(
            String instance, List<Binding> before, List<Binding> all, Binding binding) {
        long rank = Stream.concat(before.stream(), all.stream())
                .flatMap(b -> Assignment.of(b.notes()).stream())
                .mapToLong(Assignment::rank).max().orElse(0);
        var flow = binding.contact().params().get("reg-id");
        //= rfc5627#5.1¶5 the most recently registered of the instance, and of the reg-id if any
        var previous = newest(before.stream().filter(b -> flow.isEmpty()
                || b.contact().params().get("reg-id").equals(flow)).toList(), instance);
        boolean anew = previous.filter(b -> !b.callId().equals(binding.callId())).isPresent();
        var current = newest(before, instance).flatMap(b -> Assignment.of(b.notes()));
        //= rfc5627#5.1-8 with a rank of its own, which makes a new temporary GRUU
        return new Assignment(instance,
                //= rfc5627#5.1-7 another Call-ID than before: all that there were are invalid
                //= rfc5627#5.3-1 and so they are where the instance has had no contact any more
                anew || current.isEmpty() ? random.nextLong() : current.get().epoch(), rank + 1);
    }

    /// The epoch of an instance is that of its newest binding, also when that ends first.
    private static Binding sameEpoch(Binding binding, List<Binding> all) {
        return Assignment.of(binding.notes()).map(own -> {
            long epoch = newest(all, own.instance()).flatMap(b -> Assignment.of(b.notes()))
                    .orElse(own).epoch();
            return epoch == own.epoch() ? binding
                    : new Assignment(own.instance(), epoch, own.rank()).on(binding);
        }).orElse(binding);
    }

    private static Optional<Binding> newest(List<Binding> bindings, String instance) {
        return bindings.stream().filter(b -> Assignment.of(b.notes())
                        .filter(to -> to.isOf(instance)).isPresent())
                .max(Comparator.comparingLong(
                        b -> Assignment.of(b.notes()).orElseThrow().rank()));
    }

    @Override public Response accepted(Response ok, Request register, List<Binding> bindings) {
        if (!register.lists("Supported", Gruu.OPTION)
                || !(register.to().uri() instanceof SipUri aor)) return ok;
        var each = bindings.iterator();
        //= rfc5627#5.2-4 neither Require nor Supported of the response names gruu
        return ok.change(headers -> headers.replaceAll(header -> header.is("Contact")
                ? new Header("Contact", told(header.value(), each.next(), aor)) : header));
    }

    private String told(String contact, Binding binding, SipUri aor) {
        var address = Address.parse(contact);
        return Assignment.of(binding.notes()).map(to -> {
            //= rfc5630#5.2.1-2,3 a SIPS contact has the SIPS version of both, a SIP contact the SIP
            var scheme = binding.contact().uri() instanceof SipUri uri ? uri.scheme() : "sip";
            var plain = new SipUri(scheme, aor.user(), "", aor.host(), aor.port(), Params.NONE,
                    Params.NONE);
            //= rfc5627#5.4-7 the host of a registrar's GRUU is that of the address of record
            //= rfc5627#5.1-4 a public GRUU for each instance, whether there was one or not
            //= rfc5627#5.2-3 the public one as the value of pub-gruu
            var params = address.params().with(Gruu.PUBLIC,
                    Params.quoted(Gruu.shown(plain, to.instance()).toString()));
            //= rfc5627#5.2-1,2 the one most recently created as temp-gruu, in quotes
            return address.withParams(temporary.flatMap(t -> t.of(plain, home.aor(aor), to))
                    .map(gruu -> Params.quoted(gruu.toString()))
                    .map(gruu -> params.with(Gruu.TEMPORARY, gruu)).orElse(params)).toString();
        }).orElse(contact);
    }

    /// The instances that some bindings are of, each of which has a public GRUU from now on.
    public static Set<String> instances(List<Binding> bindings) {
        return bindings.stream().flatMap(binding -> Assignment.of(binding.notes()).stream())
                .map(Assignment::instance).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<Address> contacts(Request register) {
        return register.list("Contact").stream().filter(value -> !value.equals("*"))
                .map(Address::parse).toList();
    }

    private static boolean lasts(Request register, Address contact) {
        return !contact.params().get("expires").or(() -> register.first("Expires"))
                .orElse("").equals("0");
    }
}
