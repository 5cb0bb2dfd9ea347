package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc5626.WayBack;

/// What one REGISTER makes of the bindings of one address of record: all of it, or nothing.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-10.3 RFC 3261 §10.3
final class RegisterUpdate {
    private static final long MOST_SECONDS = 0xffff_ffffL, HOUR = 3600;

    private final List<Binding> before;
    private final Limits limits;
    private final List<RegistrarExtension> extensions;
    private List<Binding> after;

    RegisterUpdate(List<Binding> before, Limits limits, List<RegistrarExtension> extensions) {
        this.before = before;
        this.limits = limits;
        this.extensions = extensions;
        this.after = new ArrayList<>(before);
    }

    /// What is bound when all has gone well.
    List<Binding> bindings() { return List.copyOf(after); }

    /// Makes the changes, or says why the request fails.
    Optional<Refusal> apply(Request request, Flow flow, Instant now) {
        var contacts = request.list("Contact");
        if (contacts.contains("*")) return removeAll(request, contacts);
        //= rfc3261#10.2-10 there may be any number of contacts, none too
        for (var value : contacts) {
            //= rfc3261#10.2.1-1 and of any URI scheme
            var contact = Address.parse(value);
            long seconds = seconds(request, contact), shortest = limits.shortest().toSeconds();
            //= rfc3261#10.3-25 longer than zero, shorter than an hour and than our shortest
            if (seconds > 0 && seconds < HOUR && seconds < shortest) return Optional.of(Refusal.of(
                    //= rfc3261#10.3-26 Min-Expires names the interval that is honoured
                    423, new Header("Min-Expires", Long.toString(shortest))));
            //= rfc3261#10.3-24 an expiration longer than the longest we grant is cut
            var granted = Duration.ofSeconds(Math.min(seconds, limits.longest().toSeconds()));
            var way = extensions.stream().anyMatch(e -> e.byFlow(request, contact))
                    ? Optional.of(flow) : WayBack.of(request, contact, flow);
            var binding = new Binding(contact.withParams(contact.params().without("expires")),
                    request.callId(), request.cseq().number(), now.plus(granted), way,
                    extensions.stream().flatMap(e -> e.notes(request, contact).stream()).toList());
            if (before.stream().anyMatch(b -> same(b, binding) && stale(b, request)))
                return outOfOrder();
            update(binding, now);
        }
        for (var extension : extensions) after = extension.bound(request, before, after);
        return after.size() <= limits.contacts() ? Optional.empty()
                : Optional.of(Refusal.of(403, "Too Many Contacts"));
    }

    private Optional<Refusal> removeAll(Request request, List<String> contacts) {
        //= rfc3261#10.3-17 the star stands alone, and with an expiration time of zero
        if (contacts.size() > 1 || request.first("Expires").filter(v -> number(v) == 0).isEmpty())
            return Optional.of(Refusal.of(400, "Contact: * needs Expires: 0 and no other Contact"));
        //= rfc3261#10.3-19,20 the Call-ID stored needs a higher CSeq, else the update is aborted
        if (before.stream().anyMatch(b -> stale(b, request))) return outOfOrder();
        //= rfc3261#10.3-18 all others are removed
        after.clear();
        return Optional.empty();
    }

    /// At the place of the binding it renews, or at the end.
    private void update(Binding binding, Instant now) {
        int at = 0;
        while (at < after.size() && !same(after.get(at), binding)) at++;
        //= rfc3261#10.3-27 an expiration time of zero removes the binding
        if (!binding.expires().isAfter(now))
            after.subList(at, Math.min(at + 1, after.size())).clear();
        else if (at < after.size()) after.set(at, binding);
        else after.add(binding);
    }

    private boolean same(Binding one, Binding other) {
        var key = key(one);
        return key.equals(key(other))
                && (key.isPresent() || one.contact().uri().matches(other.contact().uri()));
    }

    private Optional<String> key(Binding binding) {
        return extensions.stream().flatMap(e -> e.key(binding).stream()).findFirst();
    }

    /// Whether the request is older than what is known, from the same user agent.
    private static boolean stale(Binding binding, Request request) {
        //= rfc3261#10.3-28 with the same Call-ID only a higher CSeq updates or removes
        return binding.callId().equals(request.callId())
                && request.cseq().number() <= binding.cseq();
    }

    private static Optional<Refusal> outOfOrder() {
        //= rfc3261#10.3-29 a CSeq that is not higher aborts the whole update
        //= rfc3261#7.2-1 the reason phrase says more than the usual wording would
        return Optional.of(Refusal.of(500, "CSeq Out Of Order"));
    }

    private long seconds(Request request, Address contact) {
        //= rfc3261#10.3-21 the parameter of the contact comes first
        return contact.params().get("expires")
                //= rfc3261#10.3-22 then the Expires header field
                .or(() -> request.first("Expires")).map(RegisterUpdate::number)
                //= rfc3261#10.3-23 else the registrar's default
                .orElse(limits.usual().toSeconds());
    }

    private static long number(String text) {
        //= rfc3261#10.2-14 a malformed value is taken as 3600
        if (text.isEmpty() || text.chars().anyMatch(c -> c < '0' || c > '9')) return HOUR;
        //= rfc3261#10.2-13 and one over 2^32-1 as 2^32-1
        return text.length() > 10 ? MOST_SECONDS : Math.min(Long.parseLong(text), MOST_SECONDS);
    }
}
