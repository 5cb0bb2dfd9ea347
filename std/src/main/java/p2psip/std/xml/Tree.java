package p2psip.std.xml;

import module java.base;

/// Elements that are becoming whole.
final class Tree {
    private record Open(Element tag, List<Node> children) {}

    private final Deque<Open> open = new ArrayDeque<>();

    void start(Element tag) { open.push(new Open(tag, new ArrayList<>())); }

    void text(String text) { open.element().children.add(new Text(text)); }

    /// The element that ends, if it is in no other.
    Optional<Element> end() {
        var ended = open.pop();
        var whole = new Element(ended.tag.name(), ended.tag.attributes(), ended.children);
        if (open.isEmpty()) return Optional.of(whole);
        open.element().children.add(whole);
        return Optional.empty();
    }

    boolean isEmpty() { return open.isEmpty(); }
}
