package p2psip.std.rfc3263;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc1035.Answer;
import p2psip.std.rfc3261.*;

/// From a URI to targets, each step that is asked of the DNS in a line.
class LocatorTest {
    private static final String EXAMPLE = """
            example.com            NAPTR 50 50 "s" "SIPS+D2T" "" _sips._tcp.example.com.
            example.com            NAPTR 90 50 "s" "SIP+D2T" "" _sip._tcp.example.com.
            example.com            NAPTR 100 50 "s" "SIP+D2U" "" _sip._udp.example.com.
            _sip._tcp.example.com  SRV 0 1 5060 server1.example.com.
            _sip._tcp.example.com  SRV 1 2 5070 server2.example.com.
            _sips._tcp.example.com SRV 0 0 5061 server1.example.com.
            _sip._udp.example.com  SRV 0 0 5080 server2.example.com.
            server1.example.com    A 192.0.2.1
            server2.example.com    A 192.0.2.2
            example.com            A 192.0.2.9
            plain.example          A 192.0.2.7
            """;

    private final Zone plain = zone(EXAMPLE, Transport.UDP, Transport.TCP);
    private final Zone secure = zone(EXAMPLE, Transport.UDP, Transport.TCP, Transport.TLS);

    private static Zone zone(String text, Transport... spoken) {
        return zone(text, List.of("192.0.2.100"), spoken);
    }

    private static Zone zone(String text, List<String> ours, Transport... spoken) {
        return new Zone(new Locator(Stream.of(spoken).flatMap(transport -> ours.stream().map(
                ip -> new ListeningPoint(transport, new InetSocketAddress(
                        InetAddress.ofLiteral(ip), transport.defaultPort())))).toList(),
                new SplittableRandom(1)), text);
    }

    /// The example of §4.1.
    ///
    //= rfc3263#4.1-5 neither port nor transport: a NAPTR query
    //= rfc3263#4.1-8 TLS is none of ours: its record is discarded
    //= rfc3263#4.1¶8 TCP is what is preferred of what both speak
    @Test void a_domain_says_what_it_likes() {
        //= rfc3263#4.2¶5 then SRV on the record of the NAPTR, in the order of RFC 2782
        assertThat(plain.find("sip:user@example.com")).containsExactly("NAPTR example.com",
                "SRV _sip._tcp.example.com", "SRV _sip._udp.example.com",
                "A server1.example.com", "A server2.example.com",
                "-> TCP 192.0.2.1:5060", "-> TCP 192.0.2.2:5070");
    }

    //= rfc3263#4.1-7 for a SIP URI as well SIPS is retained where TLS is spoken
    @Test void who_speaks_tls_is_called_by_tls() {
        assertThat(secure.find("sip:user@example.com"))
                .endsWith("A server1.example.com", "-> TLS 192.0.2.1:5061 as example.com");
    }

    //= rfc3263#4.1-6 for a SIPS URI what is not SIPS is discarded
    @Test void a_sips_uri_is_never_downgraded() {
        assertThat(secure.find("sips:user@example.com")).containsExactly("NAPTR example.com",
                "SRV _sips._tcp.example.com", "A server1.example.com",
                "-> TLS 192.0.2.1:5061 as example.com");
        assertThat(plain.find("sips:user@example.com")).noneMatch(line -> line.startsWith("->"));
        secure.enter(EXAMPLE.lines().filter(line -> !line.contains("_sips._tcp"))
                .collect(Collectors.joining("\n")));
        secure.now = secure.now.plusSeconds(61);
        //= rfc3263#4.1-17 without SRV records TLS over TCP, at its own port
        assertThat(secure.find("sips:user@example.com")).containsExactly("NAPTR example.com",
                "! example.com has said SIPS in the DNS, and does no longer: is somebody changing"
                        + " what it says?",
                "SRV _sips._tcp.example.com", "A example.com",
                "-> TLS 192.0.2.9:5061 as example.com");
        assertThat(secure.find("sips:user@example.com;transport=udp")).isEmpty();
        assertThat(secure.find("sips:user@192.0.2.7;transport=tcp"))
                .containsExactly("-> TLS 192.0.2.7:5061 as 192.0.2.7");
    }

