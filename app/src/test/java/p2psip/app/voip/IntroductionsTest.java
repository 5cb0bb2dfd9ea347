package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.api.*;
import p2psip.app.host.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3840.FeatureSet;

/// What phones say of themselves and of their calls, by way of a server on loopback.
class IntroductionsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Queue<News> told = new ConcurrentLinkedQueue<>();
    private final Map<String, Address> contacts = new ConcurrentHashMap<>();
    private final Map<String, String> homes = new ConcurrentHashMap<>();

    private void serve(Incoming request) {
        request.header("Contact").ifPresent(contact ->
                contacts.put(request.method(), Address.parse(contact)));
        if (request.is("REGISTER")) {
            homes.put(request.to(), Address.parse(request.header("Contact").orElseThrow())
                    .uri().toString());
            request.register();
        } else if (request.uri().startsWith("sip:sales@"))
            request.proxy(homes.get("sip:bob@example.com"));
        else request.proxy();
    }

    private SipServer server(Host host) {
        return SipServer.start(host, new InetSocketAddress("127.0.0.1", 0), "example.com",
                this::serve);
    }

    private Telephone phone(Host host, String name, SipServer server,
            UnaryOperator<PhoneSetup> more) {
        var phone = Telephone.start(host, name, more.apply(PhoneSetup.of(
                "sip:" + name + "@example.com", server.address())), news -> {
                    if (name.equals("alice")) told.add(news);
                });
        phone.register();
        return phone;
    }

    private static FeatureSet features(Address contact) {
        return FeatureSet.of(contact.params());
    }

    private static boolean can(Address contact, String wish) {
        return features(contact).matches(FeatureSet.of(Params.parse(wish)));
    }

    // said in each registration
    @Test void a_phone_says_what_it_can_and_that_nobody_sits_there() {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var server = server(host)) {
            try (var _ = phone(host, "bob", server, setup -> setup)) {
                var contact = contacts.get("REGISTER");
                assertThat(features(contact).terms().keySet()).containsExactlyInAnyOrder(
                        "sip.audio", "sip.automata", "sip.methods", "sip.events");
                assertThat(can(contact, ";audio;methods=\"INVITE\"")).isTrue();
                assertThat(can(contact, ";methods=\"REFER\";events=\"presence\"")).isTrue();
                assertThat(can(contact, ";methods=\"PUBLISH\"")).isFalse();
                assertThat(can(contact, ";events=\"conference\"")).isFalse();
            }
            try (var _ = phone(host, "bob", server, setup -> setup.ringing().meeting())) {
                var contact = contacts.get("REGISTER");
                assertThat(features(contact).has("sip.automata")).isFalse();
                assertThat(can(contact, ";events=\"conference\"")).isTrue();
            }
        }
    }

    /// What it registers is what it says in Allow.
    //= rfc3840#7-1 feature parameters in an INVITE, as in its 2xx
    @Test void a_call_says_what_kind_of_phone_it_is() {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var server = server(host);
                var _ = phone(host, "bob", server, setup -> setup);
                var alice = phone(host, "alice", server, PhoneSetup::ringing);
                var _ = alice.call("sip:bob@example.com")) {
            assertThat(contacts.get("INVITE").params().has("audio")).isTrue();
            assertThat(contacts.get("INVITE").params().has("automata")).isFalse();
            assertThat(contacts.get("INVITE").params().has("methods")).isFalse();
        }
    }

    @Test void what_a_call_is_about_is_shown() {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var server = server(host);
                var alice = phone(host, "alice", server, setup -> setup);
                var bob = phone(host, "bob", server, setup -> setup)) {
            bob.call("sip:alice@example.com", "Lunch at one").close();
            bob.call("sip:alice@example.com").close();
            bob.call("sip:alice@example.com", "x".repeat(500)).close();
            alice.pause(Duration.ofMillis(200));
            assertThat(told.stream().filter(News.Incoming.class::isInstance)
                    .map(news -> ((News.Incoming) news).subject())).containsExactly(
                    "Lunch at one", "", "x".repeat(Introductions.LONGEST));
        }
    }

    /// Who answers for another says who he is, and the server vouches for it.
    //= rfc4916#4.4.2-3 the URI of From is that of the peer from then on
    @Test void who_has_taken_a_call_that_was_for_another_is_named() {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var server = server(host);
                var _ = phone(host, "bob", server, setup -> setup);
                var alice = phone(host, "alice", server, setup -> setup);
                var call = alice.call("sip:sales@example.com")) {
            var end = System.nanoTime() + SOON.toNanos();
            while (told.stream().noneMatch(News.Identified.class::isInstance)
                    && System.nanoTime() < end) alice.pause(Duration.ofMillis(20));
            assertThat(call.peer().orElseThrow().uri()).hasToString("sip:bob@example.com");
        }
    }

    /// A call that was for him is no news.
    @Test void who_was_called_is_not_named_again() {
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()));
                var server = server(host);
                var _ = phone(host, "bob", server, setup -> setup);
                var alice = phone(host, "alice", server, setup -> setup);
                var call = alice.call("sip:bob@example.com")) {
            call.talk(Duration.ofMillis(300));
            assertThat(told).noneMatch(News.Identified.class::isInstance);
        }
    }

    /// In a call the peer says that he is carol now.
    private static List<News> renamed(PhoneSetup setup) {
        var room = new MachineRoom(setup.port(5060), 42);
        room.request("INVITE", MachineRoom.sdp("m=audio 4000 RTP/AVP 0\n"));
        room.run(100);
        room.request("ACK", "");
        room.from = Optional.of("sip:carol@10.0.0.2");
        room.request("UPDATE", "");
        assertThat(room.sip.getLast()).startsWith("SIP/2.0 200");
        return room.news.stream().filter(News.Identified.class::isInstance).toList();
    }

    //= rfc4916#4.4.2-3 the URI in From is the remote URI from then on
    @Test void what_our_proxy_vouches_for_is_shown() {
        assertThat(renamed(PhoneSetup.of("sip:alice@10.0.0.1")
                .through(SipUri.parse("sip:10.0.0.2")))).singleElement().satisfies(news ->
                assertThat(((News.Identified) news).peer().uri())
                        .hasToString("sip:carol@10.0.0.2"));
    }

    @Test void who_was_called_has_nothing_to_say() {
        var room = new MachineRoom(PhoneSetup.at("sip:alice@10.0.0.1"), 42);
        room.request("INVITE", "application/sdp\r\nSupported: from-change",
                MachineRoom.sdp("m=audio 4000 RTP/AVP 0\n"));
        room.run(100);
        room.request("ACK", "");
        room.run(100);
        assertThat(room.news).anyMatch(News.Established.class::isInstance);
        assertThat(room.sip).noneMatch(text -> text.startsWith("UPDATE "));
    }

    /// Nobody vouches for who comes straight, or around the proxy: he may say what he likes.
    @Test void the_word_of_a_peer_alone_is_not_shown() {
        assertThat(renamed(PhoneSetup.of("sip:alice@10.0.0.1"))).isEmpty();
        assertThat(renamed(PhoneSetup.of("sip:alice@10.0.0.1")
                .through(SipUri.parse("sip:10.0.0.3")))).isEmpty();
    }
}
