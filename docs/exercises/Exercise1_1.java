import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Who, and where
///
/// An address of SIP says who is called and where to ask: `sip:bob@example.com`. The part before
/// the `@` is the user and may be missing; behind it stands the host, and behind a colon perhaps a
/// port. Take an address apart.
///
/// Hint: nothing before the first colon belongs to the user.
///
/// Hint: only a colon behind the `@` introduces a port.
class Exercise1_1 {
    // answer
    String user(String address) {
        var rest = address.substring(4);
        return rest.contains("@") ? rest.substring(0, rest.indexOf('@')) : "";   //~ return rest.split("@")[0];
    }

    String host(String address) {
        var rest = address.substring(4);
        var place = rest.substring(rest.indexOf('@') + 1);   //~ var place = rest.split("@")[1];
        return place.contains(":") ? place.substring(0, place.indexOf(':')) : place;   //~ return place;
    }
    // start
    //| String user(String address) {
    //|     return "";
    //| }
    //|
    //| String host(String address) {
    //|     return "";
    //| }
    // end

    @Test void an_address_has_a_user() {
        assertThat(user("sip:bob@example.com")).isEqualTo("bob");
        assertThat(user("sip:bob@10.0.0.2:5080")).isEqualTo("bob");
    }

    @Test void or_none() {
        assertThat(user("sip:example.com")).isEmpty();
        assertThat(user("sip:10.0.0.9:5060")).isEmpty();
    }

    @Test void and_a_host() {
        assertThat(host("sip:bob@example.com")).isEqualTo("example.com");
        assertThat(host("sip:example.com")).isEqualTo("example.com");
    }

    @Test void without_the_port() {
        assertThat(host("sip:bob@10.0.0.2:5080")).isEqualTo("10.0.0.2");
        assertThat(host("sip:10.0.0.9:5060")).isEqualTo("10.0.0.9");
    }
}
