import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2617.Credentials;
import p2psip.tools.book.Flow;

/// # Prove it
///
/// Compute the `response` of a Digest with MD5 and `qop=auth`. The hash of the user is that of
/// `user:realm:password`; that of the request, of `METHOD:uri`; and the response is the hash of
/// both with what lies between them: `H1:nonce:nc:cnonce:qop:H2`.
///
/// Hint: `HexFormat.of().formatHex(...)` writes bytes as a hash is written, in small letters.
class Exercise8_1 {
    static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    // answer
    String response(String user, String realm, String password, String method, String uri,
            String nonce, String nc, String cnonce) {
        var h1 = md5(user + ":" + realm + ":" + password);   //~ var h1 = md5(user + ":" + password);
        var h2 = md5(method + ":" + uri);   //~ var h2 = md5(uri);
        return md5(h1 + ":" + nonce + ":" + nc + ":" + cnonce + ":auth:" + h2);   //~ return md5(h1 + ":" + nonce + ":" + h2);
    }
    // start
    //| String response(String user, String realm, String password, String method, String uri,
    //|         String nonce, String nc, String cnonce) {
    //|     return md5(user + ":" + password);
    //| }
    // end

    /// The example of RFC 2617 §3.5.
    @Test void as_in_the_example_of_the_rfc() {
        assertThat(response("Mufasa", "testrealm@host.com", "Circle Of Life", "GET",
                "/dir/index.html", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "00000001", "0a4f113b"))
                .isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    @Test void and_as_alice_did_it() {
        var line = Flow.of("register").message("REGISTER 2").lines()
                .filter(l -> l.startsWith("Authorization: ")).findFirst().orElseThrow();
        var sent = (Credentials.Digest) Credentials.parse(line.substring(15));
        assertThat(response("alice", "example.com", "wonderland", "REGISTER", sent.uri(),
                sent.nonce(), "%08x".formatted(sent.nc()), sent.cnonce()))
                .isEqualTo(sent.response());
    }
}
