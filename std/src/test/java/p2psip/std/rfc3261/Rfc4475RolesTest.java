package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.std.Bytes;
import p2psip.std.rfc1035.Answer;
import p2psip.std.rfc1035.Question;
import p2psip.std.rfc1035.ResourceRecord;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.DigestServer;
import p2psip.std.rfc2617.Secret;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3263.Locator;
import p2psip.std.rfc3428.Messages;

/// What a telephone, a proxy and a registrar make of the torture messages of RFC 4475, as they come
/// by UDP: a status, or `rings`; `on` if it is sent on; `-` if nobody says anything.
///
/// The proxy is that of the domains that the messages are for, and everybody is there; the
/// telephone is that of whom the message is for. Where the RFC leaves a choice ours is to refuse:
/// what one element understands in its own way the next may understand in another.
class Rfc4475RolesTest {
    private static final InetSocketAddress PEER = Bench.address("192.0.2.99", 5060);
    private static final Duration TTL = Duration.ofHours(1);
    private static final List<String> DOMAINS = List.of("example.com", "example.net",
            "example.org", "chair-dnrc.example.com", "company.com", "registrar.example.com");

    /// An element, and what it has sent.
    private static final class Element {
        private final Stack stack;
        private final List<String> said = new ArrayList<>();
        private final List<Message> sent = new ArrayList<>();

        Element(BiFunction<Domains, RandomGenerator, Core> core) {
            var random = new SplittableRandom(1);
            var points = List.of(new ListeningPoint(Transport.UDP, Bench.LAN));
            stack = new Stack(points, core.apply(new Domains(points, DOMAINS), random),
                    new Locator(points, random), random, false);
        }

        Element hear(Bytes bytes) {
            tell(new Stack.Input.Datagram(Bench.LAN, PEER, bytes));
            return this;
        }

        private void tell(Stack.Input input) {
            for (var output : stack.handle(input, Instant.EPOCH)) switch (output) {
                case Stack.Output.SendDatagram(_, _, var bytes) -> sent(Message.parse(bytes));
                case Stack.Output.Query(long query, var question) ->
                        tell(new Stack.Input.Answered(query, address(question)));
                case Core.Output.Told(LocationService.Event.Find(long id, _, _)) ->
                        tell(new Core.Input.Asked(new LocationService.Found(id, true,
                                List.of(Destination.of(SipUri.parse("sip:there@203.0.113.9"))))));
                case Core.Output.Told(LocationService.Event.Bind(long id, _, _)) ->
                        tell(new Core.Input.Asked(new LocationService.Kept(id)));
                case Core.Output.Told(Call.Event.Incoming _) -> said.add("rings");
                default -> { }
            }
        }

        private static Answer address(Question question) {
            return question.type() != Question.Type.A ? new Answer.None(TTL)
                    : new Answer.Found(List.of(new ResourceRecord.Address(
                            question.name(), TTL, InetAddress.ofLiteral("203.0.113.9"))));
        }

        private void sent(Message message) {
            sent.add(message);
            switch (message) {
                case Request _ -> said.add("on");
                case Response(int status, _, _, _) when status == 100 -> { }
                case Response response -> said.add("" + response.status());
            }
        }

        String said() { return said.isEmpty() ? "-" : String.join(" ", said); }

        Message sent() { return sent.getLast(); }
    }

    private static Element phone(Bytes bytes) {
        return new Element((_, random) -> new UserAgent(new Profile(
                Address.parse("<sip:somebody@example.com>"), called(bytes), List.of(),
                Optional.empty(), "test", CallRules.PLAIN, Optional.empty()),
                List.of(new Messages()), random));
    }

    /// Whoever is called, if that can be read.
    private static SipUri called(Bytes bytes) {
        var words = bytes.utf8().split(" ", 3);
        try {
            if (words.length > 1 && Uri.parse(words[1]) instanceof SipUri uri)
                return new SipUri("sip", uri.user(), "", "192.0.2.1", OptionalInt.empty(),
                        Params.NONE, Params.NONE);
        } catch (p2psip.std.SyntaxException e) {
            //  nobody
        }
        return SipUri.of("nobody", Bench.LAN);
    }

