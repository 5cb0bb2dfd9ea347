package p2psip.std.rfc5626;

import module java.base;
import p2psip.std.rfc3261.Header;

/// The note of a binding that is a flow of an instance; it goes with whatever is made of that.
///
/// @param value `reg-id +sip.instance`
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-7 RFC 5626 §7
public record FlowNote(String value) {
    private static final String NAME = "Flow";

    public FlowNote(String flow, String instance) { this(flow + " " + instance); }

    public static Optional<FlowNote> of(List<Header> notes) {
        return notes.stream().filter(note -> note.is(NAME)).map(Header::value).findFirst()
                .map(FlowNote::new);
    }

    /// The instance whose flow it is.
    public String instance() { return value.substring(value.indexOf(' ') + 1); }

    public Header header() { return new Header(NAME, value); }
}
