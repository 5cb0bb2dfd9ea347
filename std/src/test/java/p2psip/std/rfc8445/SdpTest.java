package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p2psip.std.rfc8445.CandidateType.*;
import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.*;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc8445.SdpReading.Use;

/// ICE in SDP: what is written, what is read, and what is passed over.
class SdpTest {
    private static final Credentials US = Credentials.random(new SplittableRandom(1));
    private static final Description FULL = new Description(US, false,
            List.of(Description.ICE2, Description.TRICKLE), Optional.of(Duration.ofMillis(50)));
    private static final String EXAMPLE = "2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr"
            + " 203.0.113.141 rport 8998";

    private static Candidate candidate(CandidateType type, int component, String ip, int port) {
        return new Candidate(type, "1", component, type.priority(65535, component), at(ip, port),
                at("10.0.0.1", 5000), type == HOST ? Optional.empty()
                : Optional.of(at("10.0.0.1", 5000)));
    }

    private static final List<Candidate> LOCALS = List.of(candidate(HOST, 1, "10.0.0.1", 5000),
            candidate(HOST, 2, "10.0.0.1", 5001),
            candidate(SERVER_REFLEXIVE, 1, "192.0.2.3", 40000),
            candidate(SERVER_REFLEXIVE, 2, "192.0.2.3", 40001));

    private static final String HEAD = "v=0\no=- 9 1 IN IP4 192.0.2.9\ns= \nc=IN IP4 192.0.2.3\n"
            + "t=0 0\n";

    private static SdpReading read(String rest) {
        return SdpReading.of(SessionDescription.parse(HEAD + rest)).getFirst();
    }

    private static Media audio(String more) {
        return SessionDescription.parse(HEAD + "m=audio 7000 RTP/AVP 0\n" + more).media()
                .getFirst();
    }

    private static String text(Media media) { return media.toString().replace("\r", ""); }

    //= rfc8839#5.1-6 raddr and rport are there for what is reflexive or relayed
    //= rfc8839#5.1-7 but not for a host candidate
    //= rfc8839#5.1-10 names and values that are not understood are ignored
    @Test void the_line_of_the_rfc_is_read_and_written_again() {
        var known = (SdpCandidate.Known) SdpCandidate.parse(EXAMPLE);
        assertThat(known.candidate()).isEqualTo(new Candidate(SERVER_REFLEXIVE, "2", 1,
                1694498815, at("192.0.2.3", 45664), at("192.0.2.3", 45664),
                Optional.of(at("203.0.113.141", 8998))));
        assertThat(SdpCandidate.attribute(known.candidate(), true).value()).isEqualTo(EXAMPLE);
        assertThat(SdpCandidate.parse(EXAMPLE + " generation 0 network-id x")).isEqualTo(known);
        assertThat(SdpCandidate.attribute(LOCALS.getFirst(), true).value())
                .isEqualTo("1 1 UDP 2130706431 10.0.0.1 5000 typ host");
    }

    //= rfc8839#5.1-8 a related address that is not revealed is 0.0.0.0 or ::, port 9
    //= rfc8839#9.1-1 in this case the address is 0.0.0.0, the port 9
    @Test void the_own_network_need_not_be_told() {
        assertThat(SdpCandidate.attribute(LOCALS.get(2), false).value())
                .endsWith(" raddr 0.0.0.0 rport 9").doesNotContain("10.0.0.1");
        assertThat(SdpCandidate.attribute(candidate(RELAYED, 1, "2001:db8::1", 5), false).value())
                .endsWith(" raddr :: rport 9");
    }

    //= rfc8839#5.1-1 addresses, none of them an FQDN
    @Property(tries = 300) void what_is_written_is_read(@ForAll CandidateType type,
            @ForAll @IntRange(min = 1, max = 256) int component,
            @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int priority,
            @ForAll @Size(16) byte[] ip, @ForAll boolean four,
            @ForAll @IntRange(min = 1, max = 65535) int port) throws UnknownHostException {
        var address = new InetSocketAddress(InetAddress.getByAddress(
                four ? Arrays.copyOf(ip, 4) : ip), port);
        var candidate = new Candidate(type, "Ab+/9", component, priority, address, address,
                type == HOST ? Optional.empty() : Optional.of(address));
        assertThat(SdpCandidate.parse(SdpCandidate.attribute(candidate, true).value()))
                .isEqualTo(new SdpCandidate.Known(candidate));
    }

