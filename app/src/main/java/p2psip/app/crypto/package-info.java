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
package p2psip.app.crypto;
