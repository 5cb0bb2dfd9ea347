import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Lines that go on
///
/// A header field may go on in the next line if that begins with a space or a tab; the end of the
/// line and the blanks around it then count as one space. Cut a head into its header fields, each
/// in one line.
///
/// Hint: go through the lines, and look at the first character of each.
class Exercise2_2 {
    // answer
    List<String> fields(String head) {
        var fields = new ArrayList<String>();
        for (var line : head.split("\r\n")) {
            boolean goesOn = line.startsWith(" ") || line.startsWith("\t");   //~ boolean goesOn = line.startsWith(" ");
            if (goesOn) fields.addLast(fields.removeLast().stripTrailing() + " " + line.strip());   //~ if (goesOn) fields.addLast(fields.removeLast() + " " + line.strip());
            else fields.add(line);   //~ else fields.add(line.strip() + " ");
        }
        return fields;
    }
    // start
    //| List<String> fields(String head) {
    //|     return List.of(head.split("\r\n"));
    //| }
    // end

    @Test void one_line_is_one_field() {
        assertThat(fields("To: Bob\r\nCSeq: 1 BYE")).containsExactly("To: Bob", "CSeq: 1 BYE");
    }

    @Test void unless_the_next_begins_with_a_space() {
        assertThat(fields("Subject: I know you're there,\r\n  pick up\r\nCSeq: 1 BYE"))
                .containsExactly("Subject: I know you're there, pick up", "CSeq: 1 BYE");
    }

    @Test void or_with_a_tab_and_more_than_once() {
        assertThat(fields("Subject: a \r\n\tb\r\n c")).containsExactly("Subject: a b c");
    }
}
