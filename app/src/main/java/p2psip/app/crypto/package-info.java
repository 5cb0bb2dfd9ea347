/// Who is who, and what anyone can check: identities with their keys, ids on the ring that are
/// hashes of keys, and signed records.
///
/// Reading order: [NodeId] (a point on the ring), [Peer] (a node and its address), [Keys] (Ed25519
/// signatures), [Identity] (a name with its keys) and [IdentityStore] (where they are kept), then
/// [SignedRecord] (what the ring stores) with its value [Contact], and [Skew] (how far clocks are
/// apart). A record's text is a JSON Web Signature.
///
/// Of RFC 7515 the compact form with one signature is spoken, and of RFC 8037 Ed25519 alone.
/// Signing and verifying cost some tenths of a millisecond and happen inline.
//= rfc7515#2-1 exception no claim is a URI by this rule: keys are texts of our own
//= rfc7515#3-1 exception a permission: white space is read, and none is written
//= rfc7515#3.2.* exception the compact serialization alone is spoken
//= rfc7515#4-2 exception the same again for parameters of the RFC itself: see 4-3
//= rfc7515#4.1.2.* exception the header says alg alone: a record names its owner's key
//= rfc7515#4.1.3.* exception the header says alg alone: a record names its owner's key
//= rfc7515#4.1.4.* exception the header says alg alone: a record names its owner's key
//= rfc7515#4.1.5.* exception no certificates are named in the header
//= rfc7515#4.1.6.* exception no certificates are carried in the header
//= rfc7515#4.1.7.* exception no certificates are named in the header
//= rfc7515#4.1.8.* exception no certificates are named in the header
//= rfc7515#4.1.9.* exception the kind of a record stands in its payload, not in typ
//= rfc7515#4.1.10.* exception the kind of a record stands in its payload, not in cty
//= rfc7515#4.1.11-2..6 exception nothing critical is ever produced, so no crit
//= rfc7515#5.2-2 exception the compact serialization alone is spoken
//= rfc7515#6.* exception the header names no key: the signed payload names its owner's
//= rfc7515#7.2.1.* exception the compact serialization alone is spoken
//= rfc7515#7.2.2.* exception the compact serialization alone is spoken
//= rfc7515#8.* exception no header parameter is followed to a URL
//= rfc7515#9.1.1.* exception registrations with IANA
//= rfc7515#9.2.1.* exception registrations with IANA
//= rfc7515#10.6-1 exception an Ed25519 signature carries no name of an algorithm beside alg
//= rfc7748#5.* exception the JDK's X25519 is used, which obeys them
//= rfc7748#6.2.* exception X448 is left out
//= rfc7748#7.* exception the same again: Handshake obeys 6.1
//= rfc7748#A.* exception for those who choose curves
//= rfc8032#5.1.* exception the JDK's Ed25519 is used: no context, no prehash
//= rfc8032#8.3.* exception no contexts are used
//= rfc8032#8.5-1 exception the prehash variants are not used
//= rfc8032#8.7.* exception a record is short and all of it is there before it is verified
//= rfc8037#2.* exception no JWK: keys are 32 raw bytes in base64url
//= rfc8037#3.1-1 exception no JWE: nothing is encrypted to a key of Ed25519
//= rfc8037#4-2 exception X448 is left out
package p2psip.app.crypto;
