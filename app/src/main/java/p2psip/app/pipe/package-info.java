/// Pipes for programs: bytes in order between two programs of which one listens at a SIP address,
/// wherever that is served, without a server, a port or a certificate.
///
/// [PipeSockets] speaks to a node, on whatever host it lives, and from any thread:
/// ```java
/// var sockets = PipeSockets.of(node.line());
/// var server = sockets.bind("sip:bob@example.com");       // one program
/// var caller = server.accept();                           // caller.peer(), caller.verified()
/// caller.send(caller.recv());
/// caller.close();
///
/// var pipe = sockets.connect("sip:bob@example.com");      // another, at another node
/// pipe.send(Bytes.utf8("hello"));
/// pipe.recv();                                            // hello; empty when nothing more comes
/// ```
/// What is not read stops who writes, at the other end of the pipe. Who listens for himself needs
/// no program: the verb `pipe` does it for standard input and output, and for TCP.
package p2psip.app.pipe;
