/// PIDF, the document of presence: [Presence] reads and writes it (§4.1). What is of another
/// namespace is read over, whatever it says of having to be understood: all of that is in places
/// that may be ignored.
///
/// ```java
/// var presence = new Presence("sip:ada@example.com", List.of(new Presence.Tuple("desk",
///         Optional.of(Presence.Basic.OPEN), Optional.empty(), List.of(), Optional.empty())),
///         List.of(new Presence.Note("en", "back at noon")));
/// presence.encode();
/// ```
///
/// What is left out stands in `left-out.txt` beside this file.
package p2psip.std.rfc3863;
