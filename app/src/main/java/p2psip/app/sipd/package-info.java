/// SIP servers and what SIP nodes are made of: [SipPort] puts a SIP stack on a host.
//= rfc5626#4.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#5.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#6.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#7.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#8.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#10.* todo outbound comes as a package of its own; only its keep-alive is answered
//= rfc5626#11.* exception registrations with IANA
package p2psip.app.sipd;
