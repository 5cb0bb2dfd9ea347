package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;

/// The dialogs that one INVITE of ours has made so far: a proxy may have sent it to several phones,
/// and each that answers makes its own.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.2.2 RFC 3261 §13.2.2
final class Forks {
    /// How many are kept; those of more are not noticed until they send a 2xx.
    static final int LIMIT = 32;

    private final Map<String, Dialog> early = new LinkedHashMap<>();
    private final Map<String, Content> answers = new LinkedHashMap<>();

    /// The early dialog with this peer, if there is one.
    Optional<Dialog> early(String remoteTag) { return Optional.ofNullable(early.get(remoteTag)); }

    /// A provisional response may make an early dialog; answers the session description in it if
    /// it is the first of that dialog.
    Optional<Content> progress(Request invite, Response response) {
        var tag = response.to().tag().orElse("");
        if (response.status() == 100 || tag.isEmpty()) return Optional.empty();
        //= rfc3261#13.2.2.1¶1 a tag that we have not seen makes a dialog, an early one
        if (!early.containsKey(tag) && early.size() < LIMIT)
            early.put(tag, Dialog.ofUac(invite, response));
        return Content.of(response).filter(content -> !invite.body().isEmpty()
                && answers.size() < LIMIT && answers.putIfAbsent(tag, content) == null);
    }

    /// A 2xx confirms an early dialog or makes a confirmed one.
    Dialog confirm(Request invite, Response response) {
        var known = early.remove(response.to().tag().orElse(""));
        //= rfc3261#13.2.2.4-2 a dialog that was never early is made in the confirmed state
        var dialog = known != null ? known : Dialog.ofUac(invite, response);
        dialog.confirm(response);
        return dialog;
    }

    /// What the peer has answered our offer, or offers if we made none.
    Optional<Content> content(Response response) {
        //= rfc3261#13.2.1-12 the first session description is the answer, later ones are ignored
        return Optional.ofNullable(answers.get(response.to().tag().orElse("")))
                .or(() -> Content.of(response));
    }

    void clear() {
        //= rfc3261#12.3¶1 a final response that is no 2xx ends the early dialogs
        early.clear();
        answers.clear();
    }
}
