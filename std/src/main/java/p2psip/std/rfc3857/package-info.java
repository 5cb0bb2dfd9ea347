/// Who watches somebody, as an event package of its own: [WatcherEvents] gathers what notifiers of
/// another package tell into states, and remembers who asked while nobody could decide (§4.7.1).
/// The documents are those of [p2psip.std.rfc3858]. What is left out stands in `left-out.txt`
/// beside this file.
package p2psip.std.rfc3857;
