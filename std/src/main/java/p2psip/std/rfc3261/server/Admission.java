package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Guard.*;
import p2psip.std.rfc3261.server.LocationService.Found;
import p2psip.std.rfc5393.LoopDetection;

/// A request as it is to go on, if it may.
///
/// @param aor        whom it is for, if it is for this proxy to say where its URI leads
/// @param exact      whether that URI means one user agent alone
/// @param flow       by which it has to leave, if that was settled when the dialog began
/// @param secondPart of the branches of its copies
/// @param refusal    why it may not go on
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.3 RFC 3261 §16.3
record Admission(Request request, Uri uri, Optional<Aor> aor, boolean exact,
        Optional<Flow> flow, String secondPart, Optional<Refusal> refusal) {

    /// Where it goes, if nobody has to be asked for that.
    Optional<Destination> settled() {
        //= rfc5626#5.3.1¶3 it is forwarded over the flow of the token, wherever its URI leads
        if (flow.isPresent()) return Optional.of(new Destination(uri, 1, flow.map(Target::of)));
        //= rfc3261#16.5-2,9 another domain: the Request-URI is the only target, none is added
        return aor.isPresent() ? Optional.empty() : Optional.of(Destination.of(uri));
    }

    /// By what it is decided.
    ///
    /// @param decisive what of a request decides about its branch
    record Rules(Domains home, Guard guard, RouteInformation information,
            List<ProxyExtension> extensions, UnaryOperator<Request> decisive) {

        /// Validates and preprocesses a request.
        Admission admit(Request received, Flow flow, Instant now) {
            //= rfc3261#16.2-3 these steps for every request, known method or not
            //= rfc3515#2.6-1 so a REFER is processed as an OPTIONS is
            //= rfc3842#3.13-2 and a SUBSCRIBE is directed to the user agent that notifies
            var routed = information.preprocess(received, flow);
            var request = routed.request();
            var uri = Uri.parse(request.uri());
            var routes = routed.routes();
            boolean here = responsible(uri, routes.genuine() || routes.offered());
            var purpose = routes.genuine() ? Purpose.IN_DIALOG : routes.offered() ? Purpose.OFFERED
                    : here ? Purpose.INBOUND : Purpose.OUTBOUND;
            var meant = extensions.stream().filter(_ -> here)
                    .flatMap(e -> e.meant((SipUri) uri).stream()).findFirst();
            //= rfc3261#16.5-4 the key is the canonical form
            var aor = meant.or(() -> here ? Optional.of(home.aor((SipUri) uri)) : Optional.empty());
            var secondPart = LoopDetection.secondPart(decisive.apply(request));
            //= rfc3261#16.3-1 a request is verified before it is proxied
            //= rfc3261#16.4-3 as if it had come with the Request-URI that was put back
            return new Admission(guard.trusted(request, flow), uri, aor, meant.isPresent(),
                    //  who is meant so may be reached by another flow than when the dialog began
                    meant.isPresent() ? Optional.empty() : routed.flow(), secondPart,
                    check(request, uri, secondPart)
                            //= rfc5626#5.3.1-1 a token that was tampered with is refused with 403
                            .or(() -> routes.forged() ? Optional.of(Refusal.of(403, "No Such Flow"))
                                    : Optional.empty())
                            //= rfc5627#6.1-9 what is outside of a dialog is screened, GRUU or not
                            //= rfc3261#16.3-17 credentials, if the purpose needs them
                            //= rfc3261#22.3-1 so the originator is authenticated before all else
                            .or(() -> received.is("CANCEL")
                                    // it cannot be sent again: not challenged
                                    ? Optional.empty()
                                    : guard.refuses(received, flow, purpose, now))
                            .or(() -> extensions.stream().flatMap(
                                    e -> e.refuses(request, flow).stream()).findFirst()));
        }

        /// Whether a proxy may touch a request at all, whose syntax is the [Validator]'s business:
        /// what it gets instead of being forwarded.
        ///
        /// @param uri        where it is to go
        /// @param secondPart of the branches that it would have
        private Optional<Refusal> check(Request request, Uri uri, String secondPart) {
            //= rfc3261#16.3-8 a Request-URI of a scheme that leads nowhere from here
            if (!home.speaks(uri)) return Optional.of(Refusal.of(416));
            var hops = request.first("Max-Forwards").orElse("70");
            //= rfc3261#16.3-5 what forwarding needs must be well-formed
            if (!Grammar.isNumber(hops, 255))
                return Optional.of(Refusal.of(400, "Bad Max-Forwards"));
            //= rfc3261#16.3-11 no hop is left
            if (Integer.parseInt(hops) == 0) return Optional.of(Refusal.of(483));
            //= rfc5393#4.1-2,3 by the steps of RFC 5393; also what will be forwarded to one place
            //= rfc5393#4.2.2-1 the test comes before all forwarding
            if (LoopDetection.looped(request, secondPart, home::listensAt))
                //= rfc5393#4.1-1 what loops through this proxy is not forked
                //= rfc5393#4.2.2-4 but rejected
                //= rfc3261#16.3-14 with 482, for a loop was detected
                return Optional.of(Refusal.of(482));
            //= rfc3261#16.3-15 the extensions that a proxy must understand: in Proxy-Require
            return Refusal.unsupported(request.list("Proxy-Require"),
                    extensions.stream().flatMap(e -> e.options().stream()).toList());
        }

        /// What the location service has said of a request, as the extensions take it.
        Found found(Request request, Found found) {
            for (var extension : extensions) found = extension.found(request, found);
            return found;
        }

        /// Whether it is for this proxy to say where the URI leads.
        ///
        /// @param sent whether it was this proxy that had the request sent there
        private boolean responsible(Uri uri, boolean sent) {
            //= rfc3261#16.5-1 with a maddr that is not ours the URI itself is the target
            if (!(uri instanceof SipUri sip) || sip.params().has("maddr")) return false;
            return sent ? home.isNamed(sip) : home.hosts(sip);
        }
    }
}