    //= rfc8839#5.1-2 what is read with one is ignored, but for who may resolve it
    @Test void names_and_nonsense_are_passed_over() {
        var media = "m=audio 40000 RTP/AVP 0\na=ice-ufrag:abcd\na=ice-pwd:" + "p".repeat(22) + "\n";
        var bad = List.of("", "1", "1 1 TCP 1 192.0.2.1 9 typ host tcptype active",
                "1 1 UDP 0 192.0.2.1 9 typ host", "1 257 UDP 1 192.0.2.1 9 typ host",
                "1 1 UDP 1 192.0.2.1 0 typ host", "1 1 UDP 1 192.0.2.300 9 typ host",
                "1 1 UDP 1 192.0.2.1 9 typ other", "1 1 UDP 99999999999 192.0.2.1 9 typ host",
                "? 1 UDP 1 192.0.2.1 9 typ host", "1 1 UDP 1 fe80::1%eth0 9 typ host",
                "1 1 UDP 1 :::1 9 typ host", "1 1 UDP x 192.0.2.1 9 typ host");
        var reading = read(media + bad.stream().map(line -> "a=candidate:" + line + "\n")
                .collect(Collectors.joining())
                + "a=candidate:1 1 UDP 5 b0b.local 5000 typ host\na=candidate:" + EXAMPLE + "\n");
        assertThat(reading.candidates()).hasSize(1);
        assertThat(reading.remarks()).hasSize(bad.size());
        assertThat(reading.named()).singleElement().satisfies(one -> {
            assertThat(one.host()).isEqualTo("b0b.local");
            assertThat(one.at(InetAddress.ofLiteral("192.0.2.44")).address())
                    .isEqualTo(at("192.0.2.44", 5000));
        });
        assertThat(reading.use()).isEqualTo(Use.ICE);
        for (var line : bad) assertThatThrownBy(() -> SdpCandidate.parse(line))
                .isInstanceOf(SyntaxException.class);
    }

    //= rfc8839#4.3.1-1,2 each candidate, ice-ufrag and ice-pwd are in the offer
    //= rfc8839#4.2.2-1 candidates of both RTP and RTCP
    //= rfc8839#4.4.1.2.1-4 one matches the default destination
    @Test void before_a_pair_is_selected_all_candidates_are_told() {
        var media = SdpSection.running(FULL, LOCALS, true).into(audio("a=rtcp:7001\na=ptime:20\n"));
        assertThat(text(media)).isEqualTo("""
                m=audio 40000 RTP/AVP 0
                c=IN IP4 192.0.2.3
                a=ptime:20
                a=ice-ufrag:%s
                a=ice-pwd:%s
                a=candidate:1 1 UDP 2130706431 10.0.0.1 5000 typ host
                a=candidate:1 2 UDP 2130706430 10.0.0.1 5001 typ host
                a=candidate:1 1 UDP 1694498815 192.0.2.3 40000 typ srflx raddr 10.0.0.1 rport 5000
                a=candidate:1 2 UDP 1694498814 192.0.2.3 40001 typ srflx raddr 10.0.0.1 rport 5000
                a=end-of-candidates
                a=rtcp:40001 IN IP4 192.0.2.3
                """.formatted(US.ufrag(), US.pwd()));
        //= rfc8839#4.3.2-5 the transport of the m= line is that of the offer
        assertThat(media.proto()).isEqualTo("RTP/AVP");
        //= rfc8839#4.4.1.2.1-1 the same again in a later offer
        assertThat(SdpSection.running(FULL, LOCALS, true).into(media)).isEqualTo(media);
    }

