/// Event notification.
package p2psip.std.rfc6665;
