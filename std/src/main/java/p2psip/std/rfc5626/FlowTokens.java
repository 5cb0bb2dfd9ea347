package p2psip.std.rfc5626;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;

/// Codes for the user part of a URI, or for a Via, that only their maker can make: each is good for
/// one dialog, and may name a flow, whose [FlowToken] follows: `1f0c...-AMAAAgETxA`.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-5.2 RFC 5626 §5.2
public final class FlowTokens {
    private static final char SEPARATOR = '-';

    private final FlowToken tokens;
    private final Mac mac;

    /// @param points the local ends that a flow can have
    /// @param secret by which it knows its own codes again
    public FlowTokens(List<ListeningPoint> points, Bytes secret) {
        tokens = new FlowToken(points);
        mac = Digests.mac("HmacSHA256", secret.toArray());
    }

    /// A code, and behind it the token of a flow, for messages of one dialog.
    public String of(String dialog, Optional<Flow> flow) {
        return complete(dialog, flow.flatMap(tokens::of).map(text -> SEPARATOR + text).orElse(""));
    }

    /// Whether a code was made here for that dialog.
    public boolean isGenuine(String dialog, String code) {
        return MessageDigest.isEqual(code.getBytes(UTF_8), complete(dialog,
                hasFlow(code) ? code.substring(code.indexOf(SEPARATOR)) : "").getBytes(UTF_8));
    }

    /// Whether a code, of whomever, has a token.
    public boolean hasFlow(String code) { return code.indexOf(SEPARATOR) >= 0; }

    /// The flow that a genuine code names.
    public Optional<Flow> flow(String code) {
        return hasFlow(code) ? tokens.flow(code.substring(code.indexOf(SEPARATOR) + 1))
                : Optional.empty();
    }

    private String complete(String dialog, String token) {
        var code = mac.doFinal((dialog + token).getBytes(UTF_8));
        return HexFormat.of().formatHex(code, 0, 10) + token;
    }
}
