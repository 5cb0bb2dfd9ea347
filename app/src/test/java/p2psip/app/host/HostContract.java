package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.host.Puppet.Strings;
import p2psip.std.Bytes;
import p2psip.std.rfc1035.Answer;
import p2psip.std.rfc1035.Question;
import p2psip.std.rfc1035.Question.Type;
import p2psip.std.rfc1035.ResourceRecord;
import p2psip.std.rfc5764.ProtectionProfile;
import p2psip.std.rfc7983.PacketKind;

/// What a node may rely on, whichever host it lives on: the same tests for both.
abstract class HostContract {
    static final InetSocketAddress GROUP = at("239.255.77.7", 15062);
    private static final Bytes HELLO = Bytes.utf8("hello"), ECHO = Bytes.utf8("echo");

    private static final Logger LOG = Logger.getLogger("p2psip.host");

    /// The host under test, always the same one until [#restarted].
    abstract Host host();

    /// The same computer after a stop and a new start.
    abstract Host restarted();

    static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    static final Way TCP = new Way.Tcp();

    static Id id(long number) { return Id.PROGRAM.with(number); }

    private static InetSocketAddress any() { return at("127.0.0.1", 0); }

    private Strings node(String name) { return new Strings(host(), name); }

    @Test void a_datagram_arrives_and_is_answered() {
        var alice = node("alice");
        var bob = node("bob");
        var a = alice.bind(any());
        var b = bob.bind(any());
        alice.pull(new Effect.Datagram(a, b, HELLO));
        assertThat(bob.hear(Event.Datagram.class))
                .isEqualTo(new Event.Datagram(id(1), b, a, HELLO));
        bob.pull(new Effect.Datagram(b, a, Bytes.EMPTY));
        assertThat(alice.hear(Event.Datagram.class))
                .isEqualTo(new Event.Datagram(id(1), a, b, Bytes.EMPTY));
    }

    @Test void a_wildcard_socket_hears_what_comes_to_any_address() {
        var alice = node("alice");
        var bob = node("bob");
        var a = alice.bind(any());
        var b = bob.bind(at("0.0.0.0", 0));
        alice.pull(new Effect.Datagram(a, at("127.0.0.1", b.getPort()), HELLO));
        assertThat(bob.hear(Event.Datagram.class))
                .isEqualTo(new Event.Datagram(id(1), b, a, HELLO));
        bob.pull(new Effect.Datagram(b, a, ECHO));
        assertThat(alice.hear(Event.Datagram.class).remote())
                .isEqualTo(at("127.0.0.1", b.getPort()));
    }

    @Test void a_port_in_use_is_refused_until_it_is_free_again() {
        var alice = node("alice");
        var bob = node("bob");
        var a = alice.bind(any());
        bob.pull(new Effect.Bind(id(7), a));
        assertThat(bob.hear(Event.NotBound.class))
                .isEqualTo(new Event.NotBound(id(7), a, "address already in use"));
        alice.pull(new Effect.Unbind(a), new Effect.Bind(id(2), any()));
        alice.hear(Event.Bound.class);
        assertThat(bob.bind(a)).isEqualTo(a);
    }

    private static final ProtectionProfile GCM = ProtectionProfile.SRTP_AEAD_AES_128_GCM,
            CM = ProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80;

    private final MediaCertificate hers = certificate(1), his = certificate(2);

    private static MediaCertificate certificate(long seed) {
        return MediaCertificate.make(new SplittableRandom(seed), Instant.now());
    }

    /// What alice and bob are told at last, in this order, of an association that she begins; of
    /// their flights those are lost of which `lost` says so.
    private List<Event> associate(List<ProtectionProfile> alices, List<ProtectionProfile> bobs,
            IntPredicate lost) {
        return associate(alices, bobs, lost, hers, his);
    }

