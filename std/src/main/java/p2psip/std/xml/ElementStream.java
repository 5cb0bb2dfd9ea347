package p2psip.std.xml;

import module java.base;
import p2psip.std.Bytes;

/// Cuts an element that stays open into its children: the root is told when its tag has come, each
/// child when it is whole, and then forgotten. So an XMPP stream is read; when it is restarted,
/// after TLS say, a new one of these reads on.
public final class ElementStream {

    /// What a stream is made of.
    public sealed interface Part {
        /// The root has begun.
        ///
        /// @param root its name and attributes
        record Opened(Element root) implements Part {}
        /// @param bytes of it, as it came
        record Child(Element element, long bytes) implements Part {}
        /// The root has ended, as its peer wished.
        record Closed() implements Part {}
        /// What came is refused, and so is all that comes after.
        ///
        /// @param why where it is and what, in a line
        record Broken(String why) implements Part {}
    }

    private final Parser parser;
    private final Tree child = new Tree();
    private boolean opened;

    public ElementStream(Limits limits) { parser = Parser.ofStream(limits); }

    /// What has become whole with these bytes, in order; nothing any more after [Part.Broken].
    public List<Part> feed(Bytes bytes) { return parts(parser.feed(bytes)); }

    /// The stream ends below the XML.
    ///
    /// @return a [Part.Broken] if that is in the middle
    public List<Part> end() { return parts(parser.end()); }

    private List<Part> parts(List<Event> events) {
        var parts = new ArrayList<Part>(events.size());
        for (var event : events) part(event).ifPresent(parts::add);
        return parts;
    }

    private Optional<Part> part(Event event) {
        switch (event) {
            case Event.Start(var tag) when !opened -> {
                opened = true;
                return Optional.of(new Part.Opened(tag));
            }
            case Event.Start(var tag) -> child.start(tag);
            case Event.Text(var text) -> child.text(text);
            case Event.End _ when child.isEmpty() -> { return Optional.of(new Part.Closed()); }
            case Event.End(_, var bytes) -> {
                return child.end().map(whole -> new Part.Child(whole, bytes));
            }
            case Event.Broken broken -> { return Optional.of(new Part.Broken(broken.toString())); }
        }
        return Optional.empty();
    }
}
