package p2psip.std.rfc4568;

/// Who can read the keys, on the way that the descriptions take: whoever makes an [Sdes] has to
/// know, for the library that protects media cannot.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4568#section-8 RFC 4568 §8
public enum Signalling {
    //= rfc4568#3-2 SIPS protects the message and the keying material
    /// Nobody but those who pass on the signalling, which is encrypted and proven at each hop.
    SECURED,
    /// Anybody. No key is told and none is taken.
    EXPOSED,
    /// Anybody, and somebody has decided that it is to be done all the same: what is agreed says
    /// so, and so should whoever shows it.
    EXPOSED_KNOWINGLY
}
