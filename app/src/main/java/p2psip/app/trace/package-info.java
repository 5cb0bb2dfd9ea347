/// What happened, as values: [Trace] is one entry, made by nodes ([Trace.What]) and stamped by the
/// edge; it is printed by `-d`, drawn as a ladder, written as pcapng.
package p2psip.app.trace;
