/// XML, as much of it as the documents and streams of telephones need: presence, watchers, XMPP,
/// XML-RPC. The JDK has a reader of its own, in a module that this storey does without; it waits
/// for its input, and can do much that a stranger should not be able to ask for.
///
/// Reading order, and where each rule of XML 1.0 (fifth edition) and of Namespaces in XML 1.0 is:
///
/// | section | file |
/// |---|---|
/// | the whole, as a tree | [Element], made of [Name], [Attribute], [Text] |
/// | the whole, as it comes | [Parser], which tells [Event]s; [ElementStream], `Tree` |
/// | 2.2, 2.3 characters and names; 4.1 references | `Grammar` |
/// | 2.4 text, 2.5 comments, 2.7 CDATA, 2.8 declaration, 2.11 lines, 3 nesting | [Parser] |
/// | 3.1 tags, 3.3.3 values of attributes | `Tag` |
/// | 4.3.3 encoding, which is UTF-8 | `Utf8` |
/// | names 3 declarations, 4 and 5 what prefixes stand for, 6 how far | `Scope` |
/// | all that, written | `Printer` |
///
/// An example that `ElementTest` runs:
/// ```java
/// var presence = Element.parse("""
///         <presence xmlns="urn:ietf:params:xml:ns:pidf" entity="pres:ada@example.com">
///           <tuple id="desk"><status><basic>open</basic></status></tuple>
///         </presence>""");
/// var desk = presence.child("tuple").orElseThrow();
/// var basic = desk.child("status").flatMap(status -> status.child("basic")).orElseThrow();
/// presence.attribute("entity");                    // Optional[pres:ada@example.com]
/// basic.text();                                    // open
/// desk.with("id", "hall").with(basic.withText("closed & shut")).toString();
/// ```
///
/// What is refused, and why:
///
/// - **A DTD**, at its first letter. It names files to be read, and entities that grow to a billion
///   times what came; no protocol here has one. So there are no entities but the five, all
///   attributes are plain text, and nothing is validated.
/// - **Processing instructions**, and in what peers send **comments**: no protocol needs them, and
///   what one reader sees and another does not is a way to deceive one of them.
/// - **Any other version or encoding.** Ill-formed UTF-8 and characters that XML does not have are
///   refused too, never mended.
/// - **Too much** of anything: [Limits]. What is gathered is no longer than the limit, and goes
///   when it is told. An element in memory is at most some twenty-five times what came; printed
///   alone, with its namespaces declared again, it may be some fifty times.
///
/// What is not kept: whether text was CDATA, how references and empty elements were written, where
/// a namespace was declared. A prefix is kept to be printed; a value that names something by a
/// prefix (`xsi:type="x:y"`) is only text here.
package p2psip.std.xml;
