package p2psip.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.trace.Trace.What;
import p2psip.std.Cited;
import p2psip.std.Section;

/// The same drawing for a file, for a window of any width, in colours and with links.
class ScreenTest {
    @Section("rfc3261#17.1.1.2") private enum State implements Cited { CALLING }

    private static final String ORIGINAL =
            "https://www.rfc-editor.org/rfc/rfc3261#section-17.1.1.2";
    private static final String LINK = "\u001b]8;;" + ORIGINAL
            + "\u001b\\[rfc3261#17.1.1.2]\u001b]8;;\u001b\\";
    private static final Screen.Pages ELSEWHERE = _ -> Optional.of(URI.create(ORIGINAL));
    private final Ladder ladder = new Ladder();

    private ScreenTest() {
        var alice = at("10.0.0.1");
        var bob = at("10.0.0.2");
        add(new Trace("alice", Instant.EPOCH, new What.State("INVITE client", State.CALLING)));
        add(new Trace("alice", Instant.EPOCH, new What.Message(true, "SIP", alice, bob,
                "INVITE sip:bob@a.long.example.com", "")));
        add(new Trace("bob", Instant.EPOCH, new What.Message(false, "SIP", bob, alice,
                "INVITE sip:bob@a.long.example.com", "")));
        add(new Trace("bob", Instant.EPOCH, new What.State("RTP", State.CALLING)));
        add(new Trace("bob", Instant.EPOCH, new What.Message(true, "DHT", bob, alice,
                "Route Get sip:alice@example.com to 452f~ for 1234, hops left 9", "")));
    }

    private void add(Trace trace) { ladder.accept(trace); }

    private static InetSocketAddress at(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 5060);
    }

    @Test void it_is_as_wide_as_the_window_and_names_are_cut_last() {
        assertThat(ladder.draw(new Screen(60, false, Optional.empty()))).isEqualTo("""
                          alice                                  bob
                   0.000  * INVITE client: CALLING [rfc3261#17.1.1.2]
                   0.000  |- INVITE sip:bob@a.long.example.com ->|
                   0.000  |      RTP: CALLING [rfc3261#17.1.1.2] *
                   0.000  |x---- get sip:alice@example.com ------|
                """);
        assertThat(ladder.draw(new Screen(48, false, Optional.empty())))
                .contains(" INVITE bob@a.long.example.com ");
        assertThat(ladder.draw(new Screen(40, false, Optional.empty())))
                .contains("- INVITE bob@a.long.exa").contains("~ >|");
    }

    @Test void colours_are_added_and_nothing_else_is_changed() {
        var plain = ladder.draw();
        var coloured = ladder.draw(new Screen(100, true, Optional.empty()));
        assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
        assertThat(coloured).contains(
                "\u001b[36m* INVITE client: CALLING [rfc3261#17.1.1.2]\u001b[0m",
                "\u001b[34m- INVITE", "\u001b[31mx---");
        assertThat(plain).doesNotContain("\u001b");
    }

    @Test void a_citation_is_a_link_and_takes_no_room() {
        var linked = ladder.draw(new Screen(100, false, Optional.of(ELSEWHERE)));
        assertThat(linked).contains(LINK);
        assertThat(linked.replaceAll("\u001b]8;;.*?\u001b\\\\", "")).isEqualTo(ladder.draw());
    }

    @Test void what_is_printed_as_it_happens_has_them_too() {
        var lines = new ArrayList<String>();
        new Printer(lines::add, ZoneOffset.UTC, new Screen(100, true, Optional.of(ELSEWHERE)))
                .accept(new Trace("alice", Instant.EPOCH, new What.State("RTP", State.CALLING)));
        assertThat(lines).containsExactly("\u001b[2m00:00:00.000000\u001b[0m alice     \u001b[36m *"
                + " RTP: CALLING " + LINK + "\u001b[0m");
    }
}
