package p2psip.std.rfc8840;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.SyntaxException;
import p2psip.std.rfc8445.*;

class FragmentTest {
    private static final Credentials OURS =
            new Credentials("8hhYabcd", "asd88fgpdd777uzjYhagZg");
    private static final Description DESCRIPTION = Description.of(OURS);

    private static Candidate candidate(int component, String ip, int port) {
        var at = new InetSocketAddress(InetAddress.ofLiteral(ip), port);
        return new Candidate(CandidateType.HOST, "1", component, 2130706431, at, at,
                Optional.empty());
    }

    private static final Candidate FIRST = candidate(1, "192.0.2.1", 5010),
            SECOND = candidate(2, "192.0.2.1", 5011), THIRD = candidate(1, "192.0.2.3", 5010);

    private static String written(boolean done, Candidate... candidates) {
        return Fragment.write("1", SdpSection.running(DESCRIPTION, List.of(candidates), done));
    }

    private static SdpReading read(String text) {
        return Fragment.parse(Bytes.utf8(text)).sections().get("1");
    }

    @Test void a_fragment_is_written() {
        assertThat(written(true, FIRST, SECOND)).isEqualTo("""
                m=audio 9 RTP/AVP 0\r
                a=ice-ufrag:8hhYabcd\r
                a=ice-pwd:asd88fgpdd777uzjYhagZg\r
                a=mid:1\r
                a=candidate:1 1 UDP 2130706431 192.0.2.1 5010 typ host\r
                a=candidate:1 2 UDP 2130706431 192.0.2.1 5011 typ host\r
                a=end-of-candidates\r
                """);
        //= rfc8840#4.4-4,5 default values: audio, 9, RTP/AVP, and once 0 as the fmt field
        //= rfc8840#4.4-6,7 a pseudo m= line and a mid right before the list of candidates
        assertThat(written(false, FIRST)).startsWith("m=audio 9 RTP/AVP 0\r\n")
                .contains("a=mid:1\r\na=candidate").doesNotContain("end-of-candidates");
    }

    @Test void and_read() {
        var reading = read(written(true, FIRST, SECOND));
        assertThat(reading.candidates()).extracting(Candidate::address)
                .containsExactly(FIRST.address(), SECOND.address());
        assertThat(reading.done()).isTrue();
        assertThat(read(written(false, FIRST)).done()).isFalse();
    }

    //= rfc8840#4.4-2 the remaining content of the m= line is ignored
    @Test void of_an_m_line_nothing_counts() {
        for (var line : List.of("m=video 0 TCP/X 1 2 3", "m=audio 5000 RTP/SAVPF 99"))
            assertThat(read(written(false, FIRST).replace("m=audio 9 RTP/AVP 0", line))
                    .candidates()).hasSize(1);
    }

    //= rfc8840#9.2-1 attributes in any case
    //= rfc8840#9.2-3 those that are unknown are ignored
    @Test void attributes_are_read_in_any_case() {
        var text = written(true, FIRST).replace("a=mid", "a=MID").replace("a=ice-", "a=ICE-")
                .replace("a=candidate", "a=Candidate").replace("a=end", "a=x-new:1\r\na=End");
        assertThat(read(text)).isEqualTo(read(written(true, FIRST)));
    }

    /// As in figure 7 of the RFC: ufrag and password for all, and two streams.
    @Test void what_is_said_for_all_is_for_each() {
        var session = "a=ice-pwd:asd88fgpdd777uzjYhagZg\r\na=ice-ufrag:8hhYabcd\r\n";
        var stream = """
                m=audio 9 RTP/AVP 0\r
                a=mid:%s\r
                a=candidate:1 1 UDP 2130706432 2001:db8:a0b:12f0::1 %d typ host\r
                """;
        var fragment = Fragment.parse(Bytes.utf8(session + "a=end-of-candidates\r\n"
                + stream.formatted("1", 5000) + stream.formatted("2", 6000)));
        assertThat(fragment.sections().keySet()).containsExactly("1", "2");
        assertThat(fragment.sections().values()).allMatch(one ->
                one.description().orElseThrow().credentials().equals(OURS) && one.done());
        assertThat(Fragment.parse(Bytes.utf8(session + stream.formatted("1", 5000)
                + "a=end-of-candidates\r\n" + stream.formatted("2", 6000))).sections().values())
                .extracting(SdpReading::done).containsExactly(true, false);
    }

    private static List<Agent.Input> news(String text, Description current, Candidate... known) {
        return Fragment.news(read(text), 7, current, List.of(known));
    }

    //= rfc8840#4.4-14 what was received before is identified and discarded
    //= rfc8840#4.4-15 what is new goes to the agent in the order of the body
    @Test void only_what_is_new_is_told() {
        var text = written(false, FIRST, SECOND, THIRD, FIRST);
        assertThat(news(text, DESCRIPTION, SECOND)).extracting(input ->
                ((Agent.Input.RemoteCandidate) input).candidate().address())
                .containsExactly(FIRST.address(), THIRD.address());
        assertThat(news(text, DESCRIPTION, FIRST, SECOND, THIRD)).isEmpty();
        assertThat(news(written(true), DESCRIPTION))
                .containsExactly(new Agent.Input.RemoteDone(7));
    }

    //= rfc8840#4.4-9 with other ice-ufrag or ice-pwd than the current ones it is discarded
    @Test void nothing_of_another_session_counts() {
        for (var other : List.of(new Credentials("8hhYabce", OURS.pwd()),
                new Credentials(OURS.ufrag(), "bsd88fgpdd777uzjYhagZg")))
            assertThat(news(written(true, FIRST), Description.of(other))).isEmpty();
        //= rfc8840#4.4-8 all carry ice-pwd and ice-ufrag: one without is of no session
        assertThat(news(written(true, FIRST).replace("a=ice-pwd", "a=x"), DESCRIPTION)).isEmpty();
    }

    @Test void what_is_no_fragment_is_refused() {
        for (var text : List.of("m=", "x", "a=mid:1\r\nq=1", "m=audio 9 RTP/AVP 0\r\nz"))
            assertThatThrownBy(() -> Fragment.parse(Bytes.utf8(text)))
                    .isInstanceOf(SyntaxException.class);
        assertThat(Fragment.parse(Bytes.EMPTY).sections()).isEmpty();
    }

    @Test void no_more_streams_are_read_than_there_may_be() {
        var text = IntStream.range(0, 99).mapToObj(i -> "m=audio 9 RTP/AVP 0\r\na=mid:" + i)
                .collect(Collectors.joining("\r\n"));
        assertThat(Fragment.parse(Bytes.utf8(text)).sections()).hasSize(Fragment.STREAMS);
    }

    @Property void no_bytes_break_it(@ForAll byte[] noise, @ForAll int at) {
        var bytes = (written(true, FIRST) + written(true, SECOND)).getBytes();
        for (int i = 0; i < noise.length && i < 8; i++)
            bytes[Math.floorMod(at + i * 7, bytes.length)] = noise[i];
        try {
            Fragment.parse(Bytes.copyOf(bytes)).sections().values().forEach(one ->
                    Fragment.news(one, 1, DESCRIPTION, List.of()));
        } catch (SyntaxException e) {
            assertThat(e).hasMessageStartingWith("");
        }
    }
}
