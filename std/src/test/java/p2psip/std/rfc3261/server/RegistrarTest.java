package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.rfc3261.*;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Core.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.server.LocationService.Event;

/// §10.3 as conversations: `>` are the Contact and Expires fields of a REGISTER, `<` its answer.
class RegistrarTest {
    private static final Aor BOB = new Aor("bob", "example.com");
    private static final Flow DIRECT = Flow.udp(ProxyPlay.address("192.0.2.1", 5060),
            ProxyPlay.address("198.51.100.4", 5060));
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(60),
            Duration.ofSeconds(1800), Duration.ofSeconds(7200), 3, 2);

    private Bindings bindings = new Bindings();
    private Registrar registrar = registrar(Guard.OPEN);
    private final List<String> events = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final Deque<Long> binds = new ArrayDeque<>();
    private boolean slow;
    private Response last;

    private Registrar registrar(Guard guard) {
        bindings = new Bindings();
        return new Registrar(ProxyPlay.HOME, LIMITS, guard, bindings, List.of(),
                new SplittableRandom(1));
    }

    private static Request request(String callId, int cseq, String... fields) {
        var request = (Request) Message.parse("""
                REGISTER sip:example.com SIP/2.0
                Via: SIP/2.0/UDP 198.51.100.4;branch=z9hG4bKr
                From: <sip:bob@example.com>;tag=1
                To: <sip:bob@example.com>
                Call-ID: %s
                CSeq: %d REGISTER

                """.formatted(callId, cseq));
        return request.change(list -> {
            for (var field : fields)
                list.add(new Header(field.substring(0, field.indexOf(':')),
                        field.substring(field.indexOf(':') + 1)));
        });
    }

    private Response ask(long second, Request request, Flow flow) {
        var now = Instant.ofEpochSecond(second);
        if (!registrar.deadline().isAfter(now)) told(registrar.wake(now));
        told(registrar.handle(new Input.Received(
                new TransactionId("z9hG4bKr", "x", "REGISTER"), request, flow), now));
        while (!slow && !binds.isEmpty()) answer(second, new LocationService.Kept(binds.remove()));
        return last;
    }

    /// The location service has done what it was asked.
    private void answer(long second, LocationService.Answer answer) {
        told(registrar.handle(new Input.Asked(answer), Instant.ofEpochSecond(second)));
    }

    private void told(List<Output> outputs) {
        for (var output : outputs)
            switch (output) {
                case Output.Respond(_, var response) -> {
                    last = response;
                    answers.add(response.status() + " " + response.cseq().number());
                }
                case Output.Told(Event.Bind(long id, var aor, var bindings)) -> {
                    binds.add(id);
                    events.add(aor + " " + bindings.size());
                }
                case Output.Told(Event.Ended(var aor, var left)) ->
                        events.add(aor + " only " + left.size());
                default -> throw new AssertionError(output);
            }
    }

    /// Status, and what is bound then.
    private String ask(long second, String callId, int cseq, String... fields) {
        var response = ask(second, request(callId, cseq, fields), DIRECT);
        return slow ? "" : response.status() + " " + String.join(" ", response.list("Contact"));
    }

    //= rfc3261#10.3-23 where nothing is said the default holds
    //= rfc3261#10.3-32 the answer has all contacts
    //= rfc3261#10.3-33 each with an expires parameter: what is left of it
    @Test void two_phones_register() {
        assertThat(ask(0, "a", 1, "Contact: <sip:bob@desk>"))
                .isEqualTo("200 <sip:bob@desk>;expires=1800");
        //= rfc3261#10.3-22 unless the Expires header field says how long
        //= rfc3261#10.2-10 and there may be one Contact value or two
        assertThat(ask(100, "b", 1, "m: <sip:bob@cell>;q=0.5;expires=600, <sip:bob@pad>",
                "Expires: 700")).isEqualTo("200 <sip:bob@desk>;expires=1700 "
                + "<sip:bob@cell>;q=0.5;expires=600 <sip:bob@pad>;expires=700");
        //= rfc3261#10.3-34 and the Date
        assertThat(last.need("Date")).isEqualTo("Thu, 01 Jan 1970 00:01:40 GMT");
        assertThat(registrar.contacts()).isEqualTo(3);
        assertThat(events).containsExactly("sip:bob@example.com 1", "sip:bob@example.com 3");
    }

    /// The ancestor added the lifetime to the time of day twice, and nobody ever expired (U1).
    //= rfc3261#10.3-21 the expires parameter counts from now
    @Test void a_registration_ends_when_it_says() {
        long now = 1_800_000_000;
        assertThat(ask(now, "a", 1, "Contact: <sip:bob@desk>;expires=600"))
                .isEqualTo("200 <sip:bob@desk>;expires=600");
        assertThat(registrar.deadline()).isEqualTo(Instant.ofEpochSecond(now + 600));
        assertThat(ask(now + 599, "b", 1)).isEqualTo("200 <sip:bob@desk>;expires=1");
        assertThat(ask(now + 600, "b", 2)).isEqualTo("200 ");
        assertThat(events).containsExactly("sip:bob@example.com 1", "sip:bob@example.com only 0");
        assertThat(registrar.deadline()).isEqualTo(Instant.MAX);
    }

    //= rfc3261#10.3-27 zero removes one contact
    @Test void one_phone_leaves() {
        ask(0, "a", 1, "Contact: <sip:bob@desk>", "Contact: <sip:bob@cell>");
        assertThat(ask(1, "a", 2, "Contact: <sip:bob@desk>;expires=0"))
                .isEqualTo("200 <sip:bob@cell>;expires=1799");
        assertThat(ask(2, "a", 3, "Contact: <sip:bob@nowhere>", "Expires: 0"))
                .isEqualTo("200 <sip:bob@cell>;expires=1798");
    }

    /// The ancestor's registrars never understood the star (S5, U2).
    //= rfc3261#10.3-18 the star removes all
    @Test void all_phones_leave() {
        ask(0, "a", 1, "Contact: <sip:bob@desk>", "Contact: <sip:bob@cell>");
        assertThat(ask(1, "b", 1, "Contact: *", "Expires: 0")).isEqualTo("200 ");
        assertThat(events).containsExactly("sip:bob@example.com 2", "sip:bob@example.com 0");
    }

    //= rfc3261#10.3-17 the star with anything else is a bad request
    @Test void a_star_in_company() {
        ask(0, "a", 1, "Contact: <sip:bob@desk>");
        assertThat(ask(1, "a", 2, "Contact: *", "Contact: <sip:bob@cell>", "Expires: 0"))
                .startsWith("400");
        assertThat(ask(1, "a", 3, "Contact: *")).startsWith("400");
        assertThat(ask(1, "a", 4, "Contact: *", "Expires: 5")).startsWith("400");
        assertThat(last.reason()).isEqualTo("Contact: * needs Expires: 0 and no other Contact");
        assertThat(ask(1, "a", 5)).isEqualTo("200 <sip:bob@desk>;expires=1799");
    }

    //= rfc3261#10.3-19 a star that comes late removes nothing
    //= rfc3261#10.3-29 and the update of a contact that comes late is aborted
    @Test void requests_out_of_order() {
        ask(0, "a", 5, "Contact: <sip:bob@desk>");
        assertThat(ask(1, "a", 4, "Contact: <sip:bob@desk>;expires=0")).startsWith("500");
        //= rfc3261#10.3-20 the update is aborted, the request fails
        assertThat(ask(1, "a", 5, "Contact: *", "Expires: 0")).startsWith("500");
        //= rfc3261#7.2-1 and the reason phrase says why, in words of our choice
        assertThat(last.reason()).isEqualTo("CSeq Out Of Order");
        assertThat(ask(1, "b", 1)).isEqualTo("200 <sip:bob@desk>;expires=1799");
        // another user agent, or the same after a restart, counts anew
        assertThat(ask(2, "b", 1, "Contact: <sip:bob@desk>;expires=60"))
                .isEqualTo("200 <sip:bob@desk>;expires=60");
    }

    //= rfc3261#10.3-6 all of a request, or nothing
    @Test void the_second_contact_fails_and_the_first_is_not_kept() {
        ask(0, "a", 5, "Contact: <sip:bob@desk>");
        assertThat(ask(1, "a", 5, "Contact: <sip:bob@new>", "Contact: <sip:bob@desk>"))
                .startsWith("500");
        assertThat(ask(1, "a", 6, "Contact: <sip:bob@new>", "Contact: <sip:bob@x>;expires=5"))
                .startsWith("423");
        assertThat(ask(1, "a", 7, "Contact: <sip:bob@new>", "Contact: <sip:")).startsWith("400");
        assertThat(ask(1, "a", 8)).isEqualTo("200 <sip:bob@desk>;expires=1799");
        assertThat(events).hasSize(1);
    }

    //= rfc3261#10.3-25 too brief
    //= rfc3261#10.3-26 and Min-Expires says what would do
    //= rfc3261#10.3-24 while a longer expiration is only cut
    @Test void intervals() {
        assertThat(ask(0, "a", 1, "Contact: <sip:bob@desk>;expires=59")).isEqualTo("423 ");
        //= rfc3261#10.3-25 one second too is greater than zero
        assertThat(ask(0, "a", 1, "Contact: <sip:bob@desk>;expires=1")).isEqualTo("423 ");
        assertThat(last.need("Min-Expires")).isEqualTo("60");
        //= rfc3261#10.2-13 values larger than 2**32-1 are cut like that one
        assertThat(ask(0, "a", 2, "Contact: <sip:bob@desk>;expires=99999999999999999999"))
                .isEqualTo("200 <sip:bob@desk>;expires=7200");
        //= rfc3261#10.2-14 and a malformed one is 3600
        assertThat(ask(0, "a", 3, "Contact: <sip:bob@desk>;expires=soon"))
                .isEqualTo("200 <sip:bob@desk>;expires=3600");
        assertThat(ask(0, "a", 4, "Contact: <sip:bob@desk>", "Expires: 1:2"))
                .isEqualTo("200 <sip:bob@desk>;expires=3600");
        assertThat(ask(0, "a", 5, "Contact: <sip:bob@desk>;expires=0000000060"))
                .isEqualTo("200 <sip:bob@desk>;expires=60");
    }

    //= rfc3261#10.3-25 only what is smaller than an hour may be too brief
    @Test void an_hour_is_never_too_brief() {
        registrar = new Registrar(ProxyPlay.HOME, new Limits(Duration.ofHours(2),
                Duration.ofHours(3), Duration.ofHours(4), 3, 2), Guard.OPEN, bindings, List.of(),
                new SplittableRandom(1));
        assertThat(ask(0, "a", 1, "Contact: <sip:bob@desk>;expires=3599")).isEqualTo("423 ");
        assertThat(ask(0, "a", 1, "Contact: <sip:bob@desk>;expires=3600"))
                .isEqualTo("200 <sip:bob@desk>;expires=3600");
    }

    //= rfc3261#10.3-33 expires is what was granted, though a moment passed until it was kept
    @Test void who_asks_for_what_was_granted_gets_it() {
        slow = true;
        ask(0, "a", 1, "Contact: <sip:bob@desk>;expires=60");
        for (var kept : List.of(new LocationService.Kept(1), new LocationService.Kept(2))) {
            told(registrar.handle(new Input.Asked(kept), Instant.ofEpochMilli(kept.id() * 30)));
            assertThat(last.need("Contact")).isEqualTo("<sip:bob@desk>;expires=60");
            ask(0, "a", 2, last.need("Contact").replaceAll("^", "Contact: "));
        }
    }

    //= rfc3261#10.3-15 the canonical form is the key
    //= rfc3261#10.3-16 without parameters, without needless escapes
    @Test void spellings_of_one_address() {
        ask(0, "a", 1, "Contact: <sip:bob@desk>");
        for (var to : List.of("Bob <sip:%62ob@EXAMPLE.com;user=phone>", "sip:bob@192.0.2.1"))
            assertThat(ask(0, request("b", 1).with("To", to), DIRECT).list("Contact"))
                    .as(to).containsExactly("<sip:bob@desk>;expires=1800");
    }

    //= rfc3261#10.3-28 a higher CSeq updates the existing binding, however its URI is spelt
    @Test void a_refresh() {
        ask(0, "a", 1, "Contact: <sip:bob@desk;transport=udp>");
        assertThat(ask(9, "a", 2, "Contact: <sip:%62ob@DESK;transport=UDP>"))
                .isEqualTo("200 <sip:%62ob@DESK;transport=UDP>;expires=1800");
        assertThat(registrar.contacts()).isEqualTo(1);
    }

    //= rfc3261#10.3-7 what is asked for one address is independent of all others
    @Test void two_users_of_one_user_agent() {
        ask(0, "a", 7, "Contact: <sip:bob@desk>");
        var ann = request("a", 7, "Contact: <sip:ann@desk>").with("To", "<sip:ann@example.com>");
        assertThat(ask(9, ann, DIRECT).list("Contact"))
                .containsExactly("<sip:ann@desk>;expires=1800");
        assertThat(ask(9, "a", 8)).isEqualTo("200 <sip:bob@desk>;expires=1791");
    }

    //= rfc3261#10.3-3,4 Record-Route is ignored, and is not included in the response
    @Test void record_route_has_no_place_in_a_registration() {
        assertThat(ask(0, "a", 1, "Contact: <sip:bob@desk>", "Record-Route: <sip:p1;lr>"))
                .isEqualTo("200 <sip:bob@desk>;expires=1800");
        assertThat(last.has("Record-Route")).isFalse();
    }

    //= rfc3261#10.3-1 whatever a registrar is asked, its response is no 6xx
    @Test void nothing_is_declined_for_all_places() {
        int cseq = 0;
        for (var to : List.of("<sip:bob@example.com>", "<sip:b@far.example>", "<tel:+1>", "<"))
            for (var contact : List.of("*", "<sip:bob@desk>", "<sip:bob@h1>;expires=5", "<sip:"))
                for (var more : List.of("Expires: 0", "Expires: 7", "Require: x", "Subject: x"))
                    assertThat(ask(0, request("a", cseq++ % 7, "Contact:" + contact, more)
                            .with("To", to), DIRECT).status()).isBetween(200, 599);
    }

    //= rfc3261#10.2.1-1 a contact may be of any URI scheme
    @Test void a_telephone_and_a_mail_box() {
        assertThat(ask(0, "a", 1, "Contact: <tel:+1-201-555-0123>, <mailto:bob@biloxi.com>"))
                .isEqualTo("200 <tel:+1-201-555-0123>;expires=1800 "
                        + "<mailto:bob@biloxi.com>;expires=1800");
    }

    //= rfc3261#10.3-14 an address that is none of ours
    //= rfc3261#10.3-9 an extension that is none of ours
    //= rfc3261#10.3-13 a user who may not
    @Test void refusals() {
        assertThat(ask(0, request("a", 1).with("To", "<sip:bob@far.example>"), DIRECT).status())
                .isEqualTo(404);
        assertThat(ask(0, request("a", 1, "Require: path, gruu"), DIRECT).need("Unsupported"))
                .isEqualTo("path, gruu");
        assertThat(last.status()).isEqualTo(420);
        //= rfc3261#10.3-10 who is asked whether this user agent may register
        var strict = registrar((_, _, purpose, _) -> Optional.of(Refusal.of(403))
                .filter(_ -> purpose == Guard.Purpose.REGISTER));
        var outputs = strict.handle(new Input.Received(new TransactionId("b", "", "REGISTER"),
                request("a", 1, "Contact: <sip:bob@desk>"), DIRECT), Instant.EPOCH);
        assertThat(outputs).singleElement().matches(o ->
                o instanceof Output.Respond(_, var response) && response.status() == 403);
        assertThat(strict.contacts()).isZero();
    }

    @Test void limits() {
        assertThat(ask(0, "a", 1,
                "Contact: <sip:bob@h1>, <sip:bob@h2>, <sip:bob@h3>, <sip:bob@h4>"))
                .isEqualTo("403 ");
        assertThat(registrar.contacts()).isZero();
        for (var user : List.of("ann", "ben"))
            ask(0, request(user, 1, "Contact: <sip:" + user + "@desk>")
                    .with("To", "<sip:" + user + "@example.com>"), DIRECT);
        assertThat(ask(0, "a", 2, "Contact: <sip:bob@h1>")).isEqualTo("503 ");
        assertThat(last.need("Retry-After")).isEqualTo("60");
    }

    /// A phone behind a NAT is seen from another address than it writes into its Via.
    @Test void the_way_back_is_kept_when_the_address_is_translated() {
        var outside = Flow.udp(DIRECT.local(), ProxyPlay.address("203.0.113.8", 40000));
        ask(0, request("a", 1, "Contact: <sip:bob@198.51.100.4>"), outside);
        assertThat(bob().flow()).contains(outside);
        // one that says the truth is reached at its contact; so is one registered by another
        ask(1, request("a", 2, "Contact: <sip:bob@198.51.100.4>"), DIRECT);
        assertThat(bob().flow()).isEmpty();
        ask(2, request("a", 3, "Contact: <sip:bob@198.51.100.4>")
                .with("Via", "SIP/2.0/UDP 192.0.2.77;branch=z9hG4bKr"), outside);
        assertThat(bob().flow()).isEmpty();
        // and one whose REGISTER has come through a proxy, which the flow leads to
        ask(3, request("a", 4, "Contact: <sip:bob@198.51.100.4>").with("Via",
                "SIP/2.0/UDP 198.51.100.4;branch=z9hG4bKp, SIP/2.0/UDP 10.0.0.4;branch=z9hG4bKr"),
                outside);
        assertThat(bob().flow()).isEmpty();
    }

    //= rfc5626#7-5 the bindings that use a flow are invalidated when it ends
    @Test void a_phone_on_tcp_is_bound_to_its_connection() {
        var stream = new Flow(Transport.TCP, DIRECT.local(), DIRECT.remote(), 3);
        ask(0, request("a", 1, "Contact: <sip:bob@198.51.100.4:41000;transport=tcp>"), stream);
        assertThat(bob().flow()).contains(stream);
        told(registrar.handle(new Input.FlowEnded(stream), Instant.ofEpochSecond(1)));
        assertThat(registrar.contacts()).isZero();
        assertThat(events).containsExactly("sip:bob@example.com 1", "sip:bob@example.com only 0");
    }

    //= rfc3261#10.3-5 one after the other, in the order they came
    //= rfc3261#10.3-30 nothing is answered, or seen by a proxy, before it is kept
    @Test void a_registration_is_answered_when_it_is_kept() {
        slow = true;
        ask(0, "a", 1, "Contact: <sip:bob@desk>");
        ask(0, "a", 2, "Contact: <sip:bob@desk>;expires=90");
        ask(0, "a", 3);
        ask(0, "a", 4, "Contact: <sip:");
        ask(0, "a", 5, "Contact: *", "Expires: 0");
        ask(0, request("b", 6, "Contact: <sip:ann@x>").with("To", "<sip:ann@example.com>"), DIRECT);
        assertThat(answers).isEmpty();
        assertThat(registrar.contacts()).isZero();
        assertThat(events).containsExactly("sip:bob@example.com 1", "sip:ann@example.com 1");
        answer(1, new LocationService.Kept(1));
        assertThat(answers).containsExactly("200 1");
        assertThat(bob().expires()).isEqualTo(Instant.ofEpochSecond(1800));
        answer(2, new LocationService.Kept(3));
        assertThat(answers).containsExactly("200 1", "200 2", "200 3", "400 4");
        assertThat(bob().expires()).isEqualTo(Instant.ofEpochSecond(91));
        answer(3, new LocationService.Kept(4));
        answer(3, new LocationService.Kept(4));   // said twice
        answer(3, new LocationService.Kept(2));
        assertThat(answers).endsWith("200 5", "200 6");
        assertThat(registrar.contacts()).isEqualTo(1);
        assertThat(registrar.pending()).isZero();
    }

    //= rfc3261#10.3-31 the location service could not commit: all is as before
    @Test void what_cannot_be_kept_fails_and_changes_nothing() {
        ask(0, "a", 1, "Contact: <sip:bob@desk>");
        slow = true;
        ask(1, "a", 2, "Contact: *", "Expires: 0");
        ask(1, "a", 3, "Contact: <sip:bob@cell>");
        answer(1, new LocationService.NotKept(2));
        assertThat(last.need("Retry-After")).isEqualTo("10");
        assertThat(last.has("Warning")).isFalse();
        assertThat(registrar.contacts()).isEqualTo(1);
        answer(1, new LocationService.Kept(3, List.of(new Header("Warning", "399 x y"))));
        assertThat(last.first("Warning")).contains("399 x y");
        assertThat(answers).containsExactly("200 1", "500 2", "200 3");
        assertThat(registrar.contacts()).isEqualTo(2);
    }

    /// As a disk that hangs does: the next REGISTER has its own chance, and what is kept too late
    /// is taken back, unless another one for the same address is under way.
    //= rfc3261#10.3-31 what the location service does not commit in time fails, too
    @Test void a_location_service_that_says_nothing_is_waited_for_ten_seconds() {
        ask(0, "a", 1, "Contact: <sip:bob@desk>");
        slow = true;
        ask(1, "a", 2, "Contact: <sip:bob@cell>");
        ask(5, "a", 3, "Contact: *", "Expires: 0");
        assertThat(registrar.deadline()).isEqualTo(Instant.ofEpochSecond(11));
        told(registrar.wake(Instant.ofEpochSecond(11)));
        assertThat(answers).containsExactly("200 1", "500 2");
        assertThat(last.need("Retry-After")).isEqualTo("10");
        assertThat(registrar.deadline()).isEqualTo(Instant.ofEpochSecond(21));
        answer(12, new LocationService.Kept(2));
        assertThat(answers).hasSize(2);
        told(registrar.wake(Instant.ofEpochSecond(21)));
        assertThat(answers).containsExactly("200 1", "500 2", "500 3");
        assertThat(events).endsWith("sip:bob@example.com 2", "sip:bob@example.com 0");
        answer(22, new LocationService.Kept(3));
        assertThat(events).endsWith("sip:bob@example.com 0", "sip:bob@example.com only 1");
        answer(22, new LocationService.NotKept(3));
        assertThat(registrar.pending()).isZero();
        assertThat(registrar.contacts()).isEqualTo(1);
    }

    @Test void a_connection_that_ends_while_its_registration_is_being_kept_takes_it_along() {
        var stream = new Flow(Transport.TCP, DIRECT.local(), DIRECT.remote(), 3);
        slow = true;
        ask(0, request("a", 1, "Contact: <sip:bob@198.51.100.4:41000;transport=tcp>"), stream);
        told(registrar.handle(new Input.FlowEnded(stream), Instant.EPOCH));
        answer(0, new LocationService.Kept(1));
        assertThat(registrar.contacts()).isZero();
    }

    @Test void what_was_kept_is_there_after_a_restart_unless_it_has_expired() {
        ask(0, "a", 1, "Contact: <sip:bob@desk>;expires=100, <sip:bob@cell>;expires=200");
        var kept = new TreeMap<>(
                Map.of(BOB, bindings.of(BOB)));
        var anew = registrar(Guard.OPEN);
        anew.handle(new Input.Asked(new LocationService.Restored(kept)),
                Instant.ofEpochSecond(150));
        told(anew.wake(Instant.ofEpochSecond(150)));
        assertThat(bindings.of(BOB)).singleElement().matches(
                b -> b.contact().toString().equals("<sip:bob@cell>"));
        assertThat(events).endsWith("sip:bob@example.com only 1");
    }

    private Binding bob() { return bindings.of(BOB).getFirst(); }
}
