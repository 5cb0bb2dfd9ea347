package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Message.*;

/// The dialogs that one request of ours has made so far: a proxy may have sent it to several
/// phones, and each that answers makes its own.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.2.2 RFC 3261 §13.2.2
final class Forks {
    /// How many are kept; those of more are not noticed until they send a 2xx.
    static final int LIMIT = 32;

    private final SequencedMap<String, Dialog> dialogs = new LinkedHashMap<>();

    /// The dialog that a response belongs to, or makes.
    Optional<Dialog> answered(Request request, Response response) {
        var tag = response.to().tag().orElse("");
        if (!response.success() && (response.status() == 100 || response.status() >= 300
                || tag.isEmpty())) return Optional.empty();
        //= rfc3261#13.2.2.1¶1 a tag that we have not seen makes a dialog, an early one
        //= rfc3261#13.2.2.4-2 a dialog that was never early is made in the confirmed state
        if (!dialogs.containsKey(tag) && (dialogs.size() < LIMIT || response.success()))
            dialogs.put(tag, Dialog.ofUac(request, response));
        return Optional.ofNullable(dialogs.get(tag));
    }

    /// The dialog that a request of the peer makes; empty if there are too many.
    Optional<Dialog> notified(Request ours, Request theirs) {
        if (dialogs.size() >= LIMIT) return Optional.empty();
        var dialog = Dialog.ofNotify(ours, theirs);
        dialogs.put(dialog.id().remoteTag(), dialog);
        return Optional.of(dialog);
    }

    /// Those that no 2xx has confirmed.
    List<Dialog> early() { return dialogs.values().stream().filter(Dialog::early).toList(); }
}
