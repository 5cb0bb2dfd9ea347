package p2psip.std.rfc8445;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p2psip.std.rfc8445.CandidateType.*;
import static p2psip.std.rfc8445.Wire.at;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.*;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc8445.HostAddresses.Known;

/// Which candidates there are, and what each is worth.
class CandidatesTest {
    private static final InetSocketAddress FOUR = at("192.0.2.1", 5000),
            SIX = at("2001:db8::1", 5000), MAPPED = at("198.51.100.9", 4000),
            SERVER = at("192.0.2.99", 3478), SECOND = at("192.0.2.98", 3478);

    private static LocalCandidates locals(boolean lite) {
        return new LocalCandidates(new LocalCandidates.Foundations(), lite);
    }

    private static InetAddress ip(String text) { return InetAddress.ofLiteral(text); }

    //= rfc8445#5.1.2.2-1 type preferences: host 126, peer reflexive 110, server reflexive 100, 0
    //= rfc8445#5.1.2.1-2 peer-reflexive candidates are preferred to server-reflexive ones
    @Test void priorities_are_those_of_the_formula() {
        assertThat(HOST.priority(65535, 1)).isEqualTo(2130706431);
        assertThat(SERVER_REFLEXIVE.priority(65535, 1)).isEqualTo(1694498815);
        assertThat(PEER_REFLEXIVE.priority(65535, 1)).isEqualTo(1862270975);
        assertThat(RELAYED.priority(65535, 2)).isEqualTo(16777214);
        assertThat(Pair.priority(2130706431, 1694498815)).isEqualTo(7277816997797167103L);
        assertThat(Pair.priority(1694498815, 2130706431)).isEqualTo(7277816997797167102L);
    }

    //= rfc8445#5.1.2-1 a positive integer of 31 bits, different for each
    //= rfc8445#5.1.2-2 whatever the parameters of the formula are
    //= rfc8445#5.1.2.1-1,3,7 type 0 to 126, local preference 0 to 65535, component ID 1 to 256
    @Property(tries = 200) void the_better_type_wins_then_the_preference_then_the_component(
            @ForAll CandidateType type, @ForAll @IntRange(max = 65534) int local,
            @ForAll @IntRange(min = 1, max = 255) int component) {
        long priority = type.priority(local, component);
        assertThat(priority).isBetween(type == RELAYED && local == 0 ? 0L : 1L, (1L << 31) - 1)
                .isLessThan(type.priority(local + 1, 256))
                .isGreaterThan(type.priority(local, component + 1));
        if (type != HOST)
            assertThat(priority).isLessThan(values()[type.ordinal() - 1].priority(0, 256));
        assertThatThrownBy(() -> type.priority(65536, component));
        assertThatThrownBy(() -> type.priority(local, 257));
    }

    //= rfc8445#5.1.1.1-1 each IP address of the host is a candidate
    //= rfc8445#5.1.1.1-4 but for loopback addresses
    //= rfc8445#5.1.1.1-5,6 and addresses of IPv6 that are site-local, compatible or mapped
    @Test void what_nobody_can_reach_is_no_candidate() {
        var known = Stream.of("127.0.0.1", "::1", "fec0::1", "::c000:201", "0.0.0.0", "224.0.0.1",
                "::ffff:192.0.2.7", "fe80::1", "2001:db8::1", "10.0.0.1").map(text ->
                new Known("eth0", ip(text), 64, false)).toList();
        assertThat(HostAddresses.choose(known, false)).containsExactly(ip("fe80::1"),
                ip("192.0.2.7"), ip("2001:db8::1"), ip("10.0.0.1"));
        assertThat(HostAddresses.choose(known, true)).contains(ip("127.0.0.1"), ip("::1"));
    }

    //= rfc8445#5.1.1.1-7 beside one that prevents tracking no other of its interface and prefix
    //= rfc8445#5.1.1.1-8 and no link-local address of IPv6
    @Test void whoever_hides_is_not_betrayed() {
        var known = List.of(new Known("eth0", ip("2001:db8::1"), 64, false),
                new Known("eth0", ip("2001:db8::77"), 64, true),
                new Known("eth0", ip("2001:db8:0:1::1"), 64, false),
                new Known("eth1", ip("2001:db8::3"), 64, false),
                new Known("eth0", ip("fe80::1"), 64, false));
        assertThat(HostAddresses.choose(known, false)).containsExactly(ip("2001:db8::77"),
                ip("2001:db8:0:1::1"), ip("2001:db8::3"));
    }

