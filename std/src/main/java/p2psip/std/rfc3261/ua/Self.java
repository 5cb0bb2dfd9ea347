package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc5621.BodyPart;
import p2psip.std.rfc5626.*;

/// The local side of everything one user agent does: who it is, what it can, its dice, and the
/// requests and responses that follow from these alone.
public final class Self {
    final Profile profile;
    /// What it can do, by itself and by its extensions.
    final List<Ability> abilities;
    final Passwords passwords;
    final Flows flows;
    /// Where we are when no registrar says otherwise.
    private final SipUri own;
    private final Dialogs dialogs;
    private final RandomGenerator random;
    /// The status that an INVITE would get, as the program sees it.
    int available = 200;
    private Optional<Content> media = Optional.empty();
    private long begun, asks, lookUps;

    Self(Profile profile, List<Ability> abilities, Dialogs dialogs, RandomGenerator random) {
        this.profile = profile;
        this.abilities = abilities;
        this.dialogs = dialogs;
        this.random = random;
        passwords = new Passwords(profile);
        flows = new Flows(profile.routes(), profile.outbound());
        var contact = profile.contact();
        own = profile.outbound().isEmpty() ? contact
                : contact.withParams(contact.params().with(Outbound.OB, ""));
    }

    public RandomGenerator random() { return random; }

    /// What all that it can do adds to something, each thing once.
    <T> List<T> all(Function<Ability, List<T>> what) {
        return abilities.stream().map(what).flatMap(List::stream).distinct().toList();
    }

    /// A new number for [Usage.Output.Ask].
    public long ask() { return ++asks; }

    /// The confirmed dialog of a usage: that of a call, for a request within it.
    public Optional<Dialog> dialog(long usage) { return dialogs.confirmed(usage); }

    /// The number of the call that goes on in a dialog.
    public OptionalLong call(Dialog dialog) { return dialog.call(); }

    /// A dialog of ours by its name.
    public Optional<Dialog> dialog(Dialog.Id id) { return dialogs.find(id); }

    /// Whether a dialog is one of the last that have ended.
    public boolean ended(Dialog.Id id) { return dialogs.ended(id); }

    /// A request outside of any dialog, with a new Call-ID and tag in From, without CSeq, Route and
    /// Via.
    ///
    /// @throws p2psip.std.SyntaxException if the URI is none, or asks for what this user agent
    ///         does not do
    public Request request(String method, String uri) {
        var formed = FormedRequest.of(method, uri);
        return plain(method, formed.uri()).change(headers -> headers.addAll(formed.headers()));
    }

    /// A response for [Usage.Output.Respond], with the usual reason.
    public Response reply(Request request, int status) { return Reply.to(request, status, ""); }

    /// The field that says why a description was refused, in our name.
    List<Header> warning(Optional<Warning> warning) {
        return warning.map(w -> new Header("Warning", w.value(profile.contact().host())))
                .stream().toList();
    }

    /// The number of a new usage that the peer begins.
    long begin() { return --begun; }

    /// The number of a new question to the DNS.
    long lookUp() { return ++lookUps; }

    /// The servers that a request of no dialog visits.
    RouteSet routes(Request request) {
        //  which way it registers is its own business
        if (request.is("REGISTER")) return RouteSet.parse(request.list("Route"));
        var way = flows.best();
        //= rfc3261#8.1.1.1-2 an outbound proxy is a route set of one URI, there before any dialog
        //= rfc3261#8.1.2-6,8 sent to where its Route says, not to another destination
        return new RouteSet(Stream.concat(way.routes().stream(), way.service().stream()).toList());
    }

    //= rfc3261#19.3-1 80 random bits make a tag unique and beyond guessing
    String tag() { return Tokens.token(random); }

