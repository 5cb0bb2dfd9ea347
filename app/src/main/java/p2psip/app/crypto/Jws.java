package p2psip.app.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.std.Bytes;

/// A JSON Web Signature in its compact form, signed with Ed25519: `header.payload.signature`, each
/// part base64url without padding.
///
/// One content has one text: a part whose last character carries stray bits is refused, so that no
/// bit of a signed text can be changed unseen.
///
/// @param signingInput what the signature is made over: the first two parts and the dot between
/// @spec https://www.rfc-editor.org/rfc/rfc7515#section-7.1 RFC 7515 §7.1
/// @spec https://www.rfc-editor.org/rfc/rfc8037#section-3.1 RFC 8037 §3.1
record Jws(JsonObject header, Bytes payload, Bytes signature, String signingInput) {

    /// The only algorithm spoken here.
    static final String ALGORITHM = "EdDSA";

    private static final Base64.Encoder TO_BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /// Signs a payload; answers the compact form.
    static String sign(PrivateKey key, Bytes payload) {
        var header = new JsonObject();
        //= rfc7515#5.1-1 alg is present and names the algorithm of the signature
        header.addProperty("alg", ALGORITHM);
        var input = base64url(Bytes.utf8(header.toString())) + "." + base64url(payload);
        //= rfc8037#3.1.1¶1 the signing algorithm is applied to the signing input
        return input + "." + base64url(Bytes.wrap(Keys.sign(key, input.getBytes(US_ASCII))));
    }

    /// Takes the compact form apart; [#verify] is still to be asked.
    ///
    /// @throws SyntaxException if it is not three parts of base64url with a JSON header first
    static Jws parse(String text) {
        //= rfc7515#5.2¶3 exactly two periods separate the three encoded parts
        var parts = text.split("\\.", -1);
        if (parts.length != 3) throw new SyntaxException("a JWS has three parts");
        return new Jws(Json.object(utf8(bytes(parts[0]))), bytes(parts[1]), bytes(parts[2]),
                parts[0] + "." + parts[1]);
    }

    /// Whether the header asks for what is understood here; what may be ignored in it is.
    boolean understood() {
        //= rfc7515#4.1.11-1,7 crit is understood: no extension is supported, so it is invalid
        if (header.has("crit")) return false;
        //= rfc7515#4.1.1-1 the header parameter alg is present, and the one that is processed here
        //= rfc7515#5.3-1 the string is compared letter for letter, case and all
        //= rfc7515#4-2,3 other header parameters are ignored, whether defined by the RFC or not
        return header.has("alg") && Json.string(header, "alg").equals(ALGORITHM);
    }

    /// Whether the owner of this key signed it.
    boolean verify(Bytes publicKey) {
        //= rfc8037#3.1.2¶1 valid is what the public key accepts for this signing input
        return Keys.verify(publicKey, signingInput.getBytes(US_ASCII), signature.toArray());
    }

    static String base64url(Bytes bytes) { return TO_BASE64URL.encodeToString(bytes.toArray()); }

    /// @throws SyntaxException unless this is base64url in its one canonical spelling
    static Bytes bytes(String base64url) {
        try {
            var bytes = Bytes.wrap(Base64.getUrlDecoder().decode(base64url));
            //= rfc7515#5.2¶9 no line break, white space or padding in an encoded part
            if (!base64url(bytes).equals(base64url)) throw new SyntaxException("stray base64 bits");
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new SyntaxException("not base64url", e);
        }
    }

    /// @throws SyntaxException unless the bytes are well-formed UTF-8
    static String utf8(Bytes bytes) {
        try {
            //= rfc7515#10.13-1 characters outside the Basic Multilingual Plane are preserved
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.buffer()).toString();
        } catch (CharacterCodingException e) {
            throw new SyntaxException("not UTF-8", e);
        }
    }
}