    private static Element proxy() {
        return new Element((domains, random) ->
                new Proxy(domains, Guard.OPEN, List.of(), false, Proxy.secret(random), random));
    }

    private static Element registrar(Guard guard) {
        return new Element((domains, random) -> new Registrar(
                domains, Limits.USUAL, guard, new Bindings(), List.of(), random));
    }

    private static Bytes bytes(String name) throws IOException {
        try (var in = Rfc4475RolesTest.class.getResourceAsStream("rfc4475/" + name + ".dat")) {
            return Bytes.wrap(in.readAllBytes());
        }
    }

    @ParameterizedTest(name = "§{0} {1}")
    @CsvSource({
        // a dialog that the telephone does not know
        "3.1.1.1, wsinv, 481, on",
        "3.1.1.2, intmeth, 501, on",
        "3.1.1.3, esc01, rings, on",
        "3.1.1.4, escnull, 405, on",
        "3.1.1.5, esc02, 501, on",
        "3.1.1.6, lwsdisp, 200, on",
        "3.1.1.7, longreq, rings, on",
        "3.1.1.8, dblreq, 405, on",
        "3.1.1.9, semiuri, 200, on",
        "3.1.1.10, transports, 200, on",
        // no part of it can be shown but for what is signed
        "3.1.1.11, mpart01, 415, on",
        // responses to nothing that was asked
        "3.1.1.12, unreason, -, -",
        "3.1.1.13, noreason, -, -",
        "3.1.2.1, badinv01, 400, 400",
        "3.1.2.2, clerr, 400, 400",
        "3.1.2.3, ncl, 400, 400",
        "3.1.2.4, scalar02, 400, 400",
        "3.1.2.5, scalarlg, -, -",
        "3.1.2.6, quotbal, 400, 400",
        "3.1.2.7, ltgtruri, 400, 400",
        "3.1.2.8, lwsruri, 400, 400",
        "3.1.2.9, lwsstart, 400, 400",
        "3.1.2.10, trws, 400, 400",
        "3.1.2.11, escruri, 400, 400",
        // of no importance for a call
        "3.1.2.12, baddate, rings, on",
        "3.1.2.13, regbadct, 400, 400",
        "3.1.2.14, badaspec, 400, 400",
        "3.1.2.15, baddn, 400, 400",
        "3.1.2.16, badvers, 505, 505",
        "3.1.2.17, mismatch01, 400, 400",
        // a 501 says more of the future, and a 400 of what is wrong
        "3.1.2.18, mismatch02, 400, 400",
        "3.1.2.19, bigcode, -, -",
        "3.2.1, badbranch, 400, 400",
        "3.3.1, insuf, 400, 400",
        "3.3.2, unkscm, 416, 416",
        "3.3.3, novelsc, 416, 416",
        "3.3.4, unksm2, 405, on",
        "3.3.5, bext01, 420, 420",
        "3.3.6, invut, 415, on",
        "3.3.7, regaut01, 405, on",
        "3.3.8, multi01, 400, 400",
        "3.3.9, mcl01, 400, 400",
        "3.3.10, bcast, -, -",
        "3.3.11, zeromf, 200, 483",
        "3.3.12, cparam01, 405, on",
        "3.3.13, cparam02, 405, on",
        "3.3.14, regescrt, 405, on",
        "3.3.15, sdp01, 406, on",
        // for whoever wants to serve RFC 2543: it has no Contact, so no BYE would find its sender
        "3.4.1, inv2543, 400, on"})
    void a_telephone_and_a_proxy(String section, String name, String phone, String proxy)
            throws IOException {
        var bytes = bytes(name);
        assertThat(phone(bytes).hear(bytes).said()).as("telephone").isEqualTo(phone);
        assertThat(proxy().hear(bytes).said()).as("proxy").isEqualTo(proxy);
    }

    @ParameterizedTest(name = "§{0} {1}")
    @CsvSource({
        "3.1.1.4, escnull, 200", "3.1.1.8, dblreq, 200", "3.1.2.13, regbadct, 400",
        "3.3.4, unksm2, 400", "3.3.7, regaut01, 200", "3.3.8, multi01, 400",
        "3.3.12, cparam01, 200", "3.3.13, cparam02, 200", "3.3.14, regescrt, 200"})
    void a_registrar(String section, String name, String status) throws IOException {
        assertThat(registrar(Guard.OPEN).hear(bytes(name)).said()).isEqualTo(status);
    }

