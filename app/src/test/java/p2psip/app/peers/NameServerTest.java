package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Sipd;
import p2psip.app.voip.*;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3263.Locator;

/// Servers are found in zones of real name servers. Needs BIND (named) or dnsmasq.
class NameServerTest {
    private static final String ZONE = """
            $TTL 60
            @ IN SOA ns hostmaster 1 5 5 60 5
            @ IN NS ns
            ns IN A 127.0.0.1
            @ IN NAPTR 50 50 "s" "SIPS+D2T" "" _sips._tcp.p2psip.test.
            @ IN NAPTR 90 50 "s" "SIP+D2T" "" _sip._tcp.p2psip.test.
            @ IN NAPTR 100 50 "s" "SIP+D2U" "" _sip._udp.p2psip.test.
            _sips._tcp IN SRV 0 0 15061 a.p2psip.test.
            _sip._tcp IN SRV 0 1 15060 a.p2psip.test.
            _sip._tcp IN SRV 0 2 15062 b.p2psip.test.
            _sip._udp IN SRV 0 0 DEAD a.p2psip.test.
            _sip._udp IN SRV 10 0 LIVE a.p2psip.test.
            a IN A 127.0.0.1
            a IN AAAA ::1
            b IN A 127.0.0.2
            _sip._udp.srvonly IN SRV 0 0 15070 a.p2psip.test.
            empty IN A 127.0.0.4
            _sip._udp.empty IN SRV 0 0 0 .
            loop IN CNAME loop2
            loop2 IN CNAME loop
            www IN CNAME a
            """;

    @TempDir Path folder;
    private Programs programs;
    private int port, dead, live;
    private RealHost host;

