/// SIP on a host: [SipPort] opens sockets, tells at which points it listens, and is told which core
/// stands behind them; then it carries what the sockets hear to the stack and what that says to the
/// sockets, and answers STUN at the same ports. Node, registrar and phone stand on it.
//= rfc5626#4.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#5.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#6.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#7.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#8.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#10.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#11.* exception registrations with IANA
package p2psip.app.sip;
