package p2psip.std.rfc4575;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.ua.Content;
import p2psip.std.rfc3326.Reason;
import p2psip.std.rfc6665.*;
import p2psip.std.rfc6665.SyntaxException;
import p2psip.std.xml.*;

/// Who is in a conference: its document.
///
/// @param version counts the documents of one subscription
/// @param state   whether it names all, or what has changed; or the conference is over
/// @param entity  where it is: a URI
/// @param subject what it is about; empty if that is not said
/// @param count   how many are in it, who need not all be named
/// @spec https://www.rfc-editor.org/rfc/rfc4575#section-5 RFC 4575 §5
public record ConferenceInfo(long version, State state, String entity, String subject,
        Optional<Long> count, List<User> users) {
    public static final String NAME = "conference";
    public static final String TYPE = "application/conference-info+xml";
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:conference-info";

    static final String STATE = "state", ENTITY = "entity", ROOT = "conference-info";

    /// What an element says of what it names: all, what has changed, or that it is no more.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc4575#section-4.4 RFC 4575 §4.4
    public enum State { FULL, PARTIAL, DELETED }

    /// @spec https://www.rfc-editor.org/rfc/rfc4575#section-5.7.3 RFC 4575 §5.7.3
    public enum Status {
        PENDING, DIALING_OUT, DIALING_IN, ALERTING, ON_HOLD, CONNECTED, MUTED_VIA_FOCUS,
        DISCONNECTING, DISCONNECTED
    }

    /// @spec https://www.rfc-editor.org/rfc/rfc4575#section-5.7.4 RFC 4575 §5.7.4
    public enum Joining { DIALED_IN, DIALED_OUT, FOCUS_OWNER }

    /// @spec https://www.rfc-editor.org/rfc/rfc4575#section-5.7.6 RFC 4575 §5.7.6
    public enum Leaving { DEPARTED, BOOTED, FAILED, BUSY }

    /// One who is in it.
    ///
    /// @param entity    who: a URI that nobody else there has
    /// @param display   his name; empty if it is not said
    /// @param endpoints his phones
    /// @spec https://www.rfc-editor.org/rfc/rfc4575#section-5.6 RFC 4575 §5.6
    public record User(String entity, State state, String display, List<String> roles,
            List<Endpoint> endpoints) implements Row<User> {
        /// So many that want to remain unknown can be told from each other.
        private static final String NOBODY = "sip:anonymous%d@anonymous.invalid";

        public User {
            roles = List.copyOf(roles);
            endpoints = List.copyOf(endpoints);
        }

        /// One with a single phone, of which no more is said than how it is.
        public User(String entity, String display, Status status) {
            this(entity, State.FULL, display, List.of(), List.of(new Endpoint(entity, status)));
        }

        /// What stands for somebody who does not want to be known.
        ///
        /// @param number one that nobody else has who is unknown there
        public static String anonymous(int number) {
            //= rfc4575#5.6-2 its host is under .invalid
            //= rfc4575#5.6-3 and its user part is unique among those
            //= rfc4575#5.6-4 as the anonymous URIs of RFC 3323 are made
            return NOBODY.formatted(number);
        }

        @Override public String id() { return entity; }

        @Override public boolean terminated() { return state == State.DELETED; }

        @Override public User ended() {
            //= rfc4575#4.4-6 who is no more has no child elements
            return new User(entity, State.DELETED, "", List.of(), List.of());
        }
    }

    /// One phone.
    ///
    /// @param entity where it is: a URI that no other of its user has
    /// @param reason why it has left, as RFC 3326 has it
    /// @spec https://www.rfc-editor.org/rfc/rfc4575#section-5.7 RFC 4575 §5.7
    public record Endpoint(String entity, State state, Optional<Status> status,
            Optional<Joining> joining, Optional<Leaving> leaving, Optional<Reason> reason,
            List<Media> media) {
        public Endpoint { media = List.copyOf(media); }

        public Endpoint(String entity, Status status) {
            this(entity, State.FULL, Optional.of(status), Optional.empty(), Optional.empty(),
                    Optional.empty(), List.of());
        }
    }

    /// One stream.
    ///
    /// @param id        unlike that of every other of its phone
    /// @param type      `audio`, `video` ...
    /// @param direction `sendrecv` ...; empty if it is not said
    /// @spec https://www.rfc-editor.org/rfc/rfc4575#section-5.8 RFC 4575 §5.8
    public record Media(String id, String type, String direction) {}

    /// @throws SyntaxException if two have one URI
    public ConferenceInfo {
        users = List.copyOf(users);
        //= rfc4575#4.5-1 a key is unique among siblings
        //= rfc4575#5.6-1 among all participants
        unique(users.stream().map(User::entity));
        users.forEach(user -> {
            //= rfc4575#5.7-1 among the endpoints of a user
            unique(user.endpoints.stream().map(Endpoint::entity));
            user.endpoints.forEach(each -> unique(each.media.stream().map(Media::id)));
        });
    }

    private static void unique(Stream<String> keys) {
        var seen = new HashSet<String>();
        if (!keys.allMatch(seen::add)) throw new SyntaxException("a key twice");
    }

    // The package

    /// A conference as it is now, for its notifier.
    public record Roster(String entity, String subject, List<User> users) implements Document {
        public Roster { users = List.copyOf(users); }

        @Override public Optional<Content> whole(long version) {
            return Optional.of(content(new ConferenceInfo(version, State.FULL, entity, subject,
                    count(), Table.whole(users))));
        }

        private Optional<Long> count() { return Optional.of((long) Table.whole(users).size()); }

        //= rfc4575#3.6-1 who joins or leaves is told
        //= rfc4575#3.6-2 and so is any other change of him
        @Override public Optional<Content> news(Document told, long version) {
            return told instanceof Roster before && before.subject.equals(subject)
                    //= rfc4575#5.2-3 whose version is one more than that of the document before
                    ? Optional.of(content(new ConferenceInfo(version, State.PARTIAL, entity, "",
                            count(), Table.news(before.users, users)))) : Optional.empty();
        }

        private static Content content(ConferenceInfo info) {
            return new Content(TYPE, info.encode());
        }
    }

    /// @param entity of the conference that is told
    public static EventPackage of(String entity) {
        var none = new Roster(entity, "", List.of());
        return new EventPackage(NAME, Duration.ofHours(1),
                //= rfc4575#3.4-1,2 this one format, which is always accepted
                List.of(TYPE),
                //= rfc4575#3.9-1 to one subscriber every five seconds at most
                Duration.ofSeconds(5),
                //= rfc4575#3.8-1 one dialog of one SUBSCRIBE, whoever else answers
                EventPackage.Forking.FIRST, none, none);
    }

    // Read

    /// @throws p2psip.std.SyntaxException if it is none
    public static ConferenceInfo parse(Bytes document) {
        return of(Attributes.root(Element.parse(document), NAMESPACE, ROOT));
    }

    static ConferenceInfo of(Element root) {
        return new ConferenceInfo(
                //= rfc4575#4.3-1 the version is in the root
                //= rfc4575#5.2-1 and gives documents their order
                Attributes.number(root, "version"), state(root), Attributes.need(root, ENTITY),
                root.child("conference-description").map(d -> text(d, "subject")).orElse(""),
                root.child("conference-state").flatMap(s -> s.child("user-count"))
                        .map(text -> text.with("n", text.text().strip()))
                        .flatMap(text -> Attributes.count(text, "n")),
                root.child("users").filter(users -> state(users) != State.DELETED)
                        .map(users -> users.children("user").stream()
                                .map(ConferenceInfo::user).toList()).orElse(List.of()));
    }

    static State state(Element element) {
        return element.attribute(STATE).map(word -> Attributes.word(State.class, word))
                .orElse(State.FULL);
    }

    private static String text(Element in, String name) {
        return in.child(name).map(Element::text).map(String::strip).orElse("");
    }

    private static User user(Element user) {
        var state = state(user);
        var uri = Attributes.need(user, ENTITY);
        //= rfc4575#4.4-7 of who is no more all else is ignored
        if (state == State.DELETED) return new User(uri, state, "", List.of(), List.of());
        return new User(uri, state, text(user, "display-text"),
                user.child("roles").map(roles -> roles.children("entry").stream()
                        .map(each -> each.text().strip()).toList()).orElse(List.of()),
                user.children("endpoint").stream().map(ConferenceInfo::endpoint).toList());
    }

    private static Endpoint endpoint(Element endpoint) {
        return new Endpoint(Attributes.need(endpoint, ENTITY), state(endpoint),
                word(endpoint, "status", Status.class),
                word(endpoint, "joining-method", Joining.class),
                word(endpoint, "disconnection-method", Leaving.class),
                endpoint.child("disconnection-info").flatMap(info -> info.child("reason"))
                        .map(Element::text).flatMap(Reason::read),
                endpoint.children("media").stream().map(media -> new Media(
                        Attributes.need(media, "id"), text(media, "type"),
                        text(media, "status"))).toList());
    }

    private static <E extends Enum<E>> Optional<E> word(Element in, String name, Class<E> of) {
        return in.child(name).map(each -> Attributes.word(of, each.text()));
    }

    // Written

    /// What it says is as whole, or as partial, as it is itself.
    public Bytes encode() {
        //= rfc4575#4.1-1,2 well-formed XML 1.0, in UTF-8
        var root = new Element(NAMESPACE, ROOT).with(ENTITY, entity)
                .with(STATE, Attributes.word(state)).with("version", Long.toString(version));
        if (state == State.DELETED) return root.encode();
        //= rfc4575#5.2-5 a full document has at least a description, and users
        if (state == State.FULL || !subject.isEmpty()) root = root.with(
                text(child("conference-description"), "subject", subject));
        if (count.isPresent()) root = root.with(child("conference-state").with(
                child("user-count").withText(count.get().toString())));
        //= rfc4575#4.4-3,4 the state of a child is that of its parent, or says more
        return root.with(child("users").with(STATE, Attributes.word(state))
                .with(users.stream().map(ConferenceInfo::element).toArray(Node[]::new))).encode();
    }

    private static Element element(User user) {
        var element = child("user").with(ENTITY, user.entity)
                .with(STATE, Attributes.word(user.state));
        element = text(element, "display-text", user.display);
        if (!user.roles.isEmpty()) element = element.with(child("roles").with(user.roles.stream()
                .map(role -> child("entry").withText(role)).toArray(Node[]::new)));
        return element.with(user.endpoints.stream().map(ConferenceInfo::element)
                .toArray(Node[]::new));
    }

    private static Element element(Endpoint endpoint) {
        var element = child("endpoint").with(ENTITY, endpoint.entity);
        if (endpoint.state != State.FULL)
            element = element.with(STATE, Attributes.word(endpoint.state));
        element = word(element, "status", endpoint.status);
        element = word(element, "joining-method", endpoint.joining);
        element = word(element, "disconnection-method", endpoint.leaving);
        //= rfc4575#5.7.7-3 why he has left is said in the format of RFC 3326
        if (endpoint.reason.isPresent()) element = element.with(child("disconnection-info")
                .with(child("reason").withText(endpoint.reason.get().toString())));
        return element.with(endpoint.media.stream().map(media -> text(text(
                child("media").with("id", media.id), "type", media.type),
                "status", media.direction)).toArray(Node[]::new));
    }

    private static Element word(Element in, String name, Optional<? extends Enum<?>> word) {
        return word.map(each -> in.with(child(name).withText(Attributes.word(each)))).orElse(in);
    }

    private static Element text(Element in, String name, String text) {
        return text.isEmpty() ? in : in.with(child(name).withText(text));
    }

    private static Element child(String name) { return new Element(NAMESPACE, name); }
}