    /// The same of a URI as it is.
    Request plain(String method, String uri) {
        //= rfc3261#8.1.1.4-3 the Call-ID is new, and nobody else has it
        //= rfc3323#4.1-5 a random value, to which no hostname or IP address is appended
        var callId = tag();
        //= rfc3261#8.1.1-1 To, From, Call-ID and Max-Forwards; CSeq and Via, when it is sent
        return new Request(method, uri, List.of(
                //= rfc3261#8.1.1.6-1 the last value of Max-Forwards is 70 hops away
                Header.MAX_FORWARDS,
                //= rfc3261#8.1.1.3-2 From has a new tag
                new Header("From", profile.identity().withTag(tag()).toString()),
                //= rfc3261#8.1.1.2-1,4 To: a URI of any scheme, no tag without a dialog
                new Header("To", "<" + uri + ">"), new Header("Call-ID", callId)), Bytes.EMPTY);
    }

    /// Whether what is made of a request may be a dialog, or within one the target is moved.
    boolean makesDialogs(Request request) {
        return request.is("INVITE") || all(Ability::dialogMethods).contains(request.method());
    }

    /// A request as it is asked for, with what introduces us if it has to do with dialogs.
    Request introduced(Request request, Optional<Dialog> dialog) {
        if (!makesDialogs(request))
            //= rfc4028#7.1-1,2 who supports timers says so in each request
            //= rfc4028#7.4-1 Supported has the same values in each request
            return profile.calls().timer().isPresent() && !request.has("Supported")
                    ? request.with("Supported", supported().value()) : request;
        //= rfc5630#5.1.1-2 the Contact of a SIPS Request-URI or top Route is a SIPS URI
        //= rfc5630#5.1.1.2-1 and of a SIP one a SIP URI, even over a secure transport
        //= rfc3261#12.1.2-2 a SIPS Request-URI or topmost Route asks for a SIPS Contact
        boolean secure = dialog.map(in -> in.secure).orElseGet(() -> RouteSet.secure(request.uri())
                || routes(request).routes().stream().limit(1).map(Address::uri)
                        .anyMatch(Uri::secure));
        //= rfc6141#6-1 what changes a session is as secure as what has begun it
        //= rfc3261#12.1.2-1 an INVITE has a Contact, for it may make a dialog
        //= rfc3261#12.2.1.1-17,18 a target refresh request has a Contact, SIPS in a secure dialog
        return request.change(introduction(secure, all(can -> can.introduction(request.method()))));
    }

    /// A response of a usage as it is sent.
    ///
    /// @param tag in To of the responses to the request
    Response completed(Response response, Request request, String tag) {
        //= rfc3261#8.2.6.2-7 one tag for all responses to a request
        //= rfc3261#13.3.1.1-2 the tag makes all of them responses of one dialog
        var tagged = response.to().tag().isPresent() ? response
                : response.with("To", response.need("To") + ";tag=" + tag);
        if (response.status() >= 300 || !makesDialogs(request)) return tagged;
        var records = request.all("Record-Route");
        return tagged.change(headers -> {
            //= rfc3261#12.1.1-1 all of Record-Route goes back, in its order
            for (var value : records) headers.add(new Header("Record-Route", value));
            //= rfc3261#12.1.1-2 with a Contact
            //= rfc3261#13.3.1.4-1 and with Allow and Supported
            introduction(secure(request), all(can -> can.introduction(request))).accept(headers);
        });
    }

    private static boolean secure(Request request) {
        //= rfc5630#5.1.2-2 a SIPS URI in these: the Contact of the response is one
        //= rfc3261#12.1.1-4 SIPS in Request-URI or top Record-Route, or in Contact without any
        return RouteSet.secure(request.uri()) || Stream.of("Record-Route", "Contact")
                .flatMap(name -> request.list(name).stream()).limit(1)
                .map(hop -> Address.parse(hop).uri()).anyMatch(Uri::secure);
    }

