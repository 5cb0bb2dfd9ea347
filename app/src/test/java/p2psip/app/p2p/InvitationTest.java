package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;

/// A line that brings somebody into a ring, and lines that are none.
class InvitationTest {
    private static final String DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final Invitation USUAL = new Invitation(List.of(peer("a", "203.0.113.5", 5063),
            peer("b", "2001:db8::5", 40_000)), Optional.of("sip:alice@example.com"));

    private static Peer peer(String name, String ip, int port) {
        return new Peer(NodeId.of(name), new InetSocketAddress(InetAddress.ofLiteral(ip), port));
    }

    @Provide Arbitrary<Invitation> invitations() {
        var peers = Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(
                        1, 65_535), Arbitraries.of("203.0.113.5", "2001:db8::5", "127.0.0.1"))
                .as((name, port, ip) -> peer("" + name, ip, port));
        var calls = Arbitraries.of("sip:alice@example.com", "sip:jürgen@example.com",
                "sip:a@b;transport=udp").optional();
        return Combinators.combine(peers.list().ofMinSize(1).ofMaxSize(Invitation.MAX), calls)
                .as(Invitation::new);
    }

    @Property(tries = 200) void what_is_printed_is_read(@ForAll("invitations") Invitation all) {
        assertThat(Invitation.parse(" " + all + "\n")).isEqualTo(all);
        assertThat("" + all).matches("p2psip:join\\?[A-Za-z0-9_-]{40,420}");
    }

    /// The form is what it was: lines that were sent yesterday are read tomorrow.
    @Test void a_line_of_the_first_version() {
        assertThat("" + USUAL).isEqualTo(LINE);
        assertThat(Invitation.parse(LINE)).isEqualTo(USUAL);
    }

    private static final String LINE = Invitation.BEGIN
            + "AURyQlQCypeBEsobvcr6wjGzmiPcTaeG7_gEE8fLAHEFPiPoFgA5WUoziU9lZOGxNIu9egAQnEAg"
            + "AQ24AAAAAAAAAAAAAAAFc2lwOmFsaWNlQGV4YW1wbGUuY29t";

    @Test void cut_short_anywhere_it_is_refused() {
        var line = "" + USUAL;
        for (int end = 0; end < line.length(); end++) {
            var part = line.substring(0, end);
            assertThatThrownBy(() -> Invitation.parse(part)).as(part)
                    .isInstanceOf(SyntaxException.class).hasMessageContaining("invitation");
        }
    }

    @Property(tries = 500) void one_letter_wrong_is_noticed(@ForAll("invitations") Invitation all,
            @ForAll Random dice) {
        var line = new StringBuilder("" + all);
        int at = Invitation.BEGIN.length()
                + dice.nextInt(line.length() - Invitation.BEGIN.length());
        char other = DIGITS.charAt(dice.nextInt(DIGITS.length()));
        if (line.charAt(at) == other) return;
        line.setCharAt(at, other);
        assertThatThrownBy(() -> Invitation.parse("" + line)).as("" + line)
                .isInstanceOf(SyntaxException.class);
    }

    @Property(tries = 500) void nonsense_is_refused_in_one_line(@ForAll String text) {
        for (var each : List.of(text, Invitation.BEGIN + text))
            assertThatThrownBy(() -> Invitation.parse(each)).as(each)
                    .isInstanceOf(SyntaxException.class).message().doesNotContain("\n")
                    .hasSizeLessThan(160);
    }

    @Test void of_another_version_it_is_said_to_be_newer() {
        assertThatThrownBy(() -> Invitation.parse(Invitation.BEGIN + "Ag" + "A".repeat(60)))
                .hasMessageContaining("version 2").hasMessageContaining("get a newer");
    }

    @Test void there_is_none_to_nobody_and_none_that_is_too_long() {
        assertThat(Invitation.to(List.of())).isEmpty();
        assertThat(Invitation.to(List.of(peer("a", "10.0.0.1", 0)))).isEmpty();
        for (var call : List.of("", "sip:a b@c", "sip:" + "a".repeat(Invitation.MAX_CALL)))
            assertThatThrownBy(() -> new Invitation(USUAL.superNodes(), Optional.of(call)))
                    .isInstanceOf(IllegalArgumentException.class);
    }

    @Test void those_are_first_who_can_be_reached_from_everywhere() {
        var all = List.of(peer("a", "192.168.1.5", 1), peer("b", "127.0.0.1", 1),
                peer("c", "fd00::1", 1), peer("d", "203.0.113.5", 1), peer("e", "10.1.1.1", 1));
        var some = Invitation.to(all).orElseThrow();
        assertThat(some.superNodes()).hasSize(Invitation.MAX).startsWith(all.get(3), all.get(0));
        assertThat(some.isLocal()).isFalse();
        assertThat(Invitation.to(all.subList(0, 3)).orElseThrow().isLocal()).isTrue();
    }
}
