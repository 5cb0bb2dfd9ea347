package p2psip.std.xml;

/// How much a document may ask of who reads it. All of them are kept while it is read: what is
/// longer is refused at its first octet too many.
///
/// @param bytes      octets of a document, or of one child of a stream's root, from its `<`
/// @param depth      elements that are open at a time, the root among them
/// @param attributes of one element, declarations of namespaces among them
/// @param namespace  octets of the name of a namespace as it is printed: it may come once, and have
///                   to be printed with each of many children
/// @param comments   whether there may be comments: what people write has them, no protocol does
public record Limits(int bytes, int depth, int attributes, int namespace, boolean comments) {

    /// For what a peer sends.
    public static final Limits WIRE = new Limits(64 * 1024, 32, 64, 256, false);

    /// For a file of this machine.
    public static final Limits LOCAL = new Limits(1024 * 1024, 32, 64, 256, true);
}
