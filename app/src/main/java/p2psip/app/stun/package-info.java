/// The STUN and TURN programs: [Asking] asks a server by which address it sees us; [Relaying] is a
/// TURN server on a host, which [TurnUsers] may use.
package p2psip.app.stun;
