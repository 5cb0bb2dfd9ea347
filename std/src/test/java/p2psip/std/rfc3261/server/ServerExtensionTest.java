package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;

/// What an extension sees, says and keeps at a registrar and at a proxy: one that is made up, which
/// leads calls by a gate that the phone names.
class ServerExtensionTest {

    /// The phone names its gate in a REGISTER.
    private record Gates() implements RegistrarExtension, ProxyExtension {
        @Override public List<String> options() { return List.of("gate"); }

        @Override public Optional<Refusal> refuses(Request request, Flow flow) {
            return request.first("Gate").filter("shut"::equals).isPresent()
                    ? Optional.of(Refusal.of(421, new Header("Require", "gate")))
                    : Optional.empty();
        }

        @Override public List<Header> notes(Request register, Address contact) {
            return register.all("Gate").stream().map(gate -> new Header("Gate", gate)).toList();
        }

        @Override public Response accepted(Response ok, Request register, List<Binding> all) {
            return ok.with("Gates", Long.toString(
                    all.stream().filter(binding -> !binding.notes().isEmpty()).count()));
        }

        @Override public Request towards(Request request, Destination to) {
            return request.change(list -> to.notes().forEach(note ->
                    list.addFirst(new Header("Route", note.value()))));
        }

        @Override public Request leaving(Request copy, Passage passage) {
            return copy.with("Back", String.join(", ", passage.back(copy, true)))
                    .with("Through", String.join(", ", passage.back(copy, false)));
        }

        @Override public Response returning(Response response, Passage passage) {
            return response.with("Came", passage.cameBy().remote().getPort() + " from "
                    + passage.target().address().getPort());
        }
    }

    private static final Aor BOB = new Aor("bob", "example.com");
    private static final Flow PHONE = Flow.udp(ProxyPlay.address("192.0.2.1", 5060),
            ProxyPlay.address("198.51.100.4", 40_000));

    private final Bindings bindings = new Bindings();
    private final Registrar registrar = new Registrar(ProxyPlay.HOME, Limits.USUAL, Guard.OPEN,
            bindings, List.of(new Gates()), new SplittableRandom(1));
    private final ProxyPlay play = new ProxyPlay(Guard.OPEN, List.of(new Gates()));

    private int cseq;

    private Response register(String... fields) {
        var request = new Request("REGISTER", "sip:example.com", ProxyPlay.invite().headers(),
                Bytes.EMPTY).without("Contact").with("CSeq", ++cseq + " REGISTER").change(
                        list -> Arrays.stream(fields).forEach(field -> list.add(new Header(
                                field.split(": ")[0], field.split(": ")[1]))));
        var out = registrar.handle(new Input.Received(
                ProxyPlay.id(request), request, PHONE), Instant.EPOCH);
        if (out.getFirst() instanceof Output.Told(LocationService.Event.Bind bind))
            out = registrar.handle(new Input.Asked(
                    new LocationService.Kept(bind.id())), Instant.EPOCH);
        return ((Output.Respond) out.getFirst()).response();
    }

    //= rfc3261#10.3-9 an extension that is there may be required, no other
    @Test void a_register_may_require_it() {
        assertThat(register("Require: gate").status()).isEqualTo(200);
        var refused = register("Require: gate, door");
        assertThat(refused.status()).isEqualTo(420);
        assertThat(refused.list("Unsupported")).containsExactly("door");
        assertThat(registrar.options()).containsExactly("gate");
    }

    @Test void it_refuses_a_register_and_nothing_is_bound() {
        var refused = register("Contact: <sip:bob@desk>", "Gate: shut");
        assertThat(refused.status()).isEqualTo(421);
        assertThat(refused.list("Require")).containsExactly("gate");
        assertThat(bindings.of(BOB)).isEmpty();
    }

    @Test void what_it_notes_is_kept_with_the_binding_and_leads_calls() {
        var ok = register("Contact: <sip:bob@desk>", "Gate: <sip:gate;lr>");
        assertThat(ok.need("Gates")).isEqualTo("1");
        play.bob.add(bindings.of(BOB).getFirst().destination());
        play.addresses("gate", "203.0.113.77");
        var sent = send(ProxyPlay.invite(), ProxyPlay.CALLER);
        assertThat(sent.request().list("Route")).containsExactly("<sip:gate;lr>");
        assertThat(sent.request().uri()).isEqualTo("sip:bob@desk");
        assertThat(sent.target().address().getHostString()).isEqualTo("203.0.113.77");
        //  what is registered anew without a gate has none
        assertThat(register("Contact: <sip:bob@desk>").need("Gates")).isEqualTo("0");
        assertThat(bindings.of(BOB)).singleElement().extracting(Binding::notes)
                .isEqualTo(List.of());
    }

