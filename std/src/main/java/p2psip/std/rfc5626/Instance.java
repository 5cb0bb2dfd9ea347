package p2psip.std.rfc5626;

import module java.base;
import p2psip.std.rfc2396.SyntaxException;

/// The name of one user agent among all of a user, for as long as it is used: a URN, to be kept
/// where neither a restart nor another network changes it.
///
/// @param urn `urn:uuid:00000000-0000-1000-8000-aabbccddeeff`
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-4.1 RFC 5626 §4.1
public record Instance(String urn) {
    //= rfc5626#4.1-1 this name identifies the device, in a parameter of its Contact
    public static final String PARAMETER = "+sip.instance";

    //= rfc5626#4.1-5 no other scheme than UUID, for which RFC 4122 says how it is made
    private static final Pattern UUID_URN = Pattern.compile(
            "urn:uuid:\\p{XDigit}{8}-(\\p{XDigit}{4}-){3}\\p{XDigit}{12}",
            Pattern.CASE_INSENSITIVE);

    /// @throws SyntaxException if it is no UUID
    public Instance {
        if (!UUID_URN.matcher(urn).matches())
            throw new SyntaxException("no URN of a UUID: " + urn);
    }

    /// A new one.
    public static Instance random(RandomGenerator random) {
        long high = random.nextLong() & ~0xf000L | 0x4000, low = random.nextLong() >>> 2;
        //= rfc5626#4.1-4 a UUID, of random numbers
        return new Instance("urn:uuid:" + new UUID(high, low | Long.MIN_VALUE));
    }

    /// As the value of [#PARAMETER].
    public String quoted() { return "\"<" + urn + ">\""; }
}
