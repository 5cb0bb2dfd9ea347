package p2psip.app.crypto;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.std.Bytes;

/// A signed, expiring, numbered value under a lookup key: anyone can check it, nobody can forge it,
/// nor bring it back once it has expired or a later one is known.
///
/// Who holds a SignedRecord holds one whose signature was right: it comes from [#sign] or [#verify]
/// only. Its [#text] is what travels and is stored, a JWS whose payload is
/// ```json
/// {"key": "sip:alice@example.com", "owner": "<32 bytes, base64url>", "seq": 1795229687123,
///  "iat": 1795229687, "exp": 1795233287, "kind": "contact", "value": {...}}
/// ```
/// Records of several owners under one key lie side by side; of one owner the highest `seq` counts,
/// and [Removed] is a record like any other, so that a removal too cannot be undone by a replay.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7515#section-3 RFC 7515 §3
public final class SignedRecord {

    /// Characters of [#text]; larger ones are neither signed nor accepted.
    public static final int MAX_TEXT = 4096;

    /// Characters of a lookup key.
    public static final int MAX_KEY = 256;

    /// How long a record may be valid: who wants more signs again.
    public static final Duration MAX_LIFETIME = Duration.ofDays(7);

    /// So long a record counts after its end, for clocks may be apart.
    public static final Duration SKEW = Skew.USUAL;

    /// How far the signer's clock may be ahead of the verifier's.
    public static final Duration AHEAD = Duration.ofHours(1);

    /// What a record says, by its kind.
    public sealed interface Value permits Contact, Removed, Other {
        String kind();

        JsonObject json();
    }

    /// There is no value any more: the tombstone that keeps older records of its owner away.
    public record Removed() implements Value {
        @Override public String kind() { return "removed"; }

        @Override public JsonObject json() { return new JsonObject(); }
    }

    /// A kind this node does not know: kept for others, who may.
    public record Other(String kind, JsonObject json) implements Value {
        @Override public JsonObject json() { return json.deepCopy(); }
    }

    /// Everything that is signed.
    ///
    /// @param key      the lookup key
    /// @param owner    public key of the signer, 32 bytes
    /// @param sequence of two records with the same key and owner the higher one counts
    /// @param issued   by the signer's clock, whole seconds
    /// @param expires  when it stops to be true, whole seconds
    public record Claims(String key, Bytes owner, long sequence, Instant issued, Instant expires,
            Value value) {
        public Claims {
            issued = issued.truncatedTo(ChronoUnit.SECONDS);
            expires = expires.truncatedTo(ChronoUnit.SECONDS);
            if (key.isEmpty() || key.length() > MAX_KEY)
                throw new SyntaxException("lookup key empty or too long");
            if (owner.size() != Keys.PUBLIC) throw new SyntaxException("owner is not 32 bytes");
            if (expires.isBefore(issued)) throw new SyntaxException("expires before it is issued");
        }
    }

    /// Why a record is not accepted.
    public enum Reason {
        TOO_LARGE, MALFORMED, UNKNOWN_ALGORITHM, FORGED, WRONG_KEY, FROM_THE_FUTURE, EXPIRED,
        LIVES_TOO_LONG
    }

    /// What [#verify] found.
    public sealed interface Verdict {
        record Valid(SignedRecord record) implements Verdict {}

        /// @param why one line for trace; nothing in it comes from the peer unescaped
        record Refused(Reason reason, String why) implements Verdict {}
    }

    private final Claims claims;
    private final String text;

    private SignedRecord(Claims claims, String text) {
        this.claims = claims;
        this.text = text;
    }

    /// Signs a value for a lookup key.
    ///
    /// @param sequence higher than that of every record this owner has signed for this key; the
    ///                 time of day in milliseconds serves
    /// @throws SyntaxException if a limit of this class is passed
    public static SignedRecord sign(Identity owner, String key, Value value, long sequence,
            Instant issued, Duration lifetime) {
        if (lifetime.compareTo(MAX_LIFETIME) > 0) throw new SyntaxException("lives too long");
        var claims = new Claims(key, owner.key(), sequence, issued, issued.plus(lifetime), value);
        var text = Jws.sign(owner.privateKey(), Bytes.utf8(print(claims).toString()));
        if (text.length() > MAX_TEXT) throw new SyntaxException("record too large");
        return new SignedRecord(claims, text);
    }

    /// Checks a record that is to be stored or was fetched.
    ///
    /// @param key  the lookup key it is stored under or was asked for
    /// @param wall the time of day
    public static Verdict verify(String text, String key, Instant wall) {
        var verdict = verify(text, wall);
        return verdict instanceof Verdict.Valid(var record) && !record.key().equals(key)
                ? refused(Reason.WRONG_KEY, "record of another lookup key") : verdict;
    }

