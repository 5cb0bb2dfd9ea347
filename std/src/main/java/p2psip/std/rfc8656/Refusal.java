package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Cited;
import p2psip.std.rfc8489.Attribute.ErrorCode;

/// Why a request is refused, with the code that the client hears.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-19 RFC 8656 §19
enum Refusal implements Cited {
    BAD_REQUEST(400, "Bad Request", "7.2"),
    FORBIDDEN(403, "Forbidden", "10.2"),
    UNKNOWN_ATTRIBUTE(420, "Unknown Attribute", "rfc8489#6.3.1"),
    ALLOCATION_MISMATCH(437, "Allocation Mismatch", "5"),
    ADDRESS_FAMILY_NOT_SUPPORTED(440, "Address Family not Supported", "7.2"),
    WRONG_CREDENTIALS(441, "Wrong Credentials", "5"),
    UNSUPPORTED_TRANSPORT_PROTOCOL(442, "Unsupported Transport Protocol", "7.2"),
    PEER_ADDRESS_FAMILY_MISMATCH(443, "Peer Address Family Mismatch", "12.2"),
    ALLOCATION_QUOTA_REACHED(486, "Allocation Quota Reached", "7.2"),
    INSUFFICIENT_CAPACITY(508, "Insufficient Capacity", "7.2");

    final int code;
    final String reason;
    private final String section;

    Refusal(int code, String reason, String section) {
        this.code = code;
        this.reason = reason;
        this.section = section;
    }

    ErrorCode attribute() { return new ErrorCode(code, reason); }

    @Override public String section() { return section; }
}
