package p2psip.app.why;

import module java.base;
import p2psip.app.trace.Trace.Subject;

/// Something that a node has seen. No secret is in it, and nothing of what people have said.
public sealed interface Fact permits OfCall, OfWay, OfNode {

    Subject subject();

    /// For people: one line.
    String text();

    /// What asked for it; empty where it is a rule of our own.
    default String citation() { return ""; }

    /// Under which name it stands until another of that name takes its place; nothing for what
    /// just happens.
    default Optional<String> standing() { return Optional.empty(); }
}