    /// With what every request and response that can make a dialog tells of us.
    private Consumer<List<Header>> introduction(boolean secure, List<Header> more) {
        return headers -> {
            //= rfc3261#8.1.1.8-1 one SIP or SIPS URI
            //= rfc3261#12.1.1-3 as a URI in the Contact of responses must be
            headers.add(new Header("Contact", contact(secure)));
            //= rfc3261#20-1 Allow should be sent, though others must do without
            //= rfc3261#20.5-1 all methods understood, with ACK and CANCEL
            //= rfc3261#13.2.1-1 as an INVITE should have it
            headers.add(new Header("Allow", String.join(",", all(Ability::methods))));
            //= rfc3261#13.2.1-3 and Supported
            headers.add(supported());
            headers.addAll(more);
            //= rfc3261#20.41-1 the User-Agent is configurable
            //= rfc3261#13.2.1-7 and useful in an INVITE
            headers.add(new Header("User-Agent", profile.product()));
        };
    }

    Header supported() {
        //= rfc3261#8.1.1.9-1,2 the option tags of the extensions that are here, all of standards
        //= rfc3261#20.37-1 which are those of standards-track RFCs that an extension serves
        return new Header("Supported", String.join(",", all(Ability::options)));
    }

    /// Where we are to be reached.
    //= rfc3311#5.1-4 the same value in the Contact of all that is said within a dialog
    String contact(boolean secure) { return contact(flows.target().orElse(own), secure); }

    /// Where a registrar is to find us.
    String binding(boolean secure) { return contact(own, secure); }

    private String contact(SipUri uri, boolean secure) {
        //= rfc3261#8.1.1.8-3 a request over SIPS has a SIPS Contact
        //= rfc3261#12.1.1-4 and so has the response to one
        //= rfc3261#8.1.1.8-2 at which requests of any dialog, or of none, come in
        return "<" + (secure ? uri.withScheme("sips") : uri) + ">" + features();
    }

    private Params features() { return new Params(all(can -> can.features().list())); }

    /// What the program has said of calls and media.
    void describe(int available, Optional<Content> media) {
        this.available = available;
        this.media = media;
    }

    /// What an OPTIONS is told.
    Response capabilities(Request options, int status) {
        //= rfc3261#11.2-6,7 the body: a type the client accepts, describing the media
        var body = media.filter(m -> accepts(options, m.mediaType()));
        return body(reply(options, status), body).change(headers -> {
            //= rfc3261#11.2-2 Allow, Accept, Accept-Encoding, Accept-Language, Supported are told
            headers.add(new Header("Allow", String.join(", ", all(Ability::methods))));
            headers.add(new Header("Accept", String.join(", ", all(Ability::bodies))));
            headers.add(new Header("Accept-Encoding", "identity"));
            headers.add(new Header("Accept-Language", "*"));
            headers.add(supported());
            if (!features().isEmpty()) headers.add(
                    new Header("Contact", contact(RouteSet.secure(options.uri()))));
            headers.addAll(all(Ability::introduction));
        });
    }

    /// Whether a request takes a body of this type in the response.
    static boolean accepts(Request request, String type) {
        var range = type.substring(0, type.indexOf('/') + 1) + "*";
        //= rfc3261#20.1-1 without Accept the default is application/sdp
        return !request.has("Accept") || request.list("Accept").stream().map(BodyPart::plain)
                .anyMatch(List.of(type, range, "*/*")::contains);
    }

    static Request body(Request request, Optional<Content> content) {
        //= rfc3261#7.4-1 a request may contain a body
        //= rfc3261#8.1.1.10-1 a body, with what says what it is
        //= rfc3261#13.2.1-8 an INVITE may have one
        return content.map(c -> request.withBody(c.type(), c.bytes())).orElse(request);
    }

    static Response body(Response response, Optional<Content> content) {
        //= rfc5621#3.2-1 payloads have the binary encoding, in requests as well
        //= rfc3261#7.4-2 and so may all responses
        //= rfc3261#20.2-1 which is not encoded, whatever encodings the peer would accept
        return content.map(c -> response.withBody(c.type(), c.bytes())).orElse(response);
    }
}
