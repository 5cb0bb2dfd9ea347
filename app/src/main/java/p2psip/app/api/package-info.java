/// A SIP server for programs of ten lines.
///
/// [SipServer] hands each request that comes in to the program, on a virtual thread of its own, as
/// an [Incoming]: the program says what becomes of it, and may take its time. It can answer,
/// refuse, ask for a password, redirect, forward as a proxy, or register; what follows of that
/// (retries, forks, the way of a dialog, passwords that were seen before) is the business of the
/// machines behind it. `Desk` is the core on the stack, which keeps what is not decided yet and
/// leads what is decided to a registrar or a proxy; `DeskNode` carries it to the host; `Realms`
/// know passwords.
///
/// ```java
/// try (var server = SipServer.start(host, at, "example.com", request -> {
///     if (request.is("REGISTER")) request.register(); else request.proxy();
/// })) {
///     server.serve();
/// }
/// ```
///
/// Its other half is [p2psip.app.voip.Telephone], for programs that call and are called. Both have
/// a chapter, whose programs `TenLinesTest` runs.
package p2psip.app.api;
