package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Orchid;
import p2psip.app.sipd.Users;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc2617.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.*;

/// The table of who may do what at a node, cell by cell.
class NodeAccessTest {
    private static final InetSocketAddress HERE = at("10.0.0.1", 5062);
    private static final Flow MACHINE = from("127.0.0.1", 5070), PHONE = from("10.0.0.7", 5060),
            NEIGHBOUR = from("10.0.0.7", 5070), NEAR = from("10.0.0.9", 5060),
            FAR = from("192.0.2.9", 5060);
    private static final String ALICE = "alice@example.com", BOB = "bob@example.com",
            EVE = "eve@example.com";
    private static final Door WORD = new Door.Word("open sesame"), OPEN = new Door.Open(),
            LISTED = new Door.Listed(Users.parse(List.of("alice:secret")));

    private static final Domains HOME = new Domains(
            List.of(new ListeningPoint(Transport.UDP, HERE)), List.of(Domains.ANY_NAME));

    private final Bindings bindings = new Bindings();
    private List<Net> plain = List.of(Net.parse("0.0.0.0/0"));
    private final RandomGenerator random = new SplittableRandom(1);

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private static Flow from(String host, int port) { return Flow.udp(HERE, at(host, port)); }

    private NodeAccess node(Door door) {
        return new NodeAccess(HOME, door, List.of(HERE.getAddress()), plain, bindings, random);
    }

    /// A phone of the network is registered: alice's, at 10.0.0.7.
    private void alice() {
        var binding = new Binding(Address.parse("<sip:alice@10.0.0.7:5060>"), "c", 1, Instant.MAX,
                Optional.empty(), List.of());
        new Registrar(HOME, Limits.USUAL, Guard.OPEN, bindings, List.of(), random).handle(
                new Core.Input.Asked(new LocationService.Restored(new TreeMap<>(Map.of(
                        new Aor("alice", "example.com"), List.of(binding))))), Instant.EPOCH);
    }

    private static Request request(String method, String from, String to, int hops) {
        var headers = new ArrayList<>(List.of(new Header("From", "<sip:" + from + ">;tag=1"),
                new Header("To", "<sip:" + to + ">")));
        for (int i = 0; i < hops; i++)
            headers.add(new Header("Via", "SIP/2.0/UDP 10.0.0.9;branch=z9hG4bK" + i));
        return new Request(method, "sip:" + to, headers, Bytes.EMPTY);
    }

    /// 200 where a request may pass.
    private int asked(Door door, Flow flow, Purpose purpose, Request request) {
        return node(door).refuses(request, flow, purpose, Instant.EPOCH)
                .map(Refusal::status).orElse(200);
    }

    private int register(Door door, Flow flow) {
        return asked(door, flow, Purpose.REGISTER, request("REGISTER", ALICE, ALICE, 1));
    }

    private int call(Door door, Flow flow, String from, String to, int hops) {
        return asked(door, flow, Purpose.INBOUND, request("INVITE", from, to, hops));
    }

    @Test void phones_of_this_machine_register_as_they_like() {
        assertThat(register(WORD, MACHINE)).isEqualTo(200);
        assertThat(register(WORD, from("10.0.0.1", 5090))).as("its other address").isEqualTo(200);
        assertThat(register(OPEN, MACHINE)).isEqualTo(200);
        assertThat(register(LISTED, MACHINE)).isEqualTo(401);
    }

    @Test void others_need_the_password_or_an_open_door() {
        assertThat(register(WORD, NEAR)).isEqualTo(401);
        assertThat(register(WORD, FAR)).isEqualTo(401);
        assertThat(register(OPEN, NEAR)).isEqualTo(200);
        assertThat(register(OPEN, FAR)).isEqualTo(403);
        assertThat(register(LISTED, NEAR)).isEqualTo(401);
    }

    @Test void whoever_knows_the_password_registers_under_any_name() {
        var node = node(WORD);
        for (var user : List.of("alice", "bob")) {
            var register = request("REGISTER", user + "@example.com", user + "@example.com", 1);
            var challenge = node.refuses(register, NEAR, Purpose.REGISTER, Instant.EPOCH).get()
                    .headers().stream().map(Header::value).toList();
            for (var password : List.of("guess", "open sesame")) {
                var answer = (DigestClient.Answer.Authorize) new DigestClient(user,
                        new Secret.Password(password), random).answer(Challenger.SERVER, challenge,
                        List.of(), "REGISTER", register.uri(), Bytes.EMPTY);
                assertThat(node.refuses(register.with("Authorization",
                        answer.credentials().getFirst().text()), NEAR, Purpose.REGISTER,
                        Instant.EPOCH).map(Refusal::status))
                        .isEqualTo(password.equals("guess") ? Optional.of(401) : Optional.empty());
            }
        }
    }

    @Test void a_phone_elsewhere_calls_in_its_own_name_alone() {
        alice();
        for (var door : List.of(WORD, LISTED)) {
            assertThat(call(door, PHONE, ALICE, BOB, 1)).isEqualTo(200);
            assertThat(call(door, PHONE, EVE, BOB, 1)).isEqualTo(403);
            assertThat(call(door, NEAR, ALICE, BOB, 1)).isEqualTo(403);
            assertThat(call(door, NEIGHBOUR, ALICE, BOB, 1)).as("another port").isEqualTo(403);
            assertThat(call(door, MACHINE, EVE, BOB, 1)).isEqualTo(200);
        }
        assertThat(call(OPEN, NEAR, EVE, BOB, 1)).isEqualTo(200);
    }

