import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # What silence proves
///
/// Two places were asked for a record. Each has found it, has none, or was silent. Say what the
/// caller is told: `found`, `nobody`, or `try later`.
///
/// Hint: one that has found it is enough, for the record proves itself.
///
/// Hint: if both are silent, does that mean that there is nobody?
///
/// Hint: one that says that it has none is believed, if the other does not know better.
class Exercise12_3 {
    enum Said { FOUND, NONE, SILENT }

    // answer
    String told(Said one, Said other) {
        if (one == Said.FOUND || other == Said.FOUND) return "found";   //~ if (one == Said.FOUND && other == Said.FOUND) return "found";
        return one == Said.SILENT && other == Said.SILENT   //~ return one == Said.SILENT || other == Said.SILENT
                ? "try later" : "nobody";   //~ ? "nobody" : "nobody";
    }
    // start
    //| String told(Said one, Said other) {
    //|     return "nobody";
    //| }
    // end

    @Test void one_copy_is_enough() {
        assertThat(told(Said.FOUND, Said.NONE)).isEqualTo("found");
        assertThat(told(Said.SILENT, Said.FOUND)).isEqualTo("found");
    }

    @Test void who_has_none_is_believed_if_nobody_knows_better() {
        assertThat(told(Said.NONE, Said.NONE)).isEqualTo("nobody");
        assertThat(told(Said.NONE, Said.SILENT)).isEqualTo("nobody");
    }

    @Test void silence_is_no_answer() {
        assertThat(told(Said.SILENT, Said.SILENT)).isEqualTo("try later");
    }
}
