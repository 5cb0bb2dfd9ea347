package p2psip.std.rfc5627;

import module java.base;
import p2psip.std.rfc2396.*;

/// What makes a URI a GRUU: whoever has it reaches one user agent by it, from anywhere.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5627#section-3.1 RFC 5627 §3.1
public final class Gruu {
    /// The URI parameter, the option tag, and what a Contact says of both kinds.
    public static final String PARAMETER = "gr", OPTION = "gruu",
            PUBLIC = "pub-gruu", TEMPORARY = "temp-gruu";

    private Gruu() {}

    //= rfc5627#4.5¶1 it is known by the parameter gr, with a value or without
    public static boolean is(Uri uri) { return uri instanceof SipUri sip && has(sip); }

    static boolean has(SipUri uri) { return uri.params().has(PARAMETER); }

    /// One that shows whose it is.
    ///
    /// @param aor      as it is known to others, without parameters
    /// @param instance a URN
    static SipUri shown(SipUri aor, String instance) {
        //= rfc5627#5.1-5 the address of record with gr, and a value
        //= rfc5627#A.1¶1 the actual instance ID is the value
        //= rfc5627#5.4-2 so those of different addresses or instances are different
        return with(aor, Escapes.encodeParam(instance));
    }

    /// The instance that a public one names.
    static Optional<String> instance(SipUri uri) {
        return uri.params().get(PARAMETER).map(Escapes::decode)
                .filter(value -> value.regionMatches(true, 0, "urn:", 0, 4));
    }

    static SipUri with(SipUri uri, String value) {
        return uri.withParams(Params.NONE.with(PARAMETER, value)).withoutHeaders();
    }

    /// As people are to see it: of a public one that is the address of record.
    public static SipUri rendered(SipUri uri) {
        //= rfc5627#4.6-1 without the parameter gr
        return uri.withParams(uri.params().without(PARAMETER));
    }
}
