package p2psip.std.rfc2617;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// The examples of RFC 2617 §2 and §3.5 and of RFC 7616 §3.9.
class Rfc2617VectorsTest {
    private static final Secret MUFASA = new Secret.Password("Circle Of Life");
    private static final Secret SHA_MUFASA = new Secret.Password("Circle of Life");

    //= rfc2617#2¶5 name, colon and password in base64
    @Test void basic_of_section_2() {
        var basic = new Credentials.Basic("Aladdin", "open sesame");
        assertThat(basic.text()).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(Credentials.parse(basic.text())).isEqualTo(basic);
    }

    //= rfc2617#3.2.2.4-2 the colons stand alone between what is digested
    @Test void digest_of_section_3_5() {
        assertThat(signed("Mufasa", MUFASA, """
                Digest realm="testrealm@host.com", qop="auth,auth-int",
                 nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",
                 opaque="5ccc069c403ebaf9f0171e9517f40e41"
                """, "/dir/index.html", "0a4f113b"))
                .isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    /// By md5sum, which says `1949323746fe6a43ef61f9606e7febea` to the example of RFC 2069 too.
    //= rfc2617#3.2.2.1¶2 without qop only nonce and A2 are hashed with the secret
    @Test void the_same_without_qop_and_what_the_server_proves() {
        var params = Params.of("username", "Mufasa", "realm", "testrealm@host.com", "nonce",
                "dcd98b7102dd2f0e8b11d0f600bfb0c093", "uri", "/dir/index.html", "response", "");
        var ha1 = MUFASA.ha1(Algorithm.MD5, "Mufasa", "testrealm@host.com").orElseThrow();
        assertThat(new Credentials.Digest(params).expected(ha1, "", "GET", Bytes.EMPTY))
                .isEqualTo("670fd8c2df070c60b045671b8b24ff02");
        //= rfc2617#3.2.3¶5 A2 has no method
        assertThat(new Credentials.Digest(params.with("qop", "auth").with("nc", "00000001")
                .with("cnonce", "0a4f113b")).expectedInfo(ha1, "0a4f113b", Bytes.EMPTY))
                .isEqualTo("376602cfd2f4e8e5e78b948a85263e85");
    }

    @Test void md5_of_rfc_7616_section_3_9_1() {
        assertThat(signed("Mufasa", SHA_MUFASA, of7616("MD5"), "/dir/index.html", CNONCE))
                .isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
    }

    @Test void sha_256_of_rfc_7616_section_3_9_1() {
        assertThat(signed("Mufasa", SHA_MUFASA, of7616("SHA-256"), "/dir/index.html", CNONCE))
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    /// Not in the RFC: computed by another program that gives the RFC's numbers without `-sess`.
    //= rfc2617#3.2.2.2¶3 the session key has nonce and cnonce in it
    @Test void session_variants_of_the_same_example() {
        assertThat(signed("Mufasa", SHA_MUFASA, of7616("MD5-sess"), "/dir/index.html", CNONCE))
                .isEqualTo("e783283f46242139c486a698fec7211d");
        assertThat(signed("Mufasa", SHA_MUFASA, of7616("SHA-256-sess"), "/dir/index.html", CNONCE))
                .isEqualTo("2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7");
    }

    /// With the numbers of erratum 4897: those printed in the RFC are of SHA-512 cut short.
    @Test void sha_512_256_of_rfc_7616_section_3_9_2() {
        //= rfc7616#4-2,3 a username with characters beyond ASCII, and a password with blanks
        assertThat(signed("J\u00e4s\u00f8n Doe", new Secret.Password("Secret, or not?"), """
                Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256,
                 nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK",
                 opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS",
                 charset=UTF-8, userhash=true
                """, "/doe.json", "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v"))
                .isEqualTo("3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5");
    }

    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    private static String of7616(String algorithm) {
        return """
                Digest realm="http-auth@example.org", qop="auth, auth-int",
                 algorithm=%s,
                 nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                 opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
                """.formatted(algorithm);
    }

    /// The response of the first request after the challenge, with that cnonce.
    private static String signed(
            String user, Secret secret, String challenge, String uri, String cnonce) {
        var asked = (Challenge.Digest) Challenge.parse(challenge).getFirst();
        assertThat(asked.qop()).contains(Qop.AUTH);
        var credentials = new Credentials.Digest(asked.params().with("username", user)
                .with("uri", uri).with("qop", "auth").with("nc", "00000001")
                .with("cnonce", cnonce).with("response", ""));
        var ha1 = secret.ha1(asked.algorithm().orElseThrow(), user, asked.realm()).orElseThrow();
        return credentials.signed(ha1, cnonce, "GET", Bytes.EMPTY).response();
    }
}
