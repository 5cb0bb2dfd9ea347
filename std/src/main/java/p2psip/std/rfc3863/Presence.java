package p2psip.std.rfc3863;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.xml.*;

/// How somebody can be reached: a list of ways, each with its state, and what he says of himself.
///
/// @param entity whose presence it is: a URI
/// @spec https://www.rfc-editor.org/rfc/rfc3863#section-4.1 RFC 3863 §4.1
public record Presence(String entity, List<Tuple> tuples, List<Note> notes) {
    public static final String TYPE = "application/pidf+xml";
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:pidf";

    /// Whether somebody is there to be reached.
    public enum Basic {
        OPEN, CLOSED;

        @Override public String toString() { return name().toLowerCase(Locale.ROOT); }
    }

    /// One way to reach him.
    ///
    /// @param id        unlike that of every other tuple of the presentity
    /// @param basic     empty if only somebody else's words say it
    /// @param timestamp when it became so
    /// @spec https://www.rfc-editor.org/rfc/rfc3863#section-4.1.2 RFC 3863 §4.1.2
    public record Tuple(String id, Optional<Basic> basic, Optional<Contact> contact,
            List<Note> notes, Optional<Instant> timestamp) {
        public Tuple { notes = List.copyOf(notes); }
    }

    /// Where he is reached.
    ///
    /// @param priority in thousandths; of one that says none the lowest
    /// @spec https://www.rfc-editor.org/rfc/rfc3863#section-4.1.5 RFC 3863 §4.1.5
    public record Contact(String uri, OptionalInt priority) {}

    /// What somebody says to people.
    ///
    /// @param language empty if he does not say
    /// @spec https://www.rfc-editor.org/rfc/rfc3863#section-4.1.6 RFC 3863 §4.1.6
    public record Note(String language, String text) {}

    /// @throws SyntaxException if two tuples have one id
    public Presence {
        tuples = List.copyOf(tuples);
        notes = List.copyOf(notes);
        //= rfc3863#4.1.2-3 each tuple has an id of its own
        if (tuples.stream().map(Tuple::id).distinct().count() < tuples.size())
            throw new SyntaxException("an id twice");
    }

    /// Whether he can be reached in one way at least.
    public boolean open() {
        //= rfc3863#4.1.2-6 one may say open and another closed, of the same contact even
        return tuples.stream().anyMatch(tuple -> tuple.basic.equals(Optional.of(Basic.OPEN)));
    }

    /// The contacts of what is open, the most wanted first.
    public List<Contact> contacts() {
        //= rfc3863#4.1.5-4 a higher priority goes before a lower one
        //= rfc3863#4.1.5-2 and none is the lowest
        return tuples.stream().filter(tuple -> tuple.basic.equals(Optional.of(Basic.OPEN)))
                .flatMap(tuple -> tuple.contact.stream())
                .sorted(Comparator.comparing(contact -> -contact.priority.orElse(0))).toList();
    }

    /// Whether this is of an earlier time than another, and so says nothing any more.
    public boolean olderThan(Presence last) {
        //= rfc3863#6-2 its newest timestamp is older than the newest of the last: it is ignored
        //= rfc3856#9.4-3 as stale
        var newest = newest();
        return newest.isPresent() && last.newest().filter(newest.get()::isBefore).isPresent();
    }

    private Optional<Instant> newest() {
        return tuples.stream().flatMap(tuple -> tuple.timestamp.stream())
                .max(Comparator.naturalOrder());
    }

    // Read

    /// @throws p2psip.std.SyntaxException if it is no presence document
    public static Presence parse(Bytes document) {
        //= rfc3863#3.1-2 with or without charset XML says in which encoding it is
        return of(Element.parse(document));
    }

    /// The same of an element.
    ///
    /// @throws SyntaxException if it is none
    public static Presence of(Element root) {
        //= rfc3863#4.1.1-3,4 by its namespace it is known
        if (!root.is(NAMESPACE, "presence")) throw new SyntaxException("no presence");
        //= rfc3863#4.2.3-3,4 what the schema wants present, without any mustUnderstand
        //= rfc3863#4.2.3-1,2 of its elements only those known here are looked at
        return new Presence(
                //= rfc3863#4.1.1-2 the entity has to be named
                need(root, "entity"),
                root.children("tuple").stream().map(Presence::tuple).toList(), notes(root));
    }