    @BeforeEach void begin() {
        programs = new Programs(folder);
        port = Ports.run(4);
        dead = port + 1;
        live = port + 2;
        host = new RealHost(RealHost.Options.of(Optional.empty()).asking(Optional.of(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port))));
    }

    @AfterEach void end() {
        host.close();
        programs.close();
    }

    private void named() throws IOException {
        Programs.assumeThere("named");
        var big = IntStream.range(0, 40).mapToObj(i -> "_sip._udp.big IN SRV " + i + " 0 "
                + (15_000 + i) + " host-with-a-long-name-" + i + ".p2psip.test.\n"
                + "host-with-a-long-name-" + i + " IN A 127.0.1." + i + "\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("zone"), ZONE.replace("DEAD", "" + dead)
                .replace("LIVE", "" + live) + big);
        var settings = Files.writeString(folder.resolve("named.conf"), """
                options { directory "%1$s"; listen-on port %2$d { 127.0.0.1; };
                    listen-on-v6 { none; }; pid-file "%1$s/pid"; session-keyfile "%1$s/key";
                    recursion no; allow-query { 127.0.0.0/8; }; dnssec-validation no; notify no;
                    querylog yes; };
                controls { };
                zone "p2psip.test" { type primary; file "%1$s/zone"; };
                """.formatted(folder, port));
        programs.start("named", "-g", "-c", "" + settings);
        programs.says("all zones loaded");   // "running as" is its first line
    }

    private void dnsmasq() throws IOException {
        Programs.assumeThere("dnsmasq");
        programs.start("dnsmasq", "-k", "-p", "" + port, "-i", "lo", "--bind-interfaces",
                "-a", "127.0.0.1", "-R", "-h", "-C", "/dev/null", "--pid-file=", "--user=",
                "--log-facility=-", "--log-queries",
                "--naptr-record=p2psip.test,50,50,s,SIPS+D2T,,_sips._tcp.p2psip.test",
                "--naptr-record=p2psip.test,100,50,s,SIP+D2U,,_sip._udp.p2psip.test",
                "--srv-host=_sip._udp.p2psip.test,a.p2psip.test," + dead + ",0,1",
                "--srv-host=_sip._udp.p2psip.test,a.p2psip.test," + live + ",10,1",
                "--srv-host=_sips._tcp.p2psip.test,a.p2psip.test,15061,0,1",
                "--host-record=a.p2psip.test,127.0.0.1,::1");
        programs.says("started");
    }

    /// Looks for servers on a host, as a phone of these transports would.
    private static final class Finder implements Machine<Event, Effect> {
        private static final Id QUESTION = Id.PROGRAM;

        private final Locator locator;
        private long lookups;

        Finder(Host.Room room, Set<Transport> spoken) {
            locator = new Locator(spoken.stream().flatMap(transport -> Stream.of(
                    "127.0.0.1", "::1").map(ip -> new ListeningPoint(transport,
                            new InetSocketAddress(InetAddress.ofLiteral(ip), 5060)))).toList(),
                    room.random());
        }

        @Override public Instant deadline() { return Instant.MAX; }

        @Override public List<Effect> wake(Instant now) { return List.of(); }

        @Override public List<Effect> handle(Event event, Instant now) {
            return switch (event) {
                case Event.Command(String uri) -> said(locator.handle(
                        new ServerLocation.Input.Locate(++lookups, uri, false), now));
                case Event.Command _ -> List.of(new Effect.Exit());
                case Event.Answered(var id, var answer) -> said(locator.handle(
                        new Stack.Input.Answered(id.number(), answer), now));
                default -> throw new AssertionError(event);
            };
        }

        private static List<Effect> said(List<ServerLocation.Output> outputs) {
            return outputs.stream().<Effect>map(output -> switch (output) {
                case Stack.Output.Query(long query, var question) ->
                        new Effect.Query(QUESTION.with(query), question);
                case ServerLocation.Output.Located(_, var targets) -> new Effect.Tell(
                        targets.stream().map(target -> target.transport() + " "
                                + HostName.text(target.address())).toList());
                case Stack.Output.Remark(var text, _) -> new Effect.Tell(text);
            }).toList();
        }
    }

    private Host.Line finder(Transport... spoken) {
        return host.start("finder", room -> new Finder(room, Set.of(spoken)));
    }

    @SuppressWarnings("unchecked")
    private static List<String> find(Host.Line finder, String uri) {
        finder.command(uri);
        return (List<String>) finder.told(Duration.ofSeconds(20)).getFirst();
    }

    @Test void a_zone_of_bind() throws Exception {
        named();
        var udp = finder(Transport.UDP);
        assertThat(find(udp, "sip:p2psip.test")).containsExactly(
                "UDP [::1]:" + dead, "UDP 127.0.0.1:" + dead,
                "UDP [::1]:" + live, "UDP 127.0.0.1:" + live);
        assertThat(find(udp, "sips:p2psip.test")).isEmpty();
        assertThat(find(udp, "sip:srvonly.p2psip.test"))
                .containsExactly("UDP [::1]:15070", "UDP 127.0.0.1:15070");
        assertThat(find(udp, "sip:empty.p2psip.test")).as("decidedly not").isEmpty();
        assertThat(find(udp, "sip:empty.p2psip.test:5060")).containsExactly("UDP 127.0.0.4:5060");
        assertThat(find(udp, "sip:loop.p2psip.test")).isEmpty();
        assertThat(find(udp, "sip:no.p2psip.test")).isEmpty();
        assertThat(find(udp, "sip:www.p2psip.test:5060")).as("by its alias")
                .containsExactly("UDP [::1]:5060", "UDP 127.0.0.1:5060");
        var all = finder(Transport.UDP, Transport.TCP, Transport.TLS);
        assertThat(find(all, "sip:p2psip.test")).as("what it likes best")
                .containsExactly("TLS [::1]:15061", "TLS 127.0.0.1:15061");
        assertThat(find(all, "sips:p2psip.test"))
                .containsExactly("TLS [::1]:15061", "TLS 127.0.0.1:15061");
        var first = IntStream.range(0, 600).mapToObj(_ -> find(
                all, "sip:p2psip.test;transport=tcp").getFirst())
                .filter("TCP 127.0.0.2:15062"::equals).count();
        // of the numbers 0 to 3, drawn as RFC 2782 says, three are those of weight 2
        assertThat(first).as("its share").isBetween(400L, 500L);
    }

    @Test void an_answer_that_does_not_fit_into_a_datagram() throws Exception {
        named();
        assertThat(find(finder(Transport.UDP), "sip:big.p2psip.test")).isEqualTo(
                IntStream.range(0, 8).mapToObj(i -> "UDP 127.0.1." + i + ":" + (15_000 + i))
                        .toList());
        // as BIND writes down what it is asked: E(0) by UDP, E(0)T by TCP
        assertThat(programs.output())
                .containsPattern("_sip._udp.big.p2psip.test IN SRV .E\\(0\\) ")
                .containsPattern("_sip._udp.big.p2psip.test IN SRV .E\\(0\\)T ");
    }

    @Test void a_zone_of_dnsmasq() throws Exception {
        dnsmasq();
        var servers = List.of("UDP [::1]:" + dead, "UDP 127.0.0.1:" + dead,
                "UDP [::1]:" + live, "UDP 127.0.0.1:" + live);
        assertThat(find(finder(Transport.UDP), "sip:p2psip.test")).isEqualTo(servers);
        assertThat(find(finder(Transport.UDP, Transport.TLS), "sip:p2psip.test"))
                .containsExactly("TLS [::1]:15061", "TLS 127.0.0.1:15061");
        assertThat(find(finder(Transport.UDP), "sip:no.p2psip.test")).isEmpty();
    }

    /// The first server of the domain is dead: the system says so, and the second is tried.
    @Test void a_call_by_a_domain_whose_first_server_is_dead() throws Exception {
        named();
        var wish = new SipPort.Wish(List.of(InetAddress.ofLiteral("127.0.0.1")), live, false,
                EnumSet.of(Transport.UDP));
        assertThat(host.start("sipd", room -> new Sipd(new Sipd.Options(wish,
                List.of("p2psip.test"), Optional.empty(), false), room))
                .told(Duration.ofSeconds(10))).hasOnlyElementsOfType(Sipd.Ready.class);
        try (var alice = phone("alice"); var bob = phone("bob")) {
            long begin = System.nanoTime();
            bob.register();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(8));
            var call = alice.call("sip:bob@p2psip.test");
            call.hangUp();
        }
    }

    private Telephone phone(String user) {
        return Telephone.start(host, user, PhoneSetup.of("sip:" + user + "@p2psip.test")
                .through(SipUri.parse("sip:p2psip.test;transport=udp"))
                .local(InetAddress.ofLiteral("127.0.0.1")).calls(2).untraced());
    }
}