    //= rfc8839#4.3.2-1,2 an answer has each candidate, ice-ufrag and ice-pwd, too
    //= rfc8839#5.4-1 an ice-ufrag and ice-pwd for each stream
    //= rfc8839#5.1-3,4 components start at 1 and RTCP is 2
    @Test void what_one_tells_the_other_reads() {
        var media = SdpSection.running(FULL, LOCALS, false).into(audio(""));
        var session = SessionDescription.parse(HEAD).withMedia(List.of(media));
        var reading = SdpReading.of(new SessionDescription(session.origin(), "", "", "", List.of(),
                List.of(), session.connections(), List.of(), session.times(), List.of(), "",
                SdpSection.session(FULL), List.of(media))).getFirst();
        assertThat(reading.description()).contains(FULL);
        assertThat(reading.candidates()).extracting(Candidate::address)
                .containsExactlyElementsOf(LOCALS.stream().map(Candidate::address).toList());
        assertThat(reading.candidates()).extracting(Candidate::component).contains(1, 2);
        assertThat(reading.done()).isFalse();
        assertThat(reading.inputs(1)).hasSize(5);
    }

    //= rfc8839#4.2.1.4-2 a full agent does not say ice-lite
    //= rfc8839#4.2.1.5-1 ice-options has the ice2 value
    //= rfc8839#4.3.1-3 ice-pacing is in the offer of a full agent
    @Test void the_session_says_what_kind_of_agent_it_is() {
        assertThat(SdpSection.session(FULL)).extracting(Object::toString)
                //= rfc8839#4.3.2-3 and in an answer of a full implementation
                .containsExactly("ice-options:ice2 trickle", "ice-pacing:50");
        //= rfc8839#4.2.5-1 the ice-options attribute is part of showing support
        //= rfc8838#3-3 trickle stands at the session level
        assertThat(SdpSection.session(Description.of(US))).hasSize(1);
    }

    private static SortedMap<Integer, Path> selected() {
        var paths = new TreeMap<Integer, Path>();
        for (int i = 0; i < 2; i++) paths.put(i + 1, new Path(LOCALS.get(2 + i), Candidate.remote(
                HOST, "7", i + 1, 9, at("203.0.113.1", 6000 + i))));
        return paths;
    }

    //= rfc8839#4.4.1.2.2-1 c= and m= match the nominated pair
    //= rfc8839#4.4.1.2.2-2 there are no candidates but those of the pair
    //= rfc8839#4.4.1.2.2-3 and remote-candidates, if the agent is controlling
    @Test void after_that_only_the_selected_ones() {
        var offer = SdpSection.completed(FULL, selected(), true).into(audio(""));
        //= rfc8839#5.2-1,2 a remote-candidates attribute in this offer, a value for each component
        assertThat(text(offer)).contains("m=audio 40000 ", "c=IN IP4 192.0.2.3\n",
                "a=remote-candidates:1 203.0.113.1 6000 2 203.0.113.1 6001\n");
        assertThat(offer.all("candidate")).hasSize(2);
        assertThat(read(text(offer)).remoteCandidates())
                .isEqualTo(Map.of(1, at("203.0.113.1", 6000), 2, at("203.0.113.1", 6001)));
        //= rfc8839#4.4.2-1 an answer has no remote-candidates
        assertThat(SdpSection.completed(FULL, selected(), false).into(audio(""))
                .has("remote-candidates")).isFalse();
    }

    //= rfc8839#4.4.2-4,5 the answer's default and its candidates are those that the offer named
    //= rfc8839#4.3.4-1,2 an updated offer is aligned with the nominated pair
    //= rfc8839#4.4.1.3-5,6 for a lite agent, too: a candidate and its remote-candidates
    @Test void the_default_destination_is_the_selected_candidate() {
        var lite = new Description(US, true, List.of(Description.ICE2), Optional.empty());
        for (var description : List.of(FULL, lite)) {
            var media = SdpSection.completed(description, selected(), true).into(audio(""));
            assertThat(media.port()).isEqualTo(40000);
            assertThat(media.connections()).containsExactly(
                    Connection.of(InetAddress.ofLiteral("192.0.2.3")));
            assertThat(media.all("candidate").toList().getFirst()).contains("192.0.2.3 40000");
            assertThat(media.has("remote-candidates")).isTrue();
        }
    }