    /// Checks a record whatever its lookup key.
    ///
    /// @param wall the time of day
    public static Verdict verify(String text, Instant wall) { return verdict(text, _ -> wall); }

    /// Checks a record as of the moment at which it says that it was signed: for who only looks.
    public static Verdict verify(String text) { return verdict(text, Claims::issued); }

    private static Verdict verdict(String text, Function<Claims, Instant> wall) {
        if (text.length() > MAX_TEXT)
            return refused(Reason.TOO_LARGE, text.length() + " characters of " + MAX_TEXT);
        try {
            var jws = Jws.parse(text);
            //= rfc7515#5.2-5 valid or not, only EdDSA is an acceptable algorithm
            if (!jws.understood()) return refused(Reason.UNKNOWN_ALGORITHM, "not " + Jws.ALGORITHM);
            var claims = parse(Json.object(Jws.utf8(jws.payload())));
            //= rfc7515#5.2-1,4 the one signature must validate, or the JWS is considered invalid
            //= rfc7515#5.2-3 the signature is validated against the signing input, as alg says
            if (!jws.verify(claims.owner)) return refused(Reason.FORGED, "signature is wrong");
            return timely(new SignedRecord(claims, text), wall.apply(claims));
        } catch (SyntaxException e) {
            return refused(Reason.MALFORMED, e.getMessage());
        }
    }

    private static Verdict timely(SignedRecord record, Instant wall) {
        var claims = record.claims;
        if (claims.issued.isAfter(wall.plus(AHEAD)))
            return refused(Reason.FROM_THE_FUTURE, "its clock is " + record.skew(wall));
        if (record.expired(wall)) return refused(Reason.EXPIRED, "expired at " + claims.expires);
        if (Duration.between(claims.issued, claims.expires).compareTo(MAX_LIFETIME) > 0)
            return refused(Reason.LIVES_TOO_LONG, "expires at " + claims.expires);
        return new Verdict.Valid(record);
    }

    private static Verdict refused(Reason reason, String why) {
        return new Verdict.Refused(reason, why);
    }

    public String key() { return claims.key; }

    /// Public key of the signer, 32 bytes.
    public Bytes owner() { return claims.owner; }

    public long sequence() { return claims.sequence; }

    public Instant issued() { return claims.issued; }

    public Instant expires() { return claims.expires; }

    public Value value() { return claims.value; }

    /// The compact JWS.
    public String text() { return text; }

    /// How far the signer's clock is ahead at least; of a record that is some time old it is
    /// behind, which says nothing.
    public Skew skew(Instant wall) { return Skew.of(claims.issued, wall); }

    /// Whether it is over even for a clock that is [#SKEW] behind.
    public boolean expired(Instant wall) { return !wall.isBefore(claims.expires.plus(SKEW)); }

    public boolean removed() { return claims.value instanceof Removed; }

    /// Whether this one takes the place of another: same key and owner, and a higher number. An
    /// equal number does not, so a replay changes nothing.
    public boolean replaces(SignedRecord other) {
        return key().equals(other.key()) && owner().equals(other.owner())
                && sequence() > other.sequence();
    }

    /// Of two records the one that stays: the second if it replaces the first.
    public static SignedRecord newer(SignedRecord first, SignedRecord second) {
        return second.replaces(first) ? second : first;
    }

    private static JsonObject print(Claims claims) {
        var json = new JsonObject();
        json.addProperty("key", claims.key);
        json.addProperty("owner", Jws.base64url(claims.owner));
        json.addProperty("seq", claims.sequence);
        json.addProperty("iat", claims.issued.getEpochSecond());
        json.addProperty("exp", claims.expires.getEpochSecond());
        json.addProperty("kind", claims.value.kind());
        json.add("value", claims.value.json());
        return json;
    }

    private static Claims parse(JsonObject json) {
        var value = Json.object(json, "value");
        return new Claims(Json.string(json, "key"), Jws.bytes(Json.string(json, "owner")),
                Json.integer(json, "seq"), instant(json, "iat"), instant(json, "exp"),
                switch (Json.string(json, "kind")) {
                    case Contact.KIND -> Contact.parse(value);
                    case "removed" -> new Removed();
                    case String other -> new Other(other, value);
                });
    }

    private static Instant instant(JsonObject json, String name) {
        long seconds = Json.integer(json, name);
        if (seconds > Instant.MAX.getEpochSecond() / 2) throw new SyntaxException("no such time");
        return Instant.ofEpochSecond(seconds);
    }

    @Override public boolean equals(Object o) {
        return o instanceof SignedRecord other && text.equals(other.text);
    }

    @Override public int hashCode() { return text.hashCode(); }

    @Override public String toString() {
        return claims.value.kind() + " " + key() + " #" + sequence() + " of "
                + NodeId.of(owner()) + " until " + expires();
    }
}
