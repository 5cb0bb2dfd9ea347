package p2psip.std.rfc6665;

import p2psip.std.rfc3261.ua.Usage;

/// Things are otherwise than they were, which all are told who may watch them.
///
/// @param usage    a number that nothing else has
/// @param event    the package
/// @param document what there is to be seen from now on
public record Publish(long usage, String event, Document document) implements Usage.Command {}