    /// §3.1.1.4, §3.3.12 to §3.3.14: what is bound is what was meant.
    @Test void what_is_registered_is_told_as_it_is() throws IOException {
        assertThat(bound("escnull")).hasSize(2).map(Escapes::decode).allMatch(c ->
                c.contains("\0"));
        assertThat(bound("cparam01")).singleElement().asString()
                .doesNotContain("unknownparam>").contains(">;");
        assertThat(bound("cparam02")).singleElement().asString().contains(";unknownparam>");
        assertThat(bound("regescrt")).singleElement().asString().contains("?Route=%3Csip:sip.");
    }

    private static List<String> bound(String name) throws IOException {
        return registrar(Guard.OPEN).hear(bytes(name)).sent().list("Contact");
    }

    /// §3.3.7: credentials of an unknown kind are none.
    @Test void a_registrar_that_asks_for_a_password_asks_again() throws IOException {
        var server = new DigestServer("example.com", _ -> Optional.of(new Secret.Password("pw")),
                DigestServer.Policy.RFC3261, new SplittableRandom(1));
        Guard guard = (request, _, _, now) -> server.verify(request.all("Authorization"),
                request.method(), request.uri(), request.body(), now)
                instanceof DigestServer.Verdict.Challenged(var challenges, _)
                ? Optional.of(Guard.Refusal.of(401, new Header(
                        "WWW-Authenticate", challenges.getFirst().toString()))) : Optional.empty();
        assertThat(registrar(guard).hear(bytes("regaut01")).sent().need("WWW-Authenticate"))
                .startsWith("Digest");
        //  a proxy hands them on
        assertThat(proxy().hear(bytes("regaut01")).sent().first("Authorization"))
                .isEqualTo(Message.parse(bytes("regaut01")).first("Authorization"));
    }

    /// §3.3.5: each role says what it lacks of what is meant for it.
    @Test void each_role_says_which_extensions_it_lacks() throws IOException {
        var bytes = bytes("bext01");
        assertThat(phone(bytes).hear(bytes).sent().list("Unsupported"))
                .isEqualTo(Message.parse(bytes).list("Require"));
        assertThat(proxy().hear(bytes).sent().list("Unsupported"))
                .isEqualTo(Message.parse(bytes).list("Proxy-Require"));
    }

    /// §3.1.1.2, §3.3.6: who refuses says what would do.
    @Test void a_telephone_says_what_it_can_do() throws IOException {
        var method = bytes("intmeth");
        assertThat(phone(method).hear(method).sent().list("Allow")).contains("INVITE", "BYE");
        var body = bytes("invut");
        assertThat(phone(body).hear(body).sent().list("Accept")).contains(Content.SDP);
    }

    /// §3.1.1.1, §3.1.1.2, §3.1.1.8: what is sent on is what came, and nothing beside it.
    @Test void a_proxy_hands_on_what_it_does_not_know() throws IOException {
        var invite = proxy().hear(bytes("wsinv")).sent();
        assertThat(invite.first("UnknownHeaderWithUnusualValue")).hasValue(";;,,;;,;");
        var strange = proxy().hear(bytes("intmeth")).sent();
        assertThat(((Request) strange).method()).isEqualTo(
                ((Request) Message.parse(bytes("intmeth"))).method());
        assertThat(proxy().hear(bytes("dblreq")).sent().encode().utf8()).doesNotContain("INVITE");
    }

    /// §3.1.2.1, §3.1.2.16: what cannot be read in Via goes back as it is, to where it came from.
    @Test void who_sends_an_unreadable_via_is_answered_where_he_is() throws IOException {
        assertThat(proxy().hear(bytes("badinv01")).sent().need("Via"))
                .isEqualTo("SIP/2.0/UDP 192.0.2.15;;,;,,");
        assertThat(proxy().hear(bytes("badvers")).sent().need("Via")).startsWith("SIP/7.0/UDP");
    }
}
