package p2psip.std.rfc3680;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.ua.Content;
import p2psip.std.rfc6665.*;
import p2psip.std.rfc6665.SyntaxException;
import p2psip.std.xml.*;

/// Who is registered where: a document about the bindings of addresses.
///
/// @param version counts the documents of one subscription
/// @param full    whether it names all, or those that have changed
/// @spec https://www.rfc-editor.org/rfc/rfc3680#section-5.1 RFC 3680 §5.1
public record RegInfo(long version, boolean full, List<Registration> registrations) {
    public static final String NAME = "reg";
    public static final String TYPE = "application/reginfo+xml";
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:reginfo";

    public static final EventPackage PACKAGE = new EventPackage(NAME,
            //= rfc3680#4.4-1 a duration of 3761 seconds, a little more than a registration lasts
            Duration.ofSeconds(3761),
            //= rfc3680#4.5-1,2,3 this one format, in any Accept header field
            //= rfc3680#4.5-4 and in which all notifications are
            //= rfc3680#4.3-2 all of it, for a SUBSCRIBE without a body
            List.of(TYPE),
            //= rfc3680#4.10-1 every five seconds at most
            Duration.ofSeconds(5),
            //= rfc3680#4.9-1 the first dialog alone is kept of a subscription
            EventPackage.Forking.FIRST, Document.NONE, Document.NONE);

    /// How the registration of an address is.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3680#section-4.7.1 RFC 3680 §4.7.1
    public enum Status { INIT, ACTIVE, TERMINATED }

    /// What has made a contact what it is.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3680#section-4.7.1 RFC 3680 §4.7.1
    public enum Cause {
        REGISTERED, CREATED, REFRESHED, SHORTENED, EXPIRED, DEACTIVATED, PROBATION, UNREGISTERED,
        REJECTED
    }

    /// An address and where it leads.
    public record Registration(String aor, String id, Status status, List<Contact> contacts) {
        public Registration { contacts = List.copyOf(contacts); }
    }

    /// One place that it leads to.
    ///
    /// @param active     or terminated
    /// @param expires    seconds that are left
    /// @param retryAfter seconds after which its owner is to come again
    /// @param registered seconds that it has been there
    /// @param q          as in Contact
    public record Contact(String id, String uri, boolean active, Cause cause, String displayName,
            Optional<Long> expires, Optional<Long> retryAfter, Optional<Long> registered,
            Optional<String> q) implements Row<Contact> {

        /// @throws SyntaxException if what the cause calls for is missing
        public Contact {
            //= rfc3680#5.1-19 what was shortened says how long it lasts
            //= rfc3680#5.1-21 who is on probation when to retry
            if (cause == Cause.SHORTENED && expires.isEmpty()
                    || cause == Cause.PROBATION && retryAfter.isEmpty())
                throw new SyntaxException(
                        "too little is said of " + Attributes.word(cause));
        }

        public Contact(String id, String uri, boolean active, Cause cause) {
            this(id, uri, active, cause, "", Optional.empty(), Optional.empty(),
                    Optional.empty(), Optional.empty());
        }

        @Override public boolean terminated() { return !active; }

        @Override public Contact ended() { return new Contact(id, uri, false, Cause.EXPIRED); }
    }

    /// Where an address leads now.
    public record State(Registration registration) implements Document {
        //= rfc3680#4.7.2-4 who fetches is told all contacts
        @Override public Optional<Content> whole(long version) {
            return said(version, true, Table.whole(registration.contacts));
        }

        //= rfc3680#4.7-1 a transition may result in a notification
        //= rfc3680#4.7.2-1,3 of the contacts that have changed
        @Override public Optional<Content> news(Document told, long version) {
            return told instanceof State(var before) ? said(version, false,
                    Table.news(before.contacts, registration.contacts)) : Optional.empty();
        }

        private Optional<Content> said(long version, boolean full, List<Contact> contacts) {
            //= rfc3680#5.1-3 all of one address in one registration
            //= rfc3680#5.1-11 under the same id in all documents
            return Optional.of(new Content(TYPE, new RegInfo(version, full, List.of(
                    new Registration(registration.aor, registration.id, registration.status,
                            contacts))).encode()));
        }
    }

    /// @throws SyntaxException if two have one id
    public RegInfo {
        registrations = List.copyOf(registrations);
        //= rfc3680#5.1-9 each registration has a unique id
        //= rfc3680#5.1-14 and so has each contact
        if (twice(registrations.stream().map(Registration::id).toList())
                || twice(registrations.stream().flatMap(each -> each.contacts.stream())
                        .map(Contact::id).toList())) throw new SyntaxException("an id twice");
    }

    private static boolean twice(List<String> ids) { return Set.copyOf(ids).size() < ids.size(); }

    // Read

    /// @throws p2psip.std.SyntaxException if it is none
    public static RegInfo parse(Bytes document) {
        var root = Attributes.root(Element.parse(document), NAMESPACE, "reginfo");
        return new RegInfo(Attributes.number(root, "version"), Attributes.full(root),
                root.children("registration").stream().map(RegInfo::registration).toList());
    }

    private static Registration registration(Element registration) {
        return new Registration(Attributes.need(registration, "aor"),
                Attributes.need(registration, "id"),
                Attributes.word(Status.class, Attributes.need(registration, "state")),
                registration.children("contact").stream().map(RegInfo::contact).toList());
    }

    private static Contact contact(Element contact) {
        var status = Attributes.word(Status.class, Attributes.need(contact, "state"));
        return new Contact(Attributes.need(contact, "id"),
                contact.child("uri").map(uri -> uri.text().strip()).orElseThrow(() ->
                        new SyntaxException("no uri")),
                status == Status.ACTIVE,
                Attributes.word(Cause.class, Attributes.need(contact, "event")),
                contact.child("display-name").map(Element::text).orElse(""),
                Attributes.count(contact, "expires"), Attributes.count(contact, "retry-after"),
                Attributes.count(contact, "duration-registered"), contact.attribute("q"));
    }

    // Written

    public Bytes encode() {
        return new Element(NAMESPACE, "reginfo").with("version", Long.toString(version))
                .with("state", full ? "full" : "partial")
                .with(registrations.stream().map(RegInfo::element).toArray(Node[]::new)).encode();
    }

    private static Element element(Registration registration) {
        return new Element(NAMESPACE, "registration").with("aor", registration.aor)
                .with("id", registration.id).with("state", Attributes.word(registration.status))
                .with(registration.contacts.stream().map(RegInfo::element).toArray(Node[]::new));
    }

    private static Element element(Contact contact) {
        var element = new Element(NAMESPACE, "contact").with("id", contact.id)
                .with("state", contact.active ? "active" : "terminated")
                .with("event", Attributes.word(contact.cause));
        element = with(element, "expires", contact.expires.map(Object::toString));
        element = with(element, "retry-after", contact.retryAfter.map(Object::toString));
        element = with(element, "duration-registered", contact.registered.map(Object::toString));
        element = with(element, "q", contact.q)
                .with(new Element(NAMESPACE, "uri").withText(contact.uri));
        return contact.displayName.isEmpty() ? element : element.with(
                new Element(NAMESPACE, "display-name").withText(contact.displayName));
    }

    private static Element with(Element element, String name, Optional<String> value) {
        return value.map(text -> element.with(name, text)).orElse(element);
    }
}