    private List<Event> associate(List<ProtectionProfile> alices, List<ProtectionProfile> bobs,
            IntPredicate lost, MediaCertificate client, MediaCertificate server) {
        var alice = node("alice");
        var bob = node("bob");
        bob.pull(new Effect.Associate(id(3), false, server, bobs, List.of(hers.fingerprint())));
        alice.pull(new Effect.Associate(
                id(3), true, client, alices, List.of(his.fingerprint())));
        var said = new HashMap<Strings, Event>();
        int flights = 0;
        for (var end = System.nanoTime() + 20_000_000_000L;
                said.size() < 2 && System.nanoTime() < end;)
            for (var from : List.of(alice, bob))
                for (var told : from.rest(Duration.ofMillis(20))) switch (told) {
                    case Event.Flight(_, var datagram) -> {
                        assertThat(PacketKind.of(datagram)).isEqualTo(PacketKind.DTLS);
                        if (!lost.test(flights++)) (from == alice ? bob : alice)
                                .pull(new Effect.Hand(id(3), datagram));
                    }
                    case Event.OfAssociation event -> said.putIfAbsent(from, event);
                    default -> { }
                }
        return List.of(said.get(alice), said.get(bob));
    }

    //= rfc8122#6.2-1,3 the server presents a certificate, and the client does as well
    @Test void both_ends_of_an_association_get_its_keys_and_the_other_s_certificate() {
        var told = associate(List.of(GCM, CM), List.of(CM, GCM), _ -> false);
        var a = (Event.Associated) told.getFirst();
        var b = (Event.Associated) told.getLast();
        assertThat(a.certificate()).isEqualTo(his.der());
        assertThat(b.certificate()).isEqualTo(hers.der());
        assertThat(a.keys()).isEqualTo(b.keys());
        assertThat(a.keys().client()).isNotEqualTo(a.keys().server());
        // of those that both know the one that the server prefers
        assertThat(a.keys().policy().suite()).isEqualTo(CM.suite());
    }

    @Test void what_is_lost_of_a_handshake_is_sent_again() {
        var told = associate(List.of(GCM), List.of(GCM), i -> i < 12 && i % 3 != 1);
        assertThat(((Event.Associated) told.getFirst()).keys())
                .isEqualTo(((Event.Associated) told.getLast()).keys());
    }

    //= rfc8122#6.2-4,7 if a certificate does not match, the server terminates: bad_certificate
    @Test void a_client_that_shows_another_certificate_than_was_told_of_is_told_so() {
        var told = associate(List.of(GCM), List.of(GCM), _ -> false, certificate(3), his);
        unbelieved(told.getFirst(), told.getLast());
    }

    //= rfc8122#6.2-2 the client terminates with bad_certificate if the fingerprint is another's
    @Test void a_server_that_shows_another_certificate_than_was_told_of_is_told_so() {
        var told = associate(List.of(GCM), List.of(GCM), _ -> false, hers, certificate(3));
        unbelieved(told.getLast(), told.getFirst());
    }

    private static void unbelieved(Event there, Event here) {
        assertThat(((Event.NotAssociated) here).why())
                .endsWith("the peer's certificate is another than it has told of");
        assertThat(((Event.NotAssociated) there).why())
                .startsWith("the peer says bad_certificate");
    }

    @Test void without_a_profile_that_both_know_there_is_no_association() {
        assertThat(associate(List.of(GCM), List.of(CM), _ -> false))
                .allMatch(Event.NotAssociated.class::isInstance);
    }

    @Test void an_association_that_is_forgotten_says_nothing_more() {
        var alice = node("alice");
        alice.pull(new Effect.Associate(id(3), true, hers, List.of(GCM),
                List.of(his.fingerprint())));
        alice.hear(Event.Flight.class);
        alice.pull(new Effect.Dissociate(id(3)), new Effect.Hand(id(3), HELLO));
        alice.rest(Duration.ofMillis(10));
        assertThat(alice.rest(Host.FLIGHT.multipliedBy(3))).isEmpty();
    }

    @Test void an_address_of_another_computer_cannot_be_bound() {
        var alice = node("alice");
        for (var effect : List.of(new Effect.Bind(id(3), at("192.0.2.1", 0)),
                new Effect.Listen(id(3), TCP, at("192.0.2.1", 0)))) {
            alice.pull(effect);
            assertThat(alice.hear(Event.NotBound.class)).isEqualTo(
                    new Event.NotBound(id(3), at("192.0.2.1", 0), "no such address here"));
        }
    }

