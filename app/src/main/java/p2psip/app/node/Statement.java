package p2psip.app.node;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.crypto.*;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Aor;

/// What a caller says about one call, signed by the key of his address: whoever passes the call on
/// can show it, and so be believed about whose call it is.
///
/// It is a record that nobody looks up: its lookup key is no address.
/// ```json
/// {"key": "call:sip:alice@example.com", "owner": "...", "seq": 1, "iat": ..., "exp": ...,
///  "kind": "call", "value": {"to": "sip:bob@example.com", "call-id": "..."}}
/// ```
record Statement(SignedRecord signed) {
    /// How long it is good for.
    static final Duration VALID = Duration.ofSeconds(60);

    private static final String KIND = "call";

    /// @param from the address in From, whose key that is
    /// @param to   the address in To
    static Statement sign(Identity caller, Aor from, Aor to, String callId, Instant wall) {
        var value = new JsonObject();
        value.addProperty("to", to.toString());
        value.addProperty("call-id", callId);
        return new Statement(SignedRecord.sign(caller, key(from),
                new SignedRecord.Other(KIND, value), 1, wall, VALID));
    }

    private static String key(Aor from) { return KIND + ":" + from; }

    /// What was signed, if it was, by whomsoever, and for this call.
    ///
    /// @param from the address in From
    /// @param to   the address in To
    static Optional<Statement> read(
            String text, Aor from, Aor to, Request request, Instant wall) {
        return SignedRecord.verify(text, key(from), wall) instanceof
                SignedRecord.Verdict.Valid(var signed)
                && signed.value() instanceof SignedRecord.Other(var kind, var json)
                && kind.equals(KIND) && is(json, "to", to.toString())
                && is(json, "call-id", request.callId())
                && Duration.between(signed.issued(), signed.expires()).compareTo(VALID) <= 0
                ? Optional.of(new Statement(signed)) : Optional.empty();
    }

    private static boolean is(JsonObject json, String name, String value) {
        return json.has(name) && json.get(name).isJsonPrimitive()
                && json.get(name).getAsString().equals(value);
    }

    /// Public key of the address whose call it is.
    Bytes owner() { return signed.owner(); }

    String text() { return signed.text(); }
}
