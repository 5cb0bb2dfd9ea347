package p2psip.app.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// The example of RFC 8037 appendix A, and what must not pass for a JWS.
class JwsTest {
    private static final Bytes SECRET = Bytes.hex(
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    private static final Bytes PUBLIC = Bytes.hex(
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    private static final String EXAMPLE = "eyJhbGciOiJFZERTQSJ9"
            + ".RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
            + ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6"
            + "dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    /// Dice that fall as the example's secret key.
    private static Identity example() {
        return Identity.generate("example", new RandomGenerator() {
            @Override public long nextLong() { throw new AssertionError("only bytes are asked"); }

            @Override public void nextBytes(byte[] bytes) {
                SECRET.buffer().get(bytes);
            }
        });
    }

    @Test void the_public_key_is_that_of_the_example() {
        //= rfc8037#4-1 key generation takes its random numbers from the generator handed in
        assertThat(example().key()).isEqualTo(PUBLIC);
    }

    //= rfc8037#3.1.1¶1 the signing input of appendix A.4 has this signature
    //= rfc7515#5.1-1 its header names the algorithm, alg
    @Test void signing_gives_the_text_of_the_example() {
        var payload = Bytes.utf8("Example of Ed25519 signing");
        assertThat(Jws.sign(example().privateKey(), payload)).isEqualTo(EXAMPLE);
    }

    //= rfc8037#3.1.2¶1 the public key of the signer accepts the signing input, another does not
    @Test void the_example_is_verified_by_its_key_and_by_no_other() {
        var jws = Jws.parse(EXAMPLE);
        assertThat(jws.payload().utf8()).isEqualTo("Example of Ed25519 signing");
        assertThat(jws.understood()).isTrue();
        assertThat(jws.verify(PUBLIC)).isTrue();
        assertThat(jws.verify(Identity.generate("x", new SplittableRandom(1)).key())).isFalse();
    }

    //= rfc7515#4.1.11-7 crit is processed, and whatever it names refused
    //= rfc7515#4.1.1-1 alg must be present, and be one that is processed
    @Test void a_critical_extension_or_another_algorithm_is_not_understood() {
        for (var header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"HS256\"}", "{}",
                "{\"alg\":\"EdDSA\",\"crit\":[\"exp\"],\"exp\":1}"))
            assertThat(Jws.parse(Jws.base64url(Bytes.utf8(header)) + "..").understood())
                    .as(header).isFalse();
        for (var header : List.of("{\"alg\":\"eddsa\"}", "{\"alg\":\"EdDSA \"}"))
            //= rfc7515#5.3-1 strings are compared as they are, case and all
            assertThat(Jws.parse(Jws.base64url(Bytes.utf8(header)) + "..").understood()).isFalse();
        //= rfc7515#4-3 other header parameters are ignored
        assertThat(Jws.parse(Jws.base64url(Bytes.utf8("{\"alg\":\"EdDSA\",\"mood\":\"good\"}"))
                + "..").understood()).isTrue();
    }

    @Test void characters_of_every_plane_are_preserved() {
        //= rfc7515#10.13-1 outside the Basic Multilingual Plane, too
        assertThat(Jws.utf8(Bytes.utf8("\ud834\udd1e"))).isEqualTo("\ud834\udd1e");
    }

    //= rfc7515#4-1 a duplicate header parameter name is rejected, among other nonsense
    @Test void what_is_no_jws_is_refused() {
        var good = Jws.base64url(Bytes.utf8("{\"alg\":\"EdDSA\"}"));
        for (var bad : List.of("", ".", "..", good, good + ".", good + "...", good + ".=.", good
                + ". .", good + ".A.", good + "\n..", "AA.AA.AA",
                Jws.base64url(Bytes.utf8("{\"alg\":\"EdDSA\",\"alg\":\"none\"}")) + "..",
                Jws.base64url(Bytes.utf8("{\"alg\":\"EdDSA\"}{}")) + "..",
                Jws.base64url(Bytes.utf8("{alg:\"EdDSA\"}")) + "..",
                Jws.base64url(Bytes.utf8("{\"alg\":\"EdDSA\",\"b64\":TRUE}")) + "..",
                Jws.base64url(Bytes.utf8("[" .repeat(500))) + "..",
                Jws.base64url(Bytes.hex("7bff7d")) + ".."))
            //= rfc7515#10.12-1 JSON that does not conform to its syntax
            //= rfc7515#10.12-3 names that are not unique
            //= rfc7515#10.12-4 and input behind the end
            assertThatThrownBy(() -> Jws.parse(bad)).as(bad).isInstanceOf(SyntaxException.class);
    }

    //= rfc7515#5.2¶9 additional bits in the last character of the encoded signature are refused
    @Test void the_unused_bits_of_the_last_character_are_not_free() {
        assertThatThrownBy(() -> Jws.bytes("AB")).isInstanceOf(SyntaxException.class);
        assertThat(Jws.bytes("AA")).isEqualTo(Bytes.hex("00"));
    }

    @Property void nonsense_throws_nothing_else(@ForAll String text) {
        try {
            Jws.parse(text);
        } catch (SyntaxException expected) {
            // and nothing else may be thrown
        }
    }
}
