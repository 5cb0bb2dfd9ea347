package p2psip.std.rfc5621;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message;

/// A body, or a part of one, with what says how to read it.
///
/// @param headers those that tell of this part; of a whole message all of its header fields
/// @spec https://www.rfc-editor.org/rfc/rfc5621#section-8.1 RFC 5621 §8.1
public record BodyPart(List<Header> headers, Bytes bytes) {
    private static final String SDP = "application/sdp";

    public BodyPart { headers = List.copyOf(headers); }

    /// The body of a message as a whole.
    public static BodyPart of(Message message) {
        return new BodyPart(message.headers(), message.body());
    }

    private Optional<String> first(String name) {
        return headers.stream().filter(header -> header.is(name)).map(Header::value).findFirst();
    }

    /// With its parameters; where there is none it is what a call would have there.
    public String type() { return first("Content-Type").orElse(SDP); }

    /// `type/subtype`, in lower case.
    public String mediaType() { return plain(type()); }

    /// What it is for: `session`, `render` ... in lower case.
    public String disposition() {
        return first("Content-Disposition").map(BodyPart::plain)
                //= rfc3261#20.11-1 where it is missing SDP is for the session, the rest to render
                .orElseGet(() -> mediaType().equals(SDP) ? "session" : "render");
    }

    /// Whether it may be ignored by who does not understand it.
    public boolean optional() {
        //= rfc3261#20.11-2 with no handling parameter it is required
        return params("Content-Disposition").get("handling")
                .filter("optional"::equalsIgnoreCase).isPresent();
    }

    /// Whether it is written as it is.
    public boolean plain() {
        return first("Content-Encoding").orElse("identity").equalsIgnoreCase("identity")
                && !List.of("base64", "quoted-printable").contains(
                        first("Content-Transfer-Encoding").orElse("").toLowerCase(Locale.ROOT));
    }

    /// The parameters of a header field; none if they cannot be read.
    Params params(String name) {
        var value = first(name).orElse("");
        int semicolon = value.indexOf(';');
        try {
            return semicolon < 0 ? Params.NONE : Params.parse(value.substring(semicolon));
        } catch (SyntaxException e) {
            return Params.NONE;
        }
    }

    /// A value without its parameters, in lower case.
    public static String plain(String value) {
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).strip()
                .toLowerCase(Locale.ROOT);
    }
}
