import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # A word with a date
///
/// A server that keeps a list of the nonces it has made can be filled by anybody who asks. Better:
/// it writes the time into the nonce and signs it with a key that it alone has; then it need
/// remember nothing. Make such a nonce, `TIME.SIGNATURE`, and check one.
///
/// Hint: check the signature by making it once more.
///
/// Hint: a nonce may be well signed and too old.
class Exercise8_3 {
    /// What only the server can compute of a text.
    static String sign(String key, String text) {
        return Integer.toHexString((key + "|" + text + "|" + key).hashCode());
    }

    // answer
    String make(String key, long now) {
        return now + "." + sign(key, Long.toString(now));   //~ return now + ".";
    }

    boolean isGood(String key, String nonce, long now, long lifetime) {
        var parts = nonce.split("\\.");
        if (parts.length != 2 || !parts[1].equals(sign(key, parts[0]))) return false;   //~ if (parts.length != 2) return false;
        return now - Long.parseLong(parts[0]) <= lifetime;   //~ return true;
    }
    // start
    //| String make(String key, long now) {
    //|     return Long.toString(now);
    //| }
    //|
    //| boolean isGood(String key, String nonce, long now, long lifetime) {
    //|     return false;
    //| }
    // end

    @Test void one_that_was_just_made_is_good() {
        assertThat(isGood("secret", make("secret", 1000), 1010, 300)).isTrue();
    }

    @Test void later_it_is_not() {
        assertThat(isGood("secret", make("secret", 1000), 1301, 300)).isFalse();
    }

    @Test void nobody_else_can_make_one() {
        assertThat(isGood("secret", make("guess", 1000), 1010, 300)).isFalse();
        assertThat(isGood("secret", "1000", 1010, 300)).isFalse();
    }

    @Test void or_make_one_younger() {
        var old = make("secret", 1000);
        assertThat(isGood("secret", old.replace("1000", "9000"), 9010, 300)).isFalse();
    }
}