    @Test void a_datagram_too_long_or_from_nowhere_harms_nobody() {
        var alice = node("alice");
        var a = alice.bind(any());
        alice.pull(new Effect.Datagram(a, a, Bytes.wrap(new byte[Host.DATAGRAM + 1])),
                new Effect.Datagram(any(), a, HELLO), new Effect.Datagram(a, a, ECHO));
        assertThat(alice.hear(Event.Datagram.class).bytes()).isEqualTo(ECHO);
    }

    @Test void members_of_a_group_hear_what_is_sent_to_it_the_sender_too() {
        var alice = node("alice");
        var bob = node("bob");
        alice.pull(new Effect.JoinGroup(id(5), GROUP));
        assertThat(alice.hear(Event.Bound.class)).isEqualTo(new Event.Bound(id(5), GROUP));
        bob.pull(new Effect.JoinGroup(id(6), GROUP));
        assertThat(bob.hear(Event.Bound.class)).isEqualTo(new Event.Bound(id(6), GROUP));
        var a = alice.bind(at("127.0.0.1", 0));
        alice.pull(new Effect.Datagram(a, GROUP, HELLO));
        assertThat(alice.hear(Event.Datagram.class))
                .isEqualTo(new Event.Datagram(id(5), GROUP, a, HELLO));
        assertThat(bob.hear(Event.Datagram.class))
                .isEqualTo(new Event.Datagram(id(6), GROUP, a, HELLO));
        bob.pull(new Effect.Unbind(GROUP), new Effect.Bind(id(8), any()));
        bob.hear(Event.Bound.class);
        alice.pull(new Effect.Datagram(a, GROUP, ECHO));
        assertThat(alice.hear(Event.Datagram.class).bytes()).isEqualTo(ECHO);
        assertThat(bob.rest(Duration.ZERO)).isEmpty();
    }

    @Test void a_name_has_one_identity_also_after_a_restart() {
        var first = identity(node("alice"), "sip:alice@example.com");
        assertThat(identity(node("bob"), "sip:alice@example.com").key()).isEqualTo(first.key());
        assertThat(identity(node("carol"), "sip:bob@example.com").key())
                .isNotEqualTo(first.key());
        var again = new Strings(restarted(), "dave");
        assertThat(identity(again, "sip:alice@example.com").key()).isEqualTo(first.key());
    }

    private static Identity identity(Strings node, String name) {
        node.pull(new Effect.Identify(id(9), name));
        var answer = node.hear(Event.Identified.class);
        assertThat(answer.id()).isEqualTo(id(9));
        assertThat(answer.identity().name()).isEqualTo(name);
        return answer.identity();
    }

    @Test void a_stream_carries_all_bytes_in_order_both_ways() {
        var alice = node("alice");
        var bob = node("bob");
        bob.pull(new Effect.Listen(new Id(Id.Part.SIP, 7, 3), TCP, any()));
        var b = bob.hear(Event.Bound.class).local();
        alice.pull(new Effect.Open(id(1), TCP, b));
        var connected = alice.hear(Event.Connected.class);
        var accepted = bob.hear(Event.Accepted.class);
        assertThat(accepted.id().with(0)).as("of who listens").isEqualTo(new Id(Id.Part.SIP, 7, 0));
        assertThat(accepted.id().number()).isNegative();
        assertThat(accepted.remote()).isEqualTo(connected.local());
        for (var each : List.of(List.of(connected.way(), connected.proven()),
                List.of(accepted.way(), accepted.proven())))
            assertThat(each).isEqualTo(List.of(TCP, Optional.empty()));
        assertThat(List.of(connected.id(), connected.remote(), accepted.local()))
                .isEqualTo(List.of(id(1), b, b));

        var much = noise(Host.UNWRITTEN);
        alice.pull(new Effect.Write(id(1), much));
        assertThat(bob.read(much.size())).isEqualTo(much);
        bob.pull(new Effect.Write(accepted.id(), ECHO));
        assertThat(alice.read(ECHO.size())).isEqualTo(ECHO);
    }

