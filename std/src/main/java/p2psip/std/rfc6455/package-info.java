/// WebSocket: messages in both directions over one connection, which begins as a request of HTTP so
/// that a page in a browser can have it. SIP goes by it to telephones that are pages (RFC 7118).
///
/// Read [Frame] first (the bytes), then [Call] and [Door] (what a client asks, and whom a server
/// lets in), then [WebSocket], which is either end from the first byte to the last.
///
/// | section | file |
/// |---|---|
/// | 3 | [WebSocketUri] |
/// | 4.1, 4.2 | [Call], [Door], `Head` |
/// | 5.2, 5.3 | `Frame`, `Opcode` |
/// | 5.4 to 7 | [WebSocket], [Message] |
/// | 7.4 | [CloseCode] |
///
/// ```java
/// var client = WebSocket.client(Call.of(WebSocketUri.parse("ws://example.org/"), "sip"),
///         WebSocket.Limits.USUAL, random);
/// client.wake(now);                                         // [Entered, Write(handshake)]
/// client.handle(new WebSocket.Input.Received(bytes), now);  // [Entered, Opened("/", ...)]
/// ```
///
/// The connection, and TLS below it, are the owner's. Nothing is compressed: there are no
/// extensions. A page from anywhere may try to come in, with the reader's own browser: a [Door]
/// names the origins, and the names of the server, that are let in.
package p2psip.std.rfc6455;
