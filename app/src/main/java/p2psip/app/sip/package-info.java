/// SIP on a host: [SipPort] opens sockets, tells at which points it listens, and is told which core
/// stands behind them; then it carries what the sockets hear to the stack and what that says to the
/// sockets, and answers STUN at the same ports. Node, registrar and phone stand on it.
package p2psip.app.sip;