    //= rfc3263#7-1,2 what was said of SIPS is kept, and an alarm given when it ceases
    @Test void an_answer_without_sips_is_an_alarm_after_one_with_it() {
        assertThat(plain.find("sip:user@example.com")).noneMatch(line -> line.startsWith("!"));
        plain.now = plain.now.plusSeconds(61);
        plain.dies("example.com");
        assertThat(plain.find("sip:user@example.com")).element(1).asString()
                .startsWith("! example.com has said SIPS in the DNS, and does no longer");
        assertThat(plain.find("sip:user@plain.example"))
                .noneMatch(line -> line.startsWith("!"));
    }

    //= rfc3263#4.2¶5 SRV records are asked for that transport alone
    @Test void a_transport_parameter_decides() {
        assertThat(plain.find("sip:user@example.com;transport=udp")).containsExactly(
                "SRV _sip._udp.example.com", "A server2.example.com", "-> UDP 192.0.2.2:5080");
        assertThat(secure.find("sip:user@example.com;transport=tls")).containsExactly(
                "SRV _sips._tcp.example.com", "A server1.example.com",
                "-> TLS 192.0.2.1:5061 as example.com");
        assertThat(plain.find("sip:user@example.com;transport=sctp")).isEmpty();
        assertThat(plain.find("sip:user@example.com;transport=tls")).isEmpty();
    }

    //= rfc3263#4.1-1 the transport parameter says which transport is used
    //= rfc3263#4.1-2 UDP to a number, and TLS for sips
    //= rfc3263#4.2¶2 the number is used, with the port or the default of the transport
    @Test void numbers_are_asked_of_nobody() {
        assertThat(secure.find("sip:user@192.0.2.7")).containsExactly("-> UDP 192.0.2.7:5060");
        assertThat(secure.find("sip:user@192.0.2.7:99;transport=tcp"))
                .containsExactly("-> TCP 192.0.2.7:99");
        assertThat(secure.find("sip:user@[2001:db8::7]"))
                .containsExactly("-> UDP [2001:db8::7]:5060");
        assertThat(secure.find("sips:user@192.0.2.7"))
                .containsExactly("-> TLS 192.0.2.7:5061 as 192.0.2.7");
        //= rfc3263#4¶5 maddr is the TARGET, if present
        assertThat(secure.find("sip:user@example.com;maddr=192.0.2.8"))
                .containsExactly("-> UDP 192.0.2.8:5060");
        assertThat(secure.find("sip:user@192.0.2.1;maddr=plain.example")).last()
                .isEqualTo("-> UDP 192.0.2.7:5060");
        assertThat(zone("", Transport.TCP).find("sip:user@192.0.2.7")).isEmpty();
    }

    //= rfc3263#4.1-3 a name with a port: UDP for sip, TLS for sips
    //= rfc3263#4.2¶3 and addresses alone are looked up
    @Test void a_port_makes_it_a_host() {
        assertThat(secure.find("sip:user@example.com:5060"))
                .containsExactly("A example.com", "-> UDP 192.0.2.9:5060");
        assertThat(secure.find("sips:user@example.com:99"))
                .containsExactly("-> TLS 192.0.2.9:99 as example.com");
    }

    //= rfc3263#4.1¶13 no NAPTR records: SRV queries for all transport protocols spoken
    //= rfc3263#4.1-16 any that the server supports may be used
    @Test void a_domain_of_srv_records_alone() {
        var zone = zone("""
                _sip._tcp.srv.example SRV 0 0 5090 a.srv.example
                a.srv.example         A 192.0.2.3
                """, Transport.UDP, Transport.TCP, Transport.TLS);
        assertThat(zone.find("sip:user@srv.example")).containsExactly("NAPTR srv.example",
                "SRV _sip._udp.srv.example", "SRV _sip._tcp.srv.example", "A a.srv.example",
                "-> TCP 192.0.2.3:5090");
    }

    //= rfc3263#4.1-17 no SRV records: UDP for sip
    //= rfc3263#4.2¶6 to the domain itself, at the default port
    @Test void a_domain_of_addresses_alone() {
        assertThat(plain.find("sip:user@plain.example")).containsExactly("NAPTR plain.example",
                "SRV _sip._udp.plain.example", "SRV _sip._tcp.plain.example", "A plain.example",
                "-> UDP 192.0.2.7:5060");
        assertThat(plain.find("sip:user@nobody.example")).endsWith("A nobody.example");
        assertThat(zone(EXAMPLE, Transport.TCP).find("sip:user@plain.example"))
                .as("UDP is not spoken").endsWith("SRV _sip._tcp.plain.example");
    }

