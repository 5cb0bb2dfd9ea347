package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3311.Exchange;

/// What two user agents know of each other for as long as they talk: who they are, which way
/// requests go, and the numbers that keep these in order.
///
/// A usage reads it; the user agent alone counts, refreshes, confirms and ends it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-12 RFC 3261 §12
public final class Dialog {
    /// What tells a dialog from all others.
    ///
    /// @param remoteTag empty if the peer has none, as in the days of RFC 2543
    public record Id(String callId, String localTag, String remoteTag) {}

    enum State implements Cited {
        @Section("12") EARLY, @Section("12") CONFIRMED, @Section("12.3") TERMINATED
    }

    private final Id id;
    private final boolean call;
    private Address local;
    private Address remote;
    final boolean secure;
    final SequenceNumbers sequence;
    /// Who of the two has offered a session.
    final Exchange exchange = new Exchange();
    /// Those that share it, oldest first.
    final SequencedSet<Long> usages = new LinkedHashSet<>();
    /// What the peer is willing to receive, by its last Recv-Info that counts.
    private List<String> willing = List.of();
    /// The usage that has made it.
    long maker;
    private RouteSet routes;
    private String remoteTarget;
    private OptionalLong remoteSequence;
    /// The methods and option tags of the peer, by its last Allow and Supported.
    private List<String> methods = List.of(), options = List.of();
    State state = State.EARLY;

    /// @param theirs what the peer has said of itself
    private Dialog(Request maker, Message theirs, Address local, Address remote, RouteSet routes,
            long sequence, OptionalLong remoteSequence) {
        introduced(theirs);
        //= rfc3261#12.1-2 these are the components of the dialog ID
        id = new Id(maker.callId(), local.tag().orElse(""), remote.tag().orElse(""));
        this.local = local;
        this.remote = remote;
        this.routes = routes;
        //= rfc3261#12.1.1-9 the Contact of the request is the remote target
        remoteTarget = contact(theirs).orElse(maker.uri());
        this.sequence = new SequenceNumbers(sequence);
        this.remoteSequence = remoteSequence;
        call = maker.is("INVITE");
        //= rfc5630#5.1.1.2-2 a target refresh has a SIPS Contact if the original request had SIPS
        //= rfc5630#5.1.2-8 and so the UAS, whose original request used a SIPS Request-URI
        secure = RouteSet.secure(maker.uri());
    }

    /// The dialog that a response to our own request makes. A peer that does not say where it is
    /// stays where it was found.
    static Dialog ofUac(Request request, Response response) {
        //= rfc3261#12.1.2-9 the call identifier is the Call-ID of the request
        return new Dialog(request, response,
                //= rfc3261#12.1.2-10 the local tag is that of From, the remote that of To
                //= rfc3261#12.1.2-11 a response without a tag in To counts as one whose tag is null
                //= rfc3261#12.1.2-12 the remote URI is that of To, the local URI that of From
                request.from(), response.to(),
                //= rfc3261#12.1.2-4,5 Record-Route of the response in reverse order, or empty
                RouteSet.recorded(response).reversed(),
                //= rfc3261#12.1.2-7,8 the local sequence goes on from CSeq, the remote is empty
                request.cseq().number(), OptionalLong.empty());
    }

    /// The dialog that a request of the peer makes which answers our own, before any response to
    /// that, or of another fork.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.4.1 RFC 6665 §4.4.1
    static Dialog ofNotify(Request ours, Request theirs) {
        return new Dialog(ours, theirs, ours.from(), theirs.from(), RouteSet.recorded(theirs),
                ours.cseq().number(), OptionalLong.of(theirs.cseq().number()));
    }

    /// The dialog that our response to a request makes.
    ///
    /// @param request with a Contact to talk to
    static Dialog ofUas(Request request, String localTag) {
        //= rfc3261#12.1.1-12 the call identifier is the Call-ID of the request
        return new Dialog(request, request,
                //= rfc3261#12.1.1-13 the local tag is that in To of our response, the remote From's
                //= rfc3261#12.1.1-14 a From without a tag counts as one whose tag is null
                //= rfc3261#12.1.1-15 the remote URI is that of From, the local URI that of To
                request.to().withTag(localTag), request.from(),
                //= rfc3261#12.1.1-7,8 Record-Route of the request in its order, or empty
                RouteSet.recorded(request),
                //= rfc3261#12.1.1-10,11 the local sequence is empty, the remote that of the request
                0, OptionalLong.of(request.cseq().number()));
    }

    public Id id() { return id; }

    /// The peer, as From or To of the request that made it had him.
    public Address peer() { return remote; }

    /// Whether an INVITE has made it.
    public boolean invited() { return call; }

    /// Whether servers stand between.
    public boolean routed() { return !routes.routes().isEmpty(); }

