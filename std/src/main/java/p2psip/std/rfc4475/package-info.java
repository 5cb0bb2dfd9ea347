/// Is a message right in all that it says? Torture tests ask that; who speaks SIP does not.
///
/// An element looks at the fields that it needs ([p2psip.std.rfc3261.Validator]), and passes on
/// what is nonsense to nobody but others. RFC 4475 has messages that are wrong just there, and
/// people who look at a capture want to know. [Fields] has the grammar of the fields that nobody
/// needs (RFC 3261 §20), and [Omissions] says what a message lacks that its receiver can do
/// without.
package p2psip.std.rfc4475;