    @Test void a_root_for_a_target_says_that_there_is_no_such_service() {
        var zone = zone("""
                _sip._udp.empty.example SRV 0 0 0 .
                empty.example           A 192.0.2.4
                half.example            A 192.0.2.4
                _sip._udp.half.example  SRV 0 0 0 .
                _sip._tcp.half.example  SRV 0 0 5060 half.example
                """, Transport.UDP, Transport.TCP);
        assertThat(zone.find("sip:user@empty.example")).doesNotContain("A empty.example")
                .noneMatch(line -> line.startsWith("->"));
        assertThat(zone.find("sip:user@half.example")).last().isEqualTo("-> TCP 192.0.2.4:5060");
    }

    @Test void records_that_lead_to_no_service_are_passed_over() {
        var zone = zone("""
                odd.example       NAPTR 7 1 "s" "SIP+D2T" "" _last._tcp.example
                odd.example       NAPTR 1 1 "u" "SIP+D2U" "" _sip._udp.no.example
                odd.example       NAPTR 2 1 "s" "SIP+D2U" "!x!y!" _sip._udp.no.example
                odd.example       NAPTR 3 1 "s" "SIP+D2S" "" _sip._sctp.no.example
                odd.example       NAPTR 4 1 "s" "E2U+sip" "" _sip._udp.no.example
                odd.example       NAPTR 6 9 "S" "sip+d2t" "" _later._tcp.example
                odd.example       NAPTR 6 2 "S" "sip+d2u" "" _yes._udp.example
                _yes._udp.example SRV 0 0 5099 host.example
                host.example      A 192.0.2.5
                """, Transport.UDP, Transport.TCP);
        assertThat(zone.find("sip:user@odd.example")).containsExactly("NAPTR odd.example",
                "SRV _yes._udp.example", "SRV _later._tcp.example", "SRV _last._tcp.example",
                "A host.example",
                "-> UDP 192.0.2.5:5099");
    }

    //= rfc3263#4.2-1 the first record first
    //= rfc7984#3.1-1 addresses of all families that we have are looked up and used
    //= rfc7984#4-1 each SRV record's by address selection, and no other's addresses among them
    @Test void hosts_of_both_families() {
        var text = """
                _sip._tcp.both.example SRV 10 1 5060 sip-1.both.example
                _sip._tcp.both.example SRV 20 1 5060 sip-2.both.example
                sip-1.both.example     A 192.0.2.45
                sip-1.both.example     AAAA 2001:db8:58:c02::face
                sip-1.both.example     A 203.0.113.109
                sip-2.both.example     AAAA 2001:db8:58:c02::dead
                sip-2.both.example     A 192.0.2.75
                """;
        var both = zone(text, List.of("192.0.2.100", "2001:db8::100"), Transport.TCP);
        assertThat(both.find("sip:both.example;transport=tcp")).containsExactly(
                "SRV _sip._tcp.both.example", "AAAA sip-1.both.example", "A sip-1.both.example",
                "AAAA sip-2.both.example", "A sip-2.both.example",
                "-> TCP [2001:db8:58:c02::face]:5060", "-> TCP 192.0.2.45:5060",
                "-> TCP 203.0.113.109:5060", "-> TCP [2001:db8:58:c02::dead]:5060",
                "-> TCP 192.0.2.75:5060");
        //= rfc7984#3.1-2 the others are ignored, were they in the answer
        assertThat(zone(text, Transport.TCP).find("sip:sip-1.both.example:99;transport=tcp"))
                .containsExactly("A sip-1.both.example", "-> TCP 192.0.2.45:99",
                        "-> TCP 203.0.113.109:99");
    }

    @Test void what_an_answer_adds_is_not_asked_for() {
        plain.generous();
        assertThat(plain.find("sip:user@example.com")).containsExactly("NAPTR example.com",
                "-> TCP 192.0.2.1:5060", "-> TCP 192.0.2.2:5070");
    }

    @Test void of_many_servers_a_few_are_looked_up_and_others_if_those_are_nowhere() {
        var zone = zone(IntStream.range(0, 40).mapToObj(i -> "_sip._udp.big.example SRV " + i
                + " 0 5060 h" + i + ".example\n" + (i < 9 ? "" : "h" + i
                + ".example A 192.0.2." + i + "\n")).collect(Collectors.joining()),
                Transport.UDP);
        var lines = zone.find("sip:big.example;transport=udp");
        assertThat(lines.stream().filter(line -> line.startsWith("A "))).hasSize(16);
        assertThat(lines).contains("-> UDP 192.0.2.9:5060").last()
                .isEqualTo("-> UDP 192.0.2.15:5060");
    }