    //= rfc8839#4.4.1.3-1 while it runs, all candidates of a lite agent are in each offer
    @Test void a_lite_agent_tells_all_its_candidates() {
        var lite = new Description(US, true, List.of(Description.ICE2), Optional.empty());
        assertThat(SdpSection.running(lite, LOCALS, true).into(audio("")).all("candidate"))
                .hasSize(4);
    }

    //= rfc8839#4.2.1.6-1 an inactive stream has its attributes of ICE
    //= rfc8839#4.2.1.6-2 one whose port is zero has no candidates
    //= rfc8839#4.4.1.1.2-1 a removed one has none, nor other attributes of ICE
    @Test void a_refused_stream_says_nothing_of_ice() {
        var section = SdpSection.running(FULL, LOCALS, true);
        assertThat(section.into(audio("a=inactive\nb=AS:0\n")).has("ice-ufrag")).isTrue();
        assertThat(text(section.into(section.into(audio("")).withPort(0))))
                .doesNotContain("ice-", "candidate");
        //= rfc8839#4.3.2-8 nor does an answer to somebody who does not know it
        assertThat(text(SdpSection.none(section.into(audio("")))))
                .doesNotContain("ice-", "candidate");
        //= rfc8839#4.3.2-6 without a candidate the default is 0.0.0.0, port 9
        assertThat(text(SdpSection.running(FULL, List.of(), false).into(audio(""))))
                .contains("m=audio 9 ", "c=IN IP4 0.0.0.0\n", "a=ice-ufrag");
    }

    private static final String ICE = "a=ice-ufrag:abcd\na=ice-pwd:pppppppppppppppppppppp\n";

    private static List<Use> uses(String media) {
        return SdpReading.of(SessionDescription.parse(HEAD + media)).stream()
                .map(SdpReading::use).toList();
    }

    //= rfc8839#4.2.5-2,3 ice-mismatch without candidates: RFC 3264 for this stream
    //= rfc8839#4.2.5-5 whoever gets that terminates ICE for it
    //= rfc8839#4.3.3-2,3 and uses ICE for the other data streams
    @Test void a_mismatch_may_be_told() {
        var told = text(SdpSection.mismatch(SdpSection.running(FULL, LOCALS, true)
                .into(audio(""))));
        assertThat(told).contains("a=ice-mismatch\n").doesNotContain("candidate:", "ice-ufrag");
        var good = "m=video 45664 RTP/AVP 31\n" + ICE + "a=candidate:" + EXAMPLE + "\n";
        //= rfc8839#5.3-1 ice-mismatch implies that ICE is not used
        assertThat(uses(told + good)).containsExactly(Use.MISMATCH_TOLD, Use.ICE);
    }

    //= rfc8839#4.3.3-1 told for all of the streams, or no support: no ICE at all
    //= rfc8839#4.3.3-4 found for one: no ICE for the entire session
    @Test void a_mismatch_may_be_found() {
        var good = "m=video 45664 RTP/AVP 31\n" + ICE + "a=candidate:" + EXAMPLE + "\n";
        var changed = "m=audio 1111 RTP/AVP 0\n" + ICE + "a=candidate:" + EXAMPLE + "\n";
        assertThat(uses(changed + good)).containsExactly(Use.MISMATCH_FOUND, Use.NONE);
        assertThat(uses("m=audio 1 RTP/AVP 0\n" + good)).containsExactly(Use.NONE, Use.ICE);
        assertThat(uses("m=audio 1 RTP/AVP 0\na=ice-mismatch\n"))
                .containsExactly(Use.MISMATCH_TOLD);
        var rtcp = "m=audio 45664 RTP/AVP 0\n" + ICE + "a=candidate:" + EXAMPLE
                + "\na=candidate:2 2 UDP 5 192.0.2.3 45665 typ host\na=rtcp:";
        assertThat(uses(rtcp + "45665\n")).containsExactly(Use.ICE);
        assertThat(uses(rtcp + "1 IN IP4 192.0.2.4\n")).containsExactly(Use.MISMATCH_FOUND);
        assertThat(uses(rtcp + "1\na=rtcp-mux\n")).containsExactly(Use.ICE);
        assertThat(SdpReading.of(SessionDescription.parse(HEAD + changed)).getFirst().inputs(1))
                .isEmpty();
    }

