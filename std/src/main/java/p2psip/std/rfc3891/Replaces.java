package p2psip.std.rfc3891;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.ua.Dialog;

/// The value of a Replaces field.
///
/// @param toTag   of its recipient
/// @param fromTag of the peer who is to be replaced
/// @param early   whether only a call is meant that nobody has taken yet
/// @spec https://www.rfc-editor.org/rfc/rfc3891#section-6.1 RFC 3891 §6.1
public record Replaces(String callId, String toTag, String fromTag, boolean early) {
    public static final String NAME = "Replaces", OPTION = "replaces";

    private static final String TO_TAG = "to-tag", FROM_TAG = "from-tag", EARLY = "early-only";

    /// Our place in a dialog, as the peer of it names that.
    public static Replaces atPeer(Dialog.Id ours) {
        return new Replaces(ours.callId(), ours.remoteTag(), ours.localTag(), false);
    }

    /// @throws SyntaxException if it names no dialog
    public static Replaces parse(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon < 1) throw new SyntaxException("no tags: " + value);
        var params = Params.parse(value.substring(semicolon));
        return new Replaces(value.substring(0, semicolon).strip(), one(params, TO_TAG),
                one(params, FROM_TAG), params.has(EARLY));
    }

    private static String one(Params params, String name) {
        //= rfc3891#6.1-2 exactly one of each
        if (params.list().stream().filter(p -> p.name().equalsIgnoreCase(name)).count() != 1)
            throw new SyntaxException("not one " + name);
        return params.get(name).orElseThrow();
    }

    /// The dialogs that may be meant, as its recipient has them.
    public List<Dialog.Id> ids() {
        return variants(toTag).flatMap(local -> variants(fromTag)
                .map(remote -> new Dialog.Id(callId, local, remote))).toList();
    }

    private static Stream<String> variants(String tag) {
        //  what of RFC 2543 has no tag is said to have this
        return tag.equals("0") ? Stream.of(tag, "") : Stream.of(tag);
    }

    /// A URI, of a Refer-To, that asks for a call with this field.
    public SipUri in(SipUri uri) { return uri.withHeader(NAME, toString()); }

    @Override public String toString() {
        return callId + ";" + TO_TAG + "=" + toTag + ";" + FROM_TAG + "=" + fromTag
                + (early ? ";" + EARLY : "");
    }
}
