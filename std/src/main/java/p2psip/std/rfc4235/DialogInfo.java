package p2psip.std.rfc4235;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.ua.Content;
import p2psip.std.rfc6665.*;
import p2psip.std.rfc6665.SyntaxException;
import p2psip.std.xml.*;

/// The calls of somebody: a document about dialogs.
///
/// @param version counts the documents of one subscription
/// @param full    whether it names all, or those that have changed
/// @param entity  whose calls they are: a URI
/// @spec https://www.rfc-editor.org/rfc/rfc4235#section-4.1 RFC 4235 §4.1
public record DialogInfo(long version, boolean full, String entity, List<Dialog> dialogs) {
    public static final String NAME = "dialog";
    public static final String TYPE = "application/dialog-info+xml";
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:dialog-info";

    /// @spec https://www.rfc-editor.org/rfc/rfc4235#section-3.7.1 RFC 4235 §3.7.1
    public enum Phase { TRYING, PROCEEDING, EARLY, CONFIRMED, TERMINATED }

    /// What has ended one.
    public enum Cause { CANCELLED, REJECTED, REPLACED, LOCAL_BYE, REMOTE_BYE, ERROR, TIMEOUT }

    /// Which part the observed user has in it.
    public enum Direction { INITIATOR, RECIPIENT }

    /// One call.
    ///
    /// @param id        unlike that of every other
    /// @param cause     of one that is terminated, if that is said
    /// @param code      of the response that has ended it
    /// @param duration  seconds since it began
    /// @spec https://www.rfc-editor.org/rfc/rfc4235#section-4.1.1 RFC 4235 §4.1.1
    public record Dialog(String id, Optional<String> callId, Optional<String> localTag,
            Optional<String> remoteTag, Optional<Direction> direction, Phase phase,
            Optional<Cause> cause, Optional<Long> code, Optional<Long> duration,
            Optional<Participant> local, Optional<Participant> remote) implements Row<Dialog> {

        /// One of which nothing else is known.
        public Dialog(String id, Phase phase) {
            this(id, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), phase,
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty());
        }

        @Override public boolean terminated() { return phase == Phase.TERMINATED; }