    //= rfc8839#4.2.5-4 0.0.0.0 with port 9 as the default is no failure
    //= rfc8839#4.2.5-6 nor is an FQDN
    @Test void a_default_destination_may_be_nowhere_or_a_name() {
        assertThat(uses("m=audio 9 RTP/AVP 0\nc=IN IP4 0.0.0.0\n" + ICE))
                .containsExactly(Use.ICE);
        assertThat(uses("m=audio 9 RTP/AVP 0\nc=IN IP6 ::\n" + ICE)).containsExactly(Use.ICE);
        assertThat(uses("m=audio 5000 RTP/AVP 0\nc=IN IP4 a.example\n" + ICE))
                .containsExactly(Use.ICE);
        assertThat(uses("m=audio 10 RTP/AVP 0\nc=IN IP4 0.0.0.0\n" + ICE))
                .containsExactly(Use.MISMATCH_FOUND);
    }

    //= rfc8838#3-2 who does not trickle is dealt with by regular ICE
    //= rfc8838#5-1 and so are his descriptions, which have all
    //= rfc8839#5.4¶2 what a medium says comes before what the session says
    @Test void who_does_not_trickle_has_no_more_candidates() {
        var reading = read("a=ice-ufrag:zzzz\n" + "m=audio 45664 RTP/AVP 0\n" + ICE
                + "a=candidate:" + EXAMPLE + "\n");
        assertThat(reading.done()).isTrue();
        assertThat(reading.description().orElseThrow().credentials().ufrag()).isEqualTo("abcd");
        assertThat(reading.inputs(1).getLast()).isEqualTo(new Agent.Input.RemoteDone(1));
        //= rfc8838#4-1 a description may have any mix of candidates
        //= rfc8838#5-2 or no candidates
        assertThat(read("m=audio 9 RTP/AVP 0\nc=IN IP4 0.0.0.0\na=ice-options:ice2 trickle\n"
                + ICE).done()).isFalse();
    }

    //= rfc8839#4.4.1.1.1-4 the same values from another level of SDP are no restart
    //= rfc8839#4.4.2.1-4 modified options, pacing or lite without a restart are to be rejected
    @Test void a_later_description_says_whether_it_restarts() {
        assertThat(FULL.change(FULL)).isEqualTo(Description.Change.NONE);
        var other = Credentials.random(new SplittableRandom(2));
        assertThat(FULL.change(new Description(other, true, List.of(), Optional.empty())))
                .isEqualTo(Description.Change.RESTART);
        for (var modified : List.of(new Description(US, true, FULL.options(), FULL.pacing()),
                new Description(US, false, List.of(), FULL.pacing()),
                new Description(US, false, FULL.options(), Optional.empty())))
            assertThat(FULL.change(modified)).isEqualTo(Description.Change.FORBIDDEN);
    }

    //= rfc8839#4.4.2-2 a losing pair that has failed: answered as without remote-candidates
    //= rfc8839#4.4.2-3 one whose check is in progress is waited for
    @Test void the_offer_may_be_faster_than_the_checks() {
        var puppet = Puppet.full(false).ready();
        assertThat(puppet.agent.race(1, 1, Puppet.BASE, Puppet.PEER)).isEqualTo(Agent.Race.WAIT);
        assertThat(puppet.agent.race(1, 1, Puppet.BASE, Puppet.OTHER))
                .isEqualTo(Agent.Race.FAILED);
        puppet.success(puppet.last());
        assertThat(puppet.agent.race(1, 1, Puppet.BASE, Puppet.PEER)).isEqualTo(Agent.Race.WON);
        assertThat(puppet.agent.race(1, 1, Puppet.OTHER, Puppet.PEER))
                .isEqualTo(Agent.Race.FAILED);
    }
}