    @Test void a_name_server_that_is_silent_is_as_good_as_none() {
        plain.dies("example.com");
        assertThat(plain.find("sip:user@example.com"))
                .as("its SRV records are elsewhere").last().isEqualTo("-> UDP 192.0.2.2:5080");
        for (var name : List.of("plain.example", "_sip._udp.plain.example")) plain.dies(name);
        assertThat(plain.find("sip:user@plain.example")).last().isEqualTo("A plain.example");
    }

    @Test void aliases_that_go_round_end() {
        var zone = zone("""
                loop.example  CNAME loop2.example
                loop2.example CNAME loop.example
                """, Transport.UDP);
        assertThat(zone.find("sip:loop.example")).noneMatch(line -> line.startsWith("->"));
        assertThat(zone.find("sip:loop.example:5060")).noneMatch(line -> line.startsWith("->"));
    }

    //= rfc3263#4.4-2 a deterministic order for who keeps no state
    @Test void whoever_keeps_no_state_finds_the_same_each_time() {
        var text = IntStream.range(0, 8).mapToObj(i -> "_sip._udp.s.example SRV 0 1 5060 h" + i
                + ".s.example\nh" + i + ".s.example A 192.0.2." + i)
                .collect(Collectors.joining("\n"));
        var zone = zone(text, Transport.UDP);
        var first = zone.findSteadily("sip:s.example;transport=udp").subList(9, 17);
        var other = zone(text.lines().toList().reversed().stream()
                .collect(Collectors.joining("\n")), Transport.UDP);
        assertThat(other.findSteadily("sip:s.example;transport=udp")).endsWith(
                first.toArray(String[]::new));
        assertThat(IntStream.range(0, 20).mapToObj(_ -> zone.find("sip:s.example;transport=udp"))
                .distinct().count()).as("by chance for all others").isGreaterThan(5);
    }

    /// Where a response goes whose way is gone.
    ///
    //= rfc3263#5¶3 a number, with the port of sent-by or the default
    //= rfc3263#5¶4 a name with a port is a host
    //= rfc3263#5¶5 a name without one has SRV records, _sips where Via says TLS
    @Test void clients_are_found_by_sent_by() {
        assertThat(client(Transport.TCP, "192.0.2.3", 99)).containsExactly("-> TCP 192.0.2.3:99");
        //= rfc3263#5-1 and TLS remains TLS
        assertThat(client(Transport.TLS, "192.0.2.3", 0))
                .containsExactly("-> TLS 192.0.2.3:5061 as 192.0.2.3");
        assertThat(client(Transport.TCP, "example.com", 99))
                .containsExactly("A example.com", "-> TCP 192.0.2.9:99");
        assertThat(client(Transport.TLS, "example.com", 0)).containsExactly(
                "SRV _sips._tcp.example.com", "A server1.example.com",
                "-> TLS 192.0.2.1:5061 as example.com");
        assertThat(client(Transport.UDP, "example.com", 0)).containsExactly(
                "SRV _sip._udp.example.com", "A server2.example.com", "-> UDP 192.0.2.2:5080");
    }

    private List<String> client(Transport transport, String host, int port) {
        return secure.play(new ServerLocation.Input.LocateClient(1, transport, host,
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port)));
    }

    @Test void as_many_as_there_may_be_are_looked_for() {
        var locator = new Locator(List.of(new ListeningPoint(Transport.UDP,
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060))),
                new SplittableRandom(1));
        for (int i = 0; i < Locator.LIMIT; i++) locate(locator, i, "sip:x.example:5060");
        assertThat(locate(locator, -1, "sip:x.example:5060")).containsExactly(
                new ServerLocation.Output.Located(-1, List.of()));
        assertThat(locator.handle(new Stack.Input.Answered(
                1, new Answer.Failed("")), Instant.EPOCH)).hasSize(Locator.LIMIT);
        assertThat(locate(locator, -1, "sip:y.example:5060")).hasSize(1)
                .first().isInstanceOf(Stack.Output.Query.class);
    }

    private static List<ServerLocation.Output> locate(Locator locator, long id, String uri) {
        return locator.handle(new ServerLocation.Input.Locate(id, uri, false), Instant.EPOCH);
    }
}
