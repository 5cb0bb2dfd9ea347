package p2psip.std.rfc9000;

/// What a peer may not do. It ends the whole connection: who does it once will do it again.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9000#section-20.1 RFC 9000 §20.1
public enum Violation {
    /// More bytes than it was allowed.
    FLOW_CONTROL_ERROR,

    /// More streams than it was allowed.
    STREAM_LIMIT_ERROR,

    /// About a stream that is not there to be spoken of so.
    STREAM_STATE_ERROR,

    /// The end of a stream has moved, or there is something behind it.
    FINAL_SIZE_ERROR
}
