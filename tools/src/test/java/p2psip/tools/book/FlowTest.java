package p2psip.tools.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.tools.book.Flow.Shown;

class FlowTest {
    @Test void a_call_without_a_server_is_six_messages() {
        assertThat(Flow.of("direct").text(Set.of())).isEqualTo("""
                          alice                          bob
                   0.000  |-- INVITE sip:bob@10.0.0.2 -->|
                   0.001  |<--- 180 Ringing (INVITE) ----|
                   0.001  |<----- 200 OK (INVITE) -------|
                   0.001  |- ACK sip:bob@10.0.0.2:5060 ->|
                   1.001  |- BYE sip:bob@10.0.0.2:5060 ->|
                   1.002  |<------- 200 OK (BYE) --------|
                """);
    }

    @Test void a_wire_that_is_dead_for_two_seconds_costs_three_requests() {
        assertThat(Flow.of("lost").text(Set.of()).lines().skip(1).limit(5)).containsExactly(
                "   0.000  |-- INVITE sip:bob@10.0.0.2 --x|",
                "   0.500  |-- INVITE sip:bob@10.0.0.2 --x|",
                "   1.500  |-- INVITE sip:bob@10.0.0.2 --x|",
                "   3.500  |-- INVITE sip:bob@10.0.0.2 -->|",
                "   3.500  |<--- 180 Ringing (INVITE) ----|");
    }

    @Test void a_transfer_is_asked_for_followed_and_reported() {
        for (var flow : List.of("transfer", "attended"))
            assertThat(Flow.of(flow).text(Set.of())).containsSubsequence("REFER sip:bob",
                    "200 OK (REFER)", "NOTIFY sip:alice", "INVITE sip:carol", "200 OK (INVITE)",
                    "NOTIFY sip:alice", "BYE sip:bob");
        assertThat(Flow.of("attended").message("INVITE sip:carol")).contains("Replaces: ");
    }

    @Test void a_dead_proxy_is_passed_by() {
        assertThat(Flow.of("outbound").text(Set.of())).containsSubsequence(
                "REGISTER", "REGISTER", "200 OK (REGISTER)", "200 OK (REGISTER)",
                "INVITE", "180 Ringing", "200 OK (INVITE)", "BYE",
                "REGISTER", "REGISTER", "200 OK (REGISTER)");
        assertThat(Flow.of("outbound").message("REGISTER")).contains(";reg-id=1");
    }

    @Test void a_server_that_is_not_there_is_tried_twice_and_a_machine_that_is_not_seven_times() {
        assertThat(Flow.of("finding").text(Set.of()).lines().skip(1)).containsExactly(
                "   0.000  |- REGISTER sip:example.com ->|                             |",
                "   0.500  |- REGISTER sip:example.com ->|                             |",
                "   0.501  |---------------- REGISTER sip:example.com ---------------->|",
                "   0.504  |<------------------- 200 OK (REGISTER) --------------------|");
        assertThat(Flow.of("nobody").text(Set.of()).lines().skip(1)).hasSize(7)
                .allMatch(line -> line.endsWith("|- INVITE sip:bob@10.0.0.2 ->|"));
    }

    @Test void a_flow_is_the_same_each_time() {
        assertThat(Run.ALL.keySet()).allSatisfy(name -> assertThat(Flow.of(name).traces())
                .isNotEmpty().isEqualTo(Flow.of(name).traces()));
    }

    @Test void states_are_shown_where_they_are_asked_for() {
        var busy = Flow.of("busy");
        assertThat(busy.text(Set.of())).doesNotContain("COMPLETED", "RTP");
        assertThat(busy.text(Set.of(Shown.TRANSACTIONS)))
                .contains("INVITE client: COMPLETED [rfc3261#17.1.1.2]").doesNotContain("dialog");
        assertThat(busy.text(Set.of(Shown.DIALOGS)))
                .contains("* call 1: ENDED").doesNotContain("client:", "request:");
        assertThat(Flow.of("direct").text(Set.of(Shown.DIALOGS))).containsSubsequence(
                "* call 1: ESTABLISHED [rfc3261#13.1]", "- ACK ",
                "* incoming call 1: ESTABLISHED [rfc3261#13.1]");
    }

    @Test void a_message_is_quoted_as_it_was_sent() {
        var register = Flow.of("register");
        assertThat(register.message("REGISTER")).doesNotContain("Authorization");
        assertThat(register.message("REGISTER 2")).startsWith("REGISTER sip:example.com SIP/2.0")
                .contains("Authorization: Digest username=\"alice\"");
        assertThat(register.message("401")).startsWith("SIP/2.0 401 ");
    }

    @Test void who_asks_for_what_is_not_there_is_told() {
        assertThatThrownBy(() -> Flow.of("nothing")).hasMessageStartingWith(
                "no flow nothing, there are: attended, busy, call, ");
        assertThatThrownBy(() -> Flow.of("busy").message("BYE"))
                .hasMessage("in the flow busy nobody sends BYE");
    }
}
