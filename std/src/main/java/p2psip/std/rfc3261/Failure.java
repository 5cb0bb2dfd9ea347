package p2psip.std.rfc3261;

import p2psip.std.*;

/// Why a transaction failed.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.1.3.1 RFC 3261 §8.1.3.1
@Section("8.1.3.1") public enum Failure implements Cited {
    TIMEOUT, TRANSPORT,

    /// It was not sent: the server has asked to be left alone for a while.
    RESTING
}