    //= rfc8445#5.1.2.1-4 a single IP address has the local preference 65535
    //= rfc8445#5.1.2.1-5,6 the local preference of each is unique, by the practice of RFC 8421
    //= rfc8445#5.1.2.2-2 multihomed hosts do as RFC 8421 says: the families take turns
    @Test void addresses_of_both_families_take_turns() {
        assertThat(locals(false).hosts(1, List.of(FOUR)).getFirst().priority())
                .isEqualTo(HOST.priority(65535, 1));
        //= rfc8421#4-1,2 the families are intermingled, IPv6 first
        //= rfc8421#5-3 the local preference of each is unique
        var many = List.of(FOUR, at("192.0.2.2", 5000), SIX, at("2001:db8::2", 5000));
        assertThat(locals(false).hosts(1, many)).extracting(Candidate::address).containsExactly(
                SIX, FOUR, at("2001:db8::2", 5000), at("192.0.2.2", 5000));
        //= rfc8445#B.9-1 so a family whose path is broken costs one check of delay
        assertThat(locals(false).hosts(1, many)).extracting(Candidate::priority).containsExactly(
                HOST.priority(65535, 1), HOST.priority(65534, 1), HOST.priority(65533, 1),
                HOST.priority(65532, 1));
    }

    @Test void what_will_fail_together_has_one_foundation() {
        var locals = locals(false);
        var host = locals.hosts(1, List.of(FOUR)).getFirst();
        var rtcp = locals.hosts(2, List.of(at("192.0.2.1", 5001))).getFirst();
        assertThat(rtcp.foundation()).isEqualTo(host.foundation());
        var one = locals.reflexive(1, MAPPED, FOUR, SERVER).orElseThrow();
        var two = locals.reflexive(1, at("198.51.100.9", 4001), FOUR, SECOND).orElseThrow();
        assertThat(List.of(host.foundation(), one.foundation(), two.foundation()))
                .doesNotHaveDuplicates();
        assertThat(two.priority()).isNotEqualTo(one.priority());
        var relayed = locals.relayed(1, at("192.0.2.99", 9000), MAPPED, SERVER).orElseThrow();
        assertThat(relayed.base()).isEqualTo(relayed.address());
        //= rfc8445#5.1.2.2-3 of several TURN servers the first is preferred
        assertThat(locals.relayed(1, at("192.0.2.98", 9000), MAPPED, SECOND).orElseThrow()
                .priority()).isLessThan(relayed.priority());
    }

    //= rfc8445#5.1.3-1 of two with the same address and base that with lower priority is eliminated
    //= rfc8445#5.1.1.2-9 a relayed candidate that is identical to a host candidate is discarded
    @Test void what_is_redundant_is_dropped() {
        var locals = locals(false);
        locals.hosts(1, List.of(FOUR));
        assertThat(locals.reflexive(1, FOUR, FOUR, SERVER)).isEmpty();
        assertThat(locals.reflexive(1, MAPPED, FOUR, SERVER)).isPresent();
        assertThat(locals.reflexive(1, MAPPED, FOUR, SECOND)).isEmpty();
        assertThat(locals.relayed(1, FOUR, MAPPED, SERVER)).isEmpty();
        for (int i = 0; i < 2 * LocalCandidates.MOST; i++)
            locals.reflexive(1, at("198.51.100.9", 10000 + i), FOUR, SERVER);
        assertThat(locals.all()).hasSize(LocalCandidates.MOST);
    }

    //= rfc8445#5.2-7 the type preference value of a lite agent is 126
    //= rfc8445#5.2-8 IPv4 only: the local preference is 65535
    @Test void a_lite_agent_prefers_its_only_address() {
        assertThat(locals(true).hosts(1, List.of(FOUR, at("192.0.2.2", 5000))))
                .extracting(Candidate::priority).containsExactly(HOST.priority(65535, 1));
    }

