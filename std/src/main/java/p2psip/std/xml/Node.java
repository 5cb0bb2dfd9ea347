package p2psip.std.xml;

/// What an element is made of.
public sealed interface Node permits Element, Text {}