    @Test void a_closed_stream_delivers_what_was_written_and_each_end_hears_of_it_once() {
        var alice = node("alice");
        var bob = node("bob");
        var b = bob.listen(any());
        var much = noise(200_000);
        alice.pull(List.of(new Effect.Open(id(1), TCP, b), new Effect.Write(id(1), much),
                new Effect.Close(id(1))));
        assertThat(alice.hear(Event.Closed.class)).isEqualTo(new Event.Closed(id(1), "closed"));
        var flow = bob.hear(Event.Accepted.class).id();
        assertThat(bob.read(much.size())).isEqualTo(much);
        assertThat(bob.hear(Event.Closed.class))
                .isEqualTo(new Event.Closed(flow, "closed by the peer"));
        bob.pull(new Effect.Write(flow, ECHO), new Effect.Close(flow),
                new Effect.Bind(id(9), any()));
        bob.hear(Event.Bound.class);
        assertThat(alice.rest(Duration.ZERO)).isEmpty();
        assertThat(bob.rest(Duration.ZERO)).isEmpty();
    }

    @Test void a_stream_to_where_nobody_listens_is_refused() {
        var alice = node("alice");
        var b = alice.listen(any());
        alice.pull(new Effect.Unbind(b), new Effect.Open(id(4), TCP, b));
        assertThat(alice.hear(Event.Closed.class)).isEqualTo(new Event.Closed(id(4), "refused"));
    }

    @Test void who_has_no_certificate_does_not_listen_by_less() {
        var alice = node("alice");
        alice.pull(new Effect.Listen(id(3), new Way.Tls("example.com"), any()));
        assertThat(alice.hear(Event.NotBound.class).why())
                .isEqualTo("no certificate for example.com");
    }

    @Test void addresses_and_localhost_are_resolved_without_the_dns() {
        var alice = node("alice");
        alice.pull(new Effect.Resolve(id(1), "192.0.2.7"));
        assertThat(alice.hear(Event.Resolved.class)).isEqualTo(
                new Event.Resolved(id(1), List.of(InetAddress.ofLiteral("192.0.2.7"))));
        alice.pull(new Effect.Resolve(id(2), "LocalHost"));
        assertThat(alice.hear(Event.Resolved.class).addresses())
                .startsWith(InetAddress.ofLiteral("127.0.0.1"));
    }

    @Test void of_addresses_and_localhost_there_are_no_records_but_addresses() {
        var alice = node("alice");
        alice.pull(new Effect.Query(id(1), new Question("LocalHost", Type.A)));
        assertThat(alice.hear(Event.Answered.class)).isEqualTo(new Event.Answered(id(1),
                new Answer.Found(List.of(new ResourceRecord.Address("localhost",
                        Duration.ofHours(1), InetAddress.ofLiteral("127.0.0.1"))))));
        alice.pull(new Effect.Query(id(2), new Question("localhost", Type.NAPTR)),
                new Effect.Query(id(3), new Question("192.0.2.7", Type.AAAA)));
        assertThat(alice.hear(Event.Answered.class).answer()).isInstanceOf(Answer.None.class);
        assertThat(alice.hear(Event.Answered.class).answer()).isInstanceOf(Answer.None.class);
    }

    @Test void who_is_watched_and_not_there_is_told_at_once() {
        var alice = node("alice");
        var bob = node("bob");
        var a = alice.bind(any());
        var b = bob.bind(any());
        bob.pull(new Effect.Unbind(b));
        alice.pull(new Effect.Datagram(a, b, HELLO));
        assertThat(alice.rest(Duration.ofMillis(50))).as("nobody watches").isEmpty();
        alice.pull(new Effect.Watch(a, b, true), new Effect.Datagram(a, b, HELLO));
        assertThat(alice.hear(Event.Unreachable.class))
                .isEqualTo(new Event.Unreachable(id(1), a, b));
        alice.pull(new Effect.Watch(a, b, false), new Effect.Datagram(a, b, HELLO));
        assertThat(alice.rest(Duration.ofMillis(50))).isEmpty();
    }

