package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Sipd;
import p2psip.app.stun.*;
import p2psip.app.trace.Trace;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc8489.Credential;
import p2psip.std.rfc8656.*;

/// Phones behind routers call each other through a plain proxy: what finds the way for their sound
/// is ICE alone.
class IceCallTest {
    private static final String HOUSE = "203.0.113.1";
    private static final InetAddress AT = InetAddress.ofLiteral(HOUSE);
    private static final Credential ALICE = new Credential("alice", "wonderland");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Trace> traces = new ArrayList<>();
    private final Network network = new Network(5, traces::add);
    private final SimHost house = network.host(HOUSE);
    private int homes;

    IceCallTest() {
        network.wires(Wire.of(Duration.ofMillis(20)));
        var wish = new SipPort.Wish(List.of(AT), 5060, false,
                EnumSet.of(Transport.UDP, Transport.TCP));
        assertThat(house.start("proxy", room -> new Sipd(new Sipd.Options(wish,
                List.of("example.com"), Optional.empty(), false), room)).told(SECOND)).hasSize(1);
        var line = house.start("turn", room -> new Relaying(new Relaying.Options(
                List.of(new Relaying.Place(Optional.empty(), new InetSocketAddress(AT, 3478))),
                new TurnServer.Settings("test", Map.of(Family.IPV4, AT), 50_000, 50_999,
                        Limits.USUAL, new Peers(List.of(), Set.of(AT))), "example.org",
                TurnUsers.of("example.org", List.of("alice:wonderland"), Optional.empty(),
                        room.wall()), Duration.ofMinutes(30), false), room.random()));
        assertThat(line.told(SECOND).getFirst()).isInstanceOf(Relaying.Ready.class);
    }

    private static IceOptions helped(String... uris) {
        return new IceOptions(true, Stream.of(uris).filter(uri -> uri.startsWith("stun"))
                .map(StunUri::parse).toList(), Stream.of(uris).filter(uri ->
                uri.startsWith("turn")).map(uri -> new IceOptions.Turn(TurnUri.parse(uri), ALICE))
                .toList());
    }

    private static final String STUN = "stun:" + HOUSE, TURN = "turn:" + HOUSE;

    private static Phone.Setup setup(String user, IceOptions ice) {
        return new Phone.Setup(Address.parse("sip:" + user + "@example.com"),
                Optional.of(SipUri.of("", new InetSocketAddress(AT, 5060))), Transport.TCP,
                Optional.empty(), Optional.empty(), 5060, 1, true, Source.Tone.A, true, true)
                .withIce(ice);
    }

    private Telephone phone(SimHost host, String user, IceOptions ice) {
        var phone = Telephone.start(host, user, setup(user, ice));
        phone.register();
        return phone;
    }

    private SimHost behind(Nat nat) {
        return network.nat(nat, "198.51.100." + ++homes).host("192.168.1." + homes);
    }

    private static Nat nat(String name) {
        return switch (name) {
            case "cone" -> Nat.PORT_RESTRICTED;
            case "full" -> Nat.FULL_CONE;
            default -> Nat.SYMMETRIC;
        };
    }

    private static void heard(Telephone.Call call) {
        assertThat(call.hears()).isTrue();
        assertThat(call.heardNothing()).isFalse();
    }

    @ParameterizedTest @CsvSource({"cone, cone, false", "full, symmetric, false",
        "symmetric, symmetric, true", "cone, symmetric, true"})
    void behind_routers(String caller, String callee, boolean relay) {
        try (var alice = phone(behind(nat(caller)), "alice", helped(STUN, TURN));
                var bob = phone(behind(nat(callee)), "bob", helped(STUN, TURN))) {
            var call = alice.call("sip:bob@example.com");
            var taken = bob.answer(SECOND).orElseThrow();
            call.talk(Duration.ofSeconds(3));
            heard(call);
            heard(taken);
            assertThat(call.way().orElseThrow().relay()).isEqualTo(relay);
            assertThat(taken.way().orElseThrow().relay()).isEqualTo(relay);
            call.hangUp();
        }
    }
}
