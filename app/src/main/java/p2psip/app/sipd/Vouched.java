package p2psip.app.sipd;

import module java.base;
import p2psip.std.Net;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3325.TrustDomain;

/// Remembers who has sent a request, as a guard has found it out, until the request leaves.
///
/// A server is as good as its word: it vouches for one of its users who has shown his password for
/// this very request; or, where it asks for none, whose telephone is registered from there. In a
/// dialog nobody is asked, so of what is said there it vouches for nothing.
final class Vouched implements Guard, TrustDomain.Members {
    /// As many may be on their way; of more the ones that came first go without a name.
    static final int LIMIT = 10_000;

    /// An ACK and a CANCEL have the number of their INVITE, and come by its way.
    private record Key(InetSocketAddress from, String callId, String tag, long cseq) {}

    private final Domains home;
    private final Access access;
    private final Guard guard;
    private final List<Net> trusted;
    private final SequencedMap<Key, Address> proven = new LinkedHashMap<>();

    /// @param access  knows who is registered, and whether there are passwords
    /// @param guard   decides who may pass
    /// @param trusted from where no stranger can send
    Vouched(Domains home, Access access, Guard guard, List<Net> trusted) {
        this.home = home;
        this.access = access;
        this.guard = guard;
        this.trusted = List.copyOf(trusted);
    }

    @Override public Optional<Refusal> refuses(
            Request request, Flow flow, Purpose purpose, Instant now) {
        var refusal = guard.refuses(request, flow, purpose, now);
        boolean asked = switch (purpose) {
            case INBOUND, OUTBOUND -> !request.is("ACK") && !request.is("CANCEL");
            case REGISTER, IN_DIALOG, OFFERED -> false;
        };
        if (refusal.isEmpty() && asked && isKnown(request.from(), flow)) {
            proven.putLast(key(request, flow), request.from());
            if (proven.size() > LIMIT) proven.pollFirstEntry();
        }
        return refusal;
    }

    private boolean isKnown(Address from, Flow flow) {
        return from.uri() instanceof SipUri uri && home.hosts(uri)
                && (access.users().isPresent() || access.registers(uri, flow));
    }

    private static Key key(Request request, Flow flow) {
        return new Key(flow.remote(), request.callId(), request.from().tag().orElse(""),
                request.cseq().number());
    }

    @Override public Request trusted(Request request, Flow flow) {
        return guard.trusted(request, flow);
    }

    @Override public boolean trusts(InetSocketAddress remote) {
        return trusted.stream().anyMatch(net -> net.has(remote.getAddress()));
    }

    /// Under the name that he has given himself, for it is his own telephone that shows it.
    @Override public List<Address> identities(Request request, Flow cameBy) {
        return Optional.ofNullable(proven.get(key(request, cameBy))).stream().toList();
    }
}
