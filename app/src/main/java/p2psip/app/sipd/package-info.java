/// SIP servers and what SIP nodes are made of: [SipPort] puts a SIP stack on a host.
package p2psip.app.sipd;
