package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest @CsvSource({
        "sipd -l 127.0.0.1:24999 --stats 0,                      --stats 0; from 1 to 86400",
        "sipd -l 127.0.0.1:24999 --stats -1,                     --stats -1; from 1 to 86400",
        "relay -l 127.0.0.1:24999 --to 127.0.0.1:9 --stats 0,    --stats 0; from 1 to 86400",
        "relay -l 127.0.0.1:24999 --to 127.0.0.1:9 --loss 1.5,   --loss 1.5; from 0 to 1",
        "assault 127.0.0.1:9 --seeds /dev/null --count -1,   --count -1; from 0 to",
        "assault 127.0.0.1:9 --seeds /dev/null --rate 0,     --rate 0; from 1 to",
        "stun 127.0.0.1 --timeout NaN,                       --timeout NaN; from 0.001 to 39.5"})
    void what_is_out_of_range_is_one_line(String line, String said) {
        var err = new StringWriter();
        assertThat(Main.command().setErr(new PrintWriter(err)).execute(line.split(" +")))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("p2psip: ").hasLineCount(1)
                .contains(said.split("; "));
    }
}
