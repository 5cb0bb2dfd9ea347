/// The STUN programs: [Asking] asks a server by which address it sees us.
package p2psip.app.stun;
