package p2psip.app.portmap;

import module java.base;
import javax.xml.stream.*;

/// XML of a stranger, for what stands in its innermost elements: no DTD, no entities but XML's own,
/// nothing from elsewhere, and not without end.
final class Xml {
    /// How deep elements may stand in each other, and how many there may be.
    static final int DEPTH = 20, ELEMENTS = 2_000;

    /// An element with text.
    ///
    /// @param parent a number of the element in which it stands
    /// @param name   without its prefix
    record Leaf(int parent, String name, String text) {}

    private Xml() {}

    /// All leaves, in order.
    ///
    /// @throws SyntaxException if it is not such XML
    static List<Leaf> leaves(String text) {
        try {
            return read(factory().createXMLStreamReader(new StringReader(text)));
        } catch (XMLStreamException | RuntimeException e) {
            throw e instanceof SyntaxException ours ? ours : new SyntaxException("no XML");
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static List<Leaf> read(XMLStreamReader in) throws XMLStreamException {
        var leaves = new ArrayList<Leaf>();
        var path = new ArrayDeque<Integer>();
        var text = "";
        boolean leaf = false;
        for (int elements = 0; in.hasNext(); ) switch (in.next()) {
            case XMLStreamConstants.START_ELEMENT -> {
                path.push(++elements);
                if (elements > ELEMENTS || path.size() > DEPTH)
                    throw new SyntaxException("too much XML");
                text = "";
                leaf = true;
            }
            case XMLStreamConstants.CHARACTERS -> text = leaf ? in.getText() : "";
            case XMLStreamConstants.END_ELEMENT -> {
                path.pop();
                if (leaf) leaves.add(new Leaf(path.isEmpty() ? 0 : path.peek(),
                        in.getLocalName(), text.strip()));
                leaf = false;
            }
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new SyntaxException("XML with a DTD");
            default -> { }   // comments, blanks, the end
        }
        return leaves;
    }
}