    private static Tuple tuple(Element tuple) {
        var status = tuple.child("status").orElseThrow(() -> new SyntaxException("no status"));
        //= rfc3863#4.1.3-1,2 of a status which somebody else's words say, basic may be missing
        //= rfc3863#4.1.2-4 and the contact too
        //= rfc3863#4.1.2-2 but not the id
        return new Tuple(need(tuple, "id"), status.child("basic").flatMap(Presence::basic),
                tuple.child("contact").map(Presence::contact), notes(tuple),
                tuple.child("timestamp").flatMap(Presence::timestamp));
    }

    /// Of one that is neither open nor closed nothing is known: baresip says `?` at first.
    private static Optional<Basic> basic(Element basic) {
        return Stream.of(Basic.values()).filter(each ->
                each.toString().equals(basic.text().strip())).findFirst();
    }

    private static Contact contact(Element contact) {
        //= rfc3863#4.1.5-3 a priority that is none is not there
        return new Contact(contact.text().strip(), contact.attribute("priority").map(String::strip)
                .filter(text -> text.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?"))
                .map(text -> OptionalInt.of(new BigDecimal(text).movePointRight(3).intValueExact()))
                .orElse(OptionalInt.empty()));
    }

    private static Optional<Instant> timestamp(Element timestamp) {
        try {
            return Optional.of(OffsetDateTime.parse(timestamp.text().strip()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<Note> notes(Element in) {
        return in.children("note").stream().map(note -> new Note(
                note.attribute(Name.XML, "lang").orElse(""), note.text().strip())).toList();
    }

    private static String need(Element element, String name) {
        return element.attribute(name).orElseThrow(() ->
                new SyntaxException("no " + name + " in " + element.local()));
    }

    // Written

    public Element element() {
        //= rfc3863#4.1.6-1 a note is of the presentity, or of a tuple
        //= rfc3863#4.1.1-1 first each tuple, then each note
        return new Element(NAMESPACE, "presence").with("entity", entity)
                .with(tuples.stream().map(Presence::element).toArray(Node[]::new))
                .with(elements(notes));
    }

    /// As it stands in a message.
    public Bytes encode() {
        //= rfc3863#4.1-1 with a declaration, which names the encoding
        //= rfc3863#7-1 which is UTF-8
        return element().encode();
    }

    private static Element element(Tuple tuple) {
        //= rfc3863#4.1.2-1 then status, contact, notes and time, in this order
        var element = child("tuple").with("id", tuple.id).with(status(tuple));
        if (tuple.contact.isPresent()) element = element.with(element(tuple.contact.get()));
        element = element.with(elements(tuple.notes));
        //= rfc3863#4.1.7-1,2 the format of RFC 3339 in UTC, with T and Z in capitals
        return tuple.timestamp.isEmpty() ? element : element.with(child("timestamp").withText(
                tuple.timestamp.get().truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    private static Element status(Tuple tuple) {
        return tuple.basic.map(basic -> child("status").with(child("basic")
                .withText(basic.toString()))).orElseGet(() -> child("status"));
    }

    private static Element element(Contact contact) {
        var element = child("contact").withText(contact.uri);
        //= rfc3863#4.1.5-1 from 0 to 1, with three digits at most
        return contact.priority.isEmpty() ? element : element.with("priority",
                BigDecimal.valueOf(contact.priority.getAsInt(), 3).stripTrailingZeros()
                        .toPlainString());
    }

    private static Node[] elements(List<Note> notes) {
        //= rfc3863#4.1.6-3 with its language
        //= rfc3863#4.1.6-4 omitted where the language is not known
        return notes.stream().map(note -> note.language.isEmpty()
                ? child("note").withText(note.text)
                : child("note").with(new Attribute(new Name(Name.XML, "lang"), note.language))
                        .withText(note.text)).toArray(Node[]::new);
    }

    private static Element child(String name) { return new Element(NAMESPACE, name); }
}
