/// The STUN and TURN programs: [Asking] asks a server by which address it sees us, [Probing] what
/// the routers on the way do, and both begin by an [Approach]; [Serving] is a STUN server of two
/// addresses, which tells that; [Relaying] is a TURN server on a host, which [TurnUsers] may use.
package p2psip.app.stun;
