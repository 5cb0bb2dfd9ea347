/// PUBLISH.
package p2psip.std.rfc3903;