        @Override public Dialog ended() {
            return new Dialog(id, callId, localTag, remoteTag, direction, Phase.TERMINATED,
                    Optional.empty(), Optional.empty(), Optional.empty(), local, remote);
        }
    }

    /// One of the two.
    ///
    /// @param target where his phone is: a URI
    /// @spec https://www.rfc-editor.org/rfc/rfc4235#section-4.1.6 RFC 4235 §4.1.6
    public record Participant(List<Identity> identities, Optional<String> target) {
        public Participant { identities = List.copyOf(identities); }
    }

    /// Who he is.
    ///
    /// @param display empty if there is none
    public record Identity(String display, String uri) {}

    /// The calls of somebody as they are now.
    public record State(String entity, List<Dialog> dialogs) implements Document {
        public State { dialogs = List.copyOf(dialogs); }

        //= rfc4235#3.7-2 who subscribes is told all dialogs
        @Override public Optional<Content> whole(long version) {
            return Optional.of(content(
                    new DialogInfo(version, true, entity, Table.whole(dialogs))));
        }

        //= rfc4235#3.7.2-1 on any transition
        //= rfc4235#3.7.2-6 on any change of a dialog, whatever it is
        //= rfc4235#3.7-1 then only those dialogs that have changed
        @Override public Optional<Content> news(Document told, long version) {
            return told instanceof State before ? Optional.of(content(new DialogInfo(
                    version, false, entity, Table.news(before.dialogs, dialogs))))
                    : Optional.empty();
        }

        private static Content content(DialogInfo info) { return new Content(TYPE, info.encode()); }
    }

    /// @param entity whose calls are told
    public static EventPackage of(String entity) {
        var none = new State(entity, List.of());
        return new EventPackage(NAME,
                //= rfc4235#3.4-1 an hour, and that is the duration each SUBSCRIBE names
                Duration.ofHours(1),
                //= rfc4235#3.5-1,2,3 this one format, in any Accept header field
                //= rfc4235#3.5-4 and in which all notifications are
                //= rfc4235#3.3-2 without a body all is told
                List.of(TYPE),
                //= rfc4235#3.10-1 every second at most
                Duration.ofSeconds(1),
                //= rfc4235#3.9-1 each phone that has the SUBSCRIBE tells its own calls
                EventPackage.Forking.ALL, none, none);
    }

    /// @throws SyntaxException if two have one id
    public DialogInfo {
        dialogs = List.copyOf(dialogs);
        //= rfc4235#4.1.1-1 each has a unique id
        if (dialogs.stream().map(Dialog::id).distinct().count() < dialogs.size())
            throw new SyntaxException("an id twice");
    }

    // Read

    /// @throws p2psip.std.SyntaxException if it is none
    public static DialogInfo parse(Bytes document) {
        var root = Attributes.root(Element.parse(document), NAMESPACE, "dialog-info");
        return new DialogInfo(Attributes.number(root, "version"), Attributes.full(root),
                //  which must be there, and is missing in the example of the RFC
                root.attribute("entity").orElse(""),
                root.children("dialog").stream().map(DialogInfo::dialog).toList());
    }

    private static Dialog dialog(Element dialog) {
        var state = dialog.child("state").orElseThrow(() -> new SyntaxException("no state"));
        return new Dialog(Attributes.need(dialog, "id"), dialog.attribute("call-id"),
                dialog.attribute("local-tag"), dialog.attribute("remote-tag"),
                dialog.attribute("direction")
                        .map(word -> Attributes.word(Direction.class, word)),
                Attributes.word(Phase.class, state.text()),
                state.attribute("event").map(word -> Attributes.word(Cause.class, word)),
                Attributes.count(state, "code"),
                dialog.child("duration").map(text -> text.withText("").with("n", text.text()))
                        .flatMap(text -> Attributes.count(text, "n")),
                dialog.child("local").map(DialogInfo::participant),
                dialog.child("remote").map(DialogInfo::participant));
    }

    private static Participant participant(Element element) {
        return new Participant(element.children("identity").stream().map(identity -> new Identity(
                identity.attribute("display").orElse(""), identity.text().strip())).toList(),
                element.child("target").flatMap(target -> target.attribute("uri")));
    }

    // Written

    public Bytes encode() {
        //= rfc4235#4.1-1 the number has 32 bits
        return new Element(NAMESPACE, "dialog-info").with("version", Long.toString(version))
                .with("state", full ? "full" : "partial").with("entity", entity)
                .with(dialogs.stream().map(DialogInfo::element).toArray(Node[]::new)).encode();
    }

    private static Element element(Dialog dialog) {
        var element = with(child("dialog").with("id", dialog.id), "call-id", dialog.callId);
        element = with(element, "local-tag", dialog.localTag);
        element = with(element, "remote-tag", dialog.remoteTag);
        element = with(element, "direction", dialog.direction.map(Attributes::word));
        var state = with(child("state").withText(Attributes.word(dialog.phase)), "event",
                dialog.cause.map(Attributes::word));
        element = element.with(with(state, "code", dialog.code.map(Object::toString)));
        if (dialog.duration.isPresent()) element = element.with(
                child("duration").withText(dialog.duration.get().toString()));
        if (dialog.local.isPresent())
            element = element.with(element("local", dialog.local.get()));
        return dialog.remote.isEmpty() ? element
                : element.with(element("remote", dialog.remote.get()));
    }

    private static Element element(String name, Participant participant) {
        var element = child(name).with(participant.identities.stream().map(identity -> with(
                child("identity").withText(identity.uri), "display",
                Optional.of(identity.display).filter(display -> !display.isEmpty())))
                .toArray(Node[]::new));
        //= rfc4235#4.1.6.2-2 quotes and ampersands are escaped, as in every attribute
        return participant.target.isEmpty() ? element
                : element.with(child("target").with("uri", participant.target.get()));
    }

    private static Element with(Element element, String name, Optional<String> value) {
        return value.map(text -> element.with(name, text)).orElse(element);
    }

    private static Element child(String name) { return new Element(NAMESPACE, name); }
}
