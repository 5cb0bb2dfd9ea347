import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.tools.book.Flow;

/// # How long they talked
///
/// The drawing of this chapter, as text, has lines such as
/// `   0.001  |<----- 200 OK (INVITE) -------|`. From it say how many milliseconds passed from the
/// moment that the call was taken until somebody hung up.
///
/// Hint: the call is taken with the 200 to the INVITE; hanging up is a BYE.
///
/// Hint: each line but that of the names begins with the seconds since the call began. Count in
/// whole milliseconds: 1.001 is 1001.
class Exercise1_3 {
    // answer
    long talked(String ladder) {
        return at(ladder, " BYE ") - at(ladder, "200 OK (INVITE)");   //~ return at(ladder, " BYE ");
    }

    private static long at(String ladder, String what) {
        var line = ladder.lines().filter(l -> l.contains(what)).findFirst().orElseThrow();
        return Math.round(1000 * Double.parseDouble(line.strip().split(" +")[0]));   //~ return Math.round(Double.parseDouble(line.strip().split(" +")[0]));
    }
    // start
    //| long talked(String ladder) {
    //|     return 0;
    //| }
    // end

    @Test void alice_and_bob_talked_for_a_second() {
        assertThat(talked(Flow.of("direct").text(Set.of()))).isEqualTo(1000);
    }

    @Test void and_it_is_the_same_through_a_server() {
        assertThat(talked(Flow.of("call").text(Set.of()))).isBetween(999L, 1002L);
    }

    @Test void the_time_of_ringing_does_not_count() {
        assertThat(talked("""
               0.000  |-- INVITE sip:bob@10.0.0.2 -->|
               0.001  |<--- 180 Ringing (INVITE) ----|
               9.500  |<----- 200 OK (INVITE) -------|
              70.000  |- BYE sip:bob@10.0.0.2:5060 ->|
            """)).isEqualTo(60_500);
    }
}