    /// Other nodes bring calls of their phones, and are told of who is not here any more.
    @Test void who_is_here_is_reached_from_everywhere_but_not_in_the_name_of_one_of_ours() {
        alice();
        assertThat(call(WORD, FAR, BOB, ALICE, 2)).isEqualTo(200);
        assertThat(call(WORD, NEAR, BOB, ALICE, 1)).isEqualTo(200);
        assertThat(call(WORD, NEAR, ALICE, ALICE, 1)).isEqualTo(403);
        assertThat(call(WORD, PHONE, ALICE, ALICE, 1)).isEqualTo(200);
        assertThat(call(WORD, FAR, BOB, EVE, 2)).isEqualTo(480);
    }

    @Test void what_leads_elsewhere_is_for_our_phones() {
        alice();
        var out = request("INVITE", ALICE, "bob@198.51.100.1", 1);
        assertThat(asked(WORD, PHONE, Purpose.OUTBOUND, out)).isEqualTo(200);
        assertThat(asked(WORD, NEAR, Purpose.OUTBOUND, out)).isEqualTo(403);
        assertThat(asked(LISTED, PHONE, Purpose.OUTBOUND, out)).isEqualTo(407);
        assertThat(asked(WORD, NEAR, Purpose.IN_DIALOG, out)).isEqualTo(200);
    }

    @Test void calls_from_elsewhere_come_by_links_unless_the_owner_lets_plain_ones_in() {
        alice();
        plain = List.of();
        for (var door : List.of(WORD, LISTED)) {
            assertThat(call(door, FAR, BOB, ALICE, 2)).isEqualTo(403);
            assertThat(call(door, NEAR, BOB, ALICE, 1)).isEqualTo(403);
            assertThat(call(door, PHONE, ALICE, BOB, 1)).as("our phone").isEqualTo(200);
            assertThat(call(door, MACHINE, BOB, ALICE, 1)).as("this machine").isEqualTo(200);
        }
        plain = List.of(Net.parse("198.51.100.0/24"), Net.parse("192.0.2.8/31"));
        assertThat(call(WORD, FAR, BOB, ALICE, 2)).isEqualTo(200);
        assertThat(call(WORD, from("192.0.2.10", 5060), BOB, ALICE, 2)).isEqualTo(403);
        assertThat(call(WORD, NEAR, BOB, ALICE, 1)).isEqualTo(403);
        assertThat(asked(WORD, FAR, Purpose.OUTBOUND,
                request("INVITE", BOB, "bob@198.51.100.1", 2))).as("not on from here")
                .isEqualTo(403);
        assertThat(register(WORD, FAR)).as("nor registered").isEqualTo(401);
    }

    private static final InetSocketAddress OTHER = Orchid.of(Bytes.hex("07".repeat(32)));
    private static final Flow LINK =
            Flow.link(Orchid.of(Bytes.hex("01".repeat(32))), OTHER);

    @Test void by_a_link_who_is_here_is_called_and_nothing_else_is_done() {
        alice();
        plain = List.of();
        for (var door : List.of(WORD, OPEN, LISTED)) {
            assertThat(call(door, LINK, BOB, ALICE, 2)).isEqualTo(200);
            assertThat(call(door, LINK, BOB, EVE, 2)).as("who is not here").isEqualTo(480);
            assertThat(register(door, LINK)).isEqualTo(403);
            assertThat(asked(door, LINK, Purpose.OUTBOUND,
                    request("INVITE", ALICE, "bob@198.51.100.1", 2))).isEqualTo(403);
            assertThat(asked(door, LINK, Purpose.IN_DIALOG, request("BYE", BOB, ALICE, 2)))
                    .isEqualTo(200);
        }
    }

    /// An address that stands for a key is believed where the key was proved.
    @Test void nobody_is_where_only_links_lead_but_by_a_link() {
        alice();
        var orchid = HostName.text(OTHER.getAddress());
        var call = request("INVITE", BOB, ALICE, 0);
        var via = call.with("Via", "SIP/2.0/LINK " + orchid + ";branch=z9hG4bK1");
        var honest = call.with("Via", "SIP/2.0/UDP 10.0.0.9;branch=z9hG4bK1");
        var contact = honest.with("Contact", "<sip:bob@" + orchid + ";transport=link>");
        for (var purpose : Purpose.values()) for (var flow : List.of(MACHINE, NEAR, PHONE)) {
            assertThat(asked(OPEN, flow, purpose, via)).as("Via").isEqualTo(403);
            assertThat(asked(OPEN, flow, purpose, contact)).as("Contact").isEqualTo(403);
        }
        assertThat(asked(OPEN, Flow.udp(HERE, OTHER), Purpose.INBOUND, honest)).as("source")
                .isEqualTo(403);
        assertThat(asked(OPEN, MACHINE, Purpose.INBOUND, honest.with("Contact", "*")))
                .isEqualTo(200);
        assertThat(asked(OPEN, LINK, Purpose.INBOUND, via.with("Contact",
                "<sip:bob@" + orchid + ";transport=link>"))).isEqualTo(200);
    }

    @Test void nobody_who_comes_plain_says_that_he_is_verified() {
        var call = request("INVITE", ALICE, BOB, 1).change(list -> {
            list.removeIf(header -> header.is("From"));
            list.add(new Header("From", "\"Alice (verified)\" <sip:" + ALICE + ">;tag=1"));
            list.add(new Header("P-Asserted-Identity", "<sip:" + ALICE + ">"));
        });
        var passed = node(WORD).trusted(call, MACHINE);
        assertThat(passed.from().displayName()).isEqualTo("Alice");
        assertThat(passed.has("P-Asserted-Identity")).isFalse();
        var link = Flow.link(HERE, at("2001:21::9", 5060));
        assertThat(node(WORD).trusted(call, link)).as("it was marked before").isEqualTo(call);
    }

    @Test void the_password_is_in_no_text() {
        assertThat(WORD.toString()).doesNotContain("sesame");
    }
}
