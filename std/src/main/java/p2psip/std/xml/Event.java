package p2psip.std.xml;

/// What a [Parser] tells, in the order of the document.
public sealed interface Event {

    /// An element begins.
    ///
    /// @param tag its name and attributes; the children are still to come
    record Start(Element tag) implements Event {}

    /// All the text between two tags: never empty, never in two pieces.
    record Text(String text) implements Event {}

    /// The element that began last, of those that have not ended, ends.
    ///
    /// @param bytes of it, from the `<` of its first tag to the `>` of its last
    record End(Name name, long bytes) implements Event {}

    /// What came is refused here, and so is all that comes after.
    ///
    /// @param why    in a few words, in which little of what came is repeated
    /// @param line   from 1
    /// @param column in characters, from 1
    record Broken(String why, long line, long column) implements Event {

        @Override public String toString() {
            return "line " + line + ", column " + column + ": " + why;
        }
    }
}