    /// Whether no 2xx has confirmed it yet.
    public boolean early() { return state == State.EARLY; }

    RouteSet routes() { return routes; }

    /// The INVITE usage that has made it, as long as that shares it.
    OptionalLong call() {
        return call && usages.contains(maker) ? OptionalLong.of(maker) : OptionalLong.empty();
    }

    /// The 2xx may have come another way than the provisional ones.
    void reroute(Response response) {
        //= rfc3261#13.2.2.4-1 the 2xx confirms an early dialog and its route set counts
        routes = RouteSet.recorded(response).reversed();
        //= rfc3261#12.1.2-6 the Contact of the response is the remote target
        refresh(response);
    }

    /// Whether the peer has said that it takes UPDATE.
    boolean updates() { return methods.contains(Exchange.UPDATE); }

    /// What the peer says of itself, when it does.
    void heard(Message message) {
        //= rfc3311#4¶4 Allow says it
        //= rfc3261#20.5-2 where it is absent what was known of the methods remains
        if (message.has("Allow")) methods = message.list("Allow");
        if (message.has("Supported")) options = message.list("Supported");
    }

    /// Whether the peer has said of an extension that it knows it.
    public boolean supports(String option) {
        return options.stream().anyMatch(option::equalsIgnoreCase);
    }

    /// A request of ours says who we are, by whatever name; the tag stays.
    void calledHere(Address name) {
        //= rfc4916#4.4.1-4 the old URI in To is received as well as the new: tags count
        //= rfc4916#4.4.1-3 the same URI in From of all requests that follow
        if (!name.uri().equals(local.uri())) local = name.withTag(id.localTag);
    }

    /// A request of the peer says who he is. Answers whether that is another than before.
    boolean calledThere(Address name) {
        if (name.uri().equals(remote.uri())) return false;
        //= rfc4916#4.4.1-2 To has the current remote URI, not that of the beginning
        remote = name;
        return true;
    }

    /// A request within the dialog, without CSeq (numbered when it is sent), Route and Via.
    public Request request(String method) {
        return new Request(method, remoteTarget, List.of(Header.MAX_FORWARDS,
                //= rfc3261#12.2.1.1-3,4 From is the local URI, with the local tag
                new Header("From", local.toString()),
                //= rfc3261#12.2.1.1-1,2 To is the remote URI, with the remote tag
                new Header("To", remote.toString()),
                //= rfc3261#12.2.1.1-6 the Call-ID is that of the dialog
                //= rfc3261#8.1.1.4-1 the same in all requests
                new Header("Call-ID", id.callId)), Bytes.EMPTY);
    }

    /// The ACK for a 2xx to this INVITE: a request of its own, that needs a branch of its own.
    RouteSet.Routed ack(Request invite) {
        //= rfc3261#13.2.2.4-4 the ACK has the number of the INVITE, and its own method
        //= rfc3261#8.2.2.3-5 and requires no extension, for the INVITE required none
        var ack = request("ACK").with("CSeq", new CSeq(invite.cseq().number(), "ACK").toString());
        //= rfc3261#13.2.2.4-5 and the credentials of the INVITE
        for (var name : List.of("Authorization", "Proxy-Authorization"))
            for (var value : invite.all(name))
                ack = ack.change(headers -> headers.add(new Header(name, value)));
        return routes.route(ack, remoteTarget);
    }

    /// Whether a request of the peer comes in its turn; takes over its number if so.
    boolean inOrder(Request request) {
        long number = request.cseq().number();
        //= rfc3261#12.2.2-4,5 a lower number is out of order, a higher one by any is no error
        if (remoteSequence.isPresent() && number < remoteSequence.getAsLong()) return false;
        //= rfc3261#12.2.2-3,6 the remote sequence, empty or not, is the request's number
        remoteSequence = OptionalLong.of(number);
        return true;
    }

    /// A target refresh request of the peer, or its 2xx to ours, may say where it is now.
    void refresh(Message message) {
        //= rfc3261#12.2.1.2-1 a 2xx to a target refresh request replaces the remote target
        //= rfc3261#12.2.2-7 and so does such a request
        remoteTarget = contact(message).orElse(remoteTarget);
        introduced(message);
    }

    private void introduced(Message message) {
        if (message.has("Recv-Info")) willing = message.list("Recv-Info");
    }

    /// What the peer has said last that it is willing to receive in INFO requests; none as long as
    /// it has not said anything of it.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc6086#section-5.2.2 RFC 6086 §5.2.2
    public List<String> willing() { return willing; }

    private static Optional<String> contact(Message message) {
        return message.list("Contact").stream().findFirst()
                .map(value -> RouteSet.requestUri(Address.parse(value).uri()));
    }

    @Override public String toString() {
        return "dialog with " + (remote.uri() instanceof SipUri sip
                ? sip.user() + "@" + sip.host() : remote.uri());
    }
}