    /// Nothing else changes for who is watched, nor for others.
    @Test void who_is_watched_and_there_is_heard_as_before() {
        var alice = node("alice");
        var bob = node("bob");
        var carol = node("carol");
        var a = alice.bind(any());
        var b = bob.bind(any());
        var c = carol.bind(any());
        for (boolean watched : List.of(true, true, false, false)) {
            alice.pull(new Effect.Watch(a, b, watched), new Effect.Datagram(a, b, HELLO));
            assertThat(bob.hear(Event.Datagram.class).remote()).isEqualTo(a);
            bob.pull(new Effect.Datagram(b, a, ECHO));
            assertThat(alice.hear(Event.Datagram.class))
                    .isEqualTo(new Event.Datagram(id(1), a, b, ECHO));
            carol.pull(new Effect.Datagram(c, a, HELLO));
            assertThat(alice.hear(Event.Datagram.class))
                    .isEqualTo(new Event.Datagram(id(1), a, c, HELLO));
            carol.pull(new Effect.Bind(id(1), a));
            assertThat(carol.hear(Event.NotBound.class).why())
                    .isEqualTo("address already in use");
        }
        alice.pull(new Effect.Watch(a, b, true), new Effect.Unbind(a));
        assertThat(carol.bind(a)).as("the port is free at once").isEqualTo(a);
    }

    @Test void what_is_stored_is_found_by_prefix_also_after_a_restart() {
        var alice = node("alice");
        alice.pull(store(1, "k/2", "b", "k/1", "a", "l/1", "c", "k", "d"), store(2, "k/2", ""));
        assertThat(alice.hear(Event.Stored.class).id()).isEqualTo(id(1));
        assertThat(alice.hear(Event.Stored.class).id()).isEqualTo(id(2));
        alice.pull(store(3, "k/3", "e"), new Effect.Load(id(4), "k/"));
        var expected = new TreeMap<>(Map.of("k/1", Bytes.utf8("a"), "k/3", Bytes.utf8("e")));
        assertThat(alice.hear(Event.Loaded.class)).isEqualTo(new Event.Loaded(id(4), expected));

        var bob = node("bob");
        bob.pull(new Effect.Load(id(5), ""));
        assertThat(bob.hear(Event.Loaded.class).values()).isEmpty();

        var again = new Strings(restarted(), "alice");
        again.pull(new Effect.Load(id(6), "k/"));
        assertThat(again.hear(Event.Loaded.class)).isEqualTo(new Event.Loaded(id(6), expected));
    }

    @Test void an_alarm_rings_in_time_never_early() {
        var alice = node("alice");
        alice.pull(new Puppet.Alarm(Duration.ofMillis(20)));
        var rang = alice.hear(Puppet.Rang.class);
        assertThat(rang.at()).isAfterOrEqualTo(rang.due());
    }

    @Test void a_node_that_throws_is_ended_and_reported_the_others_live_on() {
        LOG.setLevel(Level.OFF);   // the stack trace it prints is as expected
        var alice = node("alice");
        var bob = node("bob");
        var a = alice.bind(any());
        alice.pull(new Puppet.Fail());
        var died = alice.hear(Host.Died.class);
        assertThat(died.node()).isEqualTo("alice");
        assertThat(died.bug()).hasMessage("as commanded");
        assertThat(bob.bind(a)).as("its port is free").isEqualTo(a);
        assertThat(alice.ended()).isTrue();
        assertThat(bob.ended()).isFalse();
    }

    @Test void a_node_that_ends_closes_all_it_had() {
        var alice = node("alice");
        var bob = node("bob");
        var a = alice.bind(any());
        var listening = alice.listen(any());
        bob.pull(new Effect.Open(id(1), TCP, listening));
        bob.hear(Event.Connected.class);
        alice.hear(Event.Accepted.class);
        alice.pull(new Effect.Exit());
        assertThat(bob.hear(Event.Closed.class).why()).isEqualTo("closed by the peer");
        assertThat(bob.bind(a)).isEqualTo(a);
        bob.pull(new Effect.Open(id(2), TCP, listening));
        assertThat(bob.hear(Event.Closed.class)).isEqualTo(new Event.Closed(id(2), "refused"));
        assertThat(alice.ended()).isTrue();
    }

    private static Bytes noise(int size) {
        var bytes = new byte[size];
        new SplittableRandom(7).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    /// Values to store, keys and values in turn; an empty value removes the key.
    private static Effect.Store store(long number, String... keysAndValues) {
        var values = new TreeMap<String, Optional<Bytes>>();
        for (int i = 0; i < keysAndValues.length; i += 2)
            values.put(keysAndValues[i], Optional.of(keysAndValues[i + 1])
                    .filter(value -> !value.isEmpty()).map(Bytes::utf8));
        return new Effect.Store(id(number), values);
    }
}
