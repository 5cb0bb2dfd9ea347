package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc5626.Instance;

/// Two phones of one user at a server, of which one alone is meant.
class GruuPhoneTest {
    private static final String NAME = "urn:uuid:00000000-0000-4000-8000-0000000000";

    private final Network network = new Network(21);
    private final Map<Integer, String> reached = new TreeMap<>();
    private SimHost server;
    private Telephone desk, mobile, alice;

    @BeforeEach void begin() {
        server = network.host("10.0.0.1");
        serve(server);
        desk = phone("bob", 11);
        mobile = phone("bob", 12);
        alice = phone("alice", 13);
        for (var phone : List.of(desk, mobile, alice)) phone.register();
    }

    private static void serve(SimHost host) {
        var line = host.start("sipd", room -> new Sipd(new Sipd.Options(
                new SipPort.Wish(room.addresses(), 5060, false, EnumSet.of(Transport.UDP)),
                List.of(), Optional.empty(), List.of(), List.of(), Server.Mode.PROXY, false),
                room));
        assertThat(line.told(Duration.ofSeconds(1)))
                .singleElement().isInstanceOf(Sipd.Ready.class);
    }

    private Telephone phone(String user, int number) {
        var setup = PhoneSetup.of("sip:" + user + "@10.0.0.1")
                .through(SipUri.parse("sip:10.0.0.1")).port(5060).calls(10).untraced()
                .withInstance(new Instance(NAME + number));
        return Telephone.start(network.host("10.0.0." + number), user + number, setup, news -> {
            if (news instanceof News.Reached(var uri)) reached.put(number, uri);
        });
    }

    private static String gruu(int number) { return "sip:bob@10.0.0.1;gr=" + NAME + number; }

    @Test void one_phone_is_called_by_its_own_name() {
        var call = alice.call(gruu(12));
        assertThat(mobile.answer(Duration.ofSeconds(2))).isPresent();
        assertThat(reached.get(12)).isEqualTo(gruu(12));
        assertThat(desk.answer(Duration.ofSeconds(1))).isEmpty();
        call.hangUp();
    }

    /// What the server keeps of it outlives the server.
    @Test void it_is_the_same_after_the_server_was_started_again() {
        server.kill();
        network.run(Duration.ofSeconds(1));
        serve(server);
        alice.call(gruu(11)).hangUp();
        assertThat(desk.answer(Duration.ofSeconds(2))).isPresent();
    }
}