    //= rfc8445#5.2-1,2 one candidate of each IP address, and of each family but one
    //= rfc8445#5.2-5,6,9 dual stack: the precedence of RFC 6724; foundation and priority differ
    @Test void a_lite_agent_has_one_candidate_of_each_family() {
        var locals = locals(true);
        var both = locals.hosts(1, List.of(FOUR, at("192.0.2.2", 5000), SIX));
        assertThat(both).extracting(Candidate::address).containsExactly(SIX, FOUR);
        assertThat(both).extracting(Candidate::priority)
                .containsExactly(HOST.priority(40, 1), HOST.priority(35, 1));
        assertThat(both.getFirst().foundation()).isNotEqualTo(both.getLast().foundation());
        //= rfc8445#5.2-4 RTCP without multiplexing has candidates as well
        assertThat(locals.hosts(2, List.of(at("192.0.2.1", 5001)))).hasSize(1)
                .allSatisfy(rtcp -> assertThat(rtcp.foundation())
                        .isEqualTo(both.getLast().foundation()));
    }

    //= rfc8445#6.1.2.2-1 a link-local address is paired with link-local addresses only
    @Test void candidates_of_different_worlds_are_no_pair() {
        var near = locals(false).hosts(1, List.of(at("fe80::1", 5000))).getFirst();
        var six = locals(false).hosts(1, List.of(SIX)).getFirst();
        var four = locals(false).hosts(1, List.of(FOUR)).getFirst();
        var far = Candidate.remote(HOST, "1", 1, 1, at("2001:db8::9", 1));
        assertThat(near.suits(far)).isFalse();
        assertThat(far.suits(near)).isFalse();
        assertThat(six.suits(far)).isTrue();
        assertThat(four.suits(far)).isFalse();
        assertThat(near.suits(Candidate.remote(HOST, "1", 1, 1, at("fe80::9", 1)))).isTrue();
        assertThat(six.suits(Candidate.remote(HOST, "1", 2, 1, at("2001:db8::9", 1)))).isFalse();
    }

    //= rfc8445#5.3-6 the password has 128 bits of chance at least, the username fragment 24
    //= rfc8839#5.4-3 they are chosen randomly
    //= rfc8839#5.4-4,5 sent with 32 characters at most, read with 256
    @Test void credentials_are_long_and_never_the_same() {
        var random = new SplittableRandom(1);
        var all = Stream.generate(() -> Credentials.random(random)).limit(100).toList();
        assertThat(all).doesNotHaveDuplicates().allSatisfy(one -> {
            assertThat(one.pwd()).hasSize(22);   // 6 bits each
            assertThat(one.ufrag()).hasSizeBetween(4, 32);
            assertThat(one.toString()).doesNotContain(one.pwd());
        });
        assertThat(new Credentials("u".repeat(256), "p".repeat(256)).ufrag()).hasSize(256);
        for (var bad : List.of("abc", "u".repeat(257), "a b c d", "ab\u00e9d"))
            assertThatThrownBy(() -> new Credentials(bad, "p".repeat(22)))
                    .isInstanceOf(SyntaxException.class);
        assertThatThrownBy(() -> new Credentials("abcd", "p".repeat(21)))
                .isInstanceOf(SyntaxException.class);
    }

    @Test void the_attributes_are_those_of_ianas_registry() {
        var expected = Map.of(0x0024, "PRIORITY", 0x0025, "USE-CANDIDATE", 0x8029,
                "ICE-CONTROLLED", 0x802a, "ICE-CONTROLLING");
        expected.forEach((number, name) -> assertThat(IceAttributes.TABLE.row(number).orElseThrow()
                .name()).isEqualTo(name));
        assertThatThrownBy(() -> Settings.DEFAULT.withTa(Duration.ofMillis(4)));
    }

    //= rfc8445#11-5 Tr is 15 seconds
    //= rfc8445#11-6 a bigger value will do, no smaller one
    //= rfc8445#14.2-1 Ta is 50 ms by default
    @Test void the_settings_are_those_of_the_rfc() {
        var d = Settings.DEFAULT;
        assertThat(d.keepalive()).isEqualTo(Duration.ofSeconds(15));
        assertThat(d.ta()).isEqualTo(Duration.ofMillis(50));
        assertThatThrownBy(() -> new Settings(d.ta(), 100, d.patience(), d.pac(),
                Duration.ofSeconds(14), true, false)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Settings(d.ta(), 100, d.patience(), d.pac(), Duration.ofSeconds(20), true,
                false).keepalive()).isEqualTo(Duration.ofSeconds(20));
    }
}