    private Output.Send send(Request request, Flow flow) {
        return play.tell(request, flow).stream().filter(o -> o instanceof Output.Send)
                .map(o -> (Output.Send) o).findFirst().orElseThrow();
    }

    //= rfc3261#16.3-15,16 of Proxy-Require what is understood may stand there
    @Test void a_proxy_may_be_required_to_know_it() {
        play.bob.add(Destination.of(SipUri.parse("sip:bob@desk")));
        assertThat(send(ProxyPlay.invite().with("Proxy-Require", "gate"), PHONE)
                .request().uri()).isEqualTo("sip:bob@desk");
        assertThat(refusal(ProxyPlay.invite().with("Proxy-Require", "gate, door")))
                .isEqualTo("420 door");
        assertThat(refusal(ProxyPlay.invite().with("Gate", "shut"))).isEqualTo("421 ");
    }

    private String refusal(Request request) {
        return play.tell(request, PHONE).stream().filter(o -> o instanceof Output.Respond)
                .map(o -> ((Output.Respond) o).response()).map(response ->
                        response.status() + " " + response.first("Unsupported").orElse(""))
                .findFirst().orElseThrow();
    }

    //= rfc3261#16.6-33 it adds header fields to each copy
    //= rfc3261#16.7-41 and header fields to each response
    @Test void it_has_a_word_in_copies_and_responses() {
        play.bob.add(Destination.of(SipUri.parse("sip:bob@desk")));
        play.plays("""
                0 alice -> proxy INVITE
                0 proxy -> alice 100
                0 proxy -> desk  INVITE
                5 desk  -> proxy 180
                5 proxy -> alice 180
                9 desk  -> proxy 200
                9 proxy -> alice 200
                """);
        assertThat(play.sent.get("desk INVITE").has("Back")).isTrue();
        assertThat(play.answers.stream().flatMap(response -> response.first("Came").stream()))
                .containsExactly("5060 from 5060", "5060 from 5060");
    }

    /// Whoever has what is offered comes back by it, in a dialog that the proxy has never seen.
    @Test void what_a_passage_offers_leads_back() {
        play.bob.add(Destination.of(SipUri.parse("sip:bob@desk")));
        var left = send(ProxyPlay.invite(), PHONE).request();
        var purposes = new ArrayList<Guard.Purpose>();
        var guarded = new ProxyPlay((_, _, purpose, _) -> {
            purposes.add(purpose);
            return Optional.empty();
        }, List.of(new Gates()));
        var anew = new Request("MESSAGE", "sip:bob@10.0.0.7", ProxyPlay.invite().headers(),
                Bytes.EMPTY).with("CSeq", "1 MESSAGE").with("Call-ID", "other");
        var back = sent(guarded, anew.with("Route", left.need("Back")));
        assertThat(back.target()).isEqualTo(Target.of(PHONE));
        assertThat(back.request().has("Route")).isFalse();
        var through = sent(guarded, anew.with("Route", left.need("Through")));
        assertThat(through.target().flow()).isEmpty();
        assertThat(purposes).containsExactly(Guard.Purpose.OFFERED, Guard.Purpose.OFFERED);
        //  made up, it is refused; a name alone is as good as any other route of this proxy
        var forged = left.need("Back").replace("<sip:", "<sip:0");
        assertThat(guarded.tell(anew.with("Route", forged), ProxyPlay.CALLER))
                .singleElement().isInstanceOfSatisfying(Output.Respond.class, refused ->
                        assertThat(refused.response().status()).isEqualTo(403));
        sent(guarded, anew.with("Route", "<sip:192.0.2.1;lr>"));
        assertThat(purposes.getLast()).isEqualTo(Guard.Purpose.OUTBOUND);
    }

    private static Output.Send sent(ProxyPlay play, Request request) {
        return play.tell(request, ProxyPlay.CALLER).stream()
                .filter(o -> o instanceof Output.Send).map(o -> (Output.Send) o)
                .findFirst().orElseThrow();
    }

    //= rfc3608#6.2-2 two values are recorded, one for the receiving and one for the sending side
    @Test void two_sides_have_a_value_each() {
        play.bob.add(new Destination(SipUri.parse("sip:bob@desk"), 1,
                Optional.of(Target.of(new Flow(Transport.TCP, ProxyPlay.address("192.0.2.1", 5060),
                        ProxyPlay.address("203.0.113.2", 40_003), 7)))));
        assertThat(send(ProxyPlay.invite(), PHONE).request().list("Back")).hasSize(2)
                .first().asString().contains(";transport=tcp");
    }
}
