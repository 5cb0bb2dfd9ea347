/// Header extensions of RTP: a few bytes about a packet that whoever does not know them skips.
///
/// A packet has any number of small elements, each with a local number; which number stands for
/// what is said in the session description, where an extension has the name of a URI. So one knows
/// how loud a packet is without its keys, or to which medium of a bundle it belongs.
///
/// | section | file |
/// |---|---|
/// | 4 elements in the one-byte and the two-byte form | [HeaderExtension] |
/// | 5, 6, 7 numbers and names, offer and answer | [ExtensionMap] |
///
/// An example that `HeaderExtensionTest` runs:
/// ```java
/// var extension = new HeaderExtension(List.of(new Element(1, level)));
/// session.handle(new Send(false, 0, 160, voice, List.of(), extension.encode()), now);
/// HeaderExtension.of(packet.extension()).element(1);      // Optional[level]
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): what
/// extensions mean, which other RFCs say; bundles of several media.
package p2psip.std.rfc8285;
