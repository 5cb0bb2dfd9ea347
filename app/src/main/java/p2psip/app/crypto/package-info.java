/// Who is who, and what anyone can check: identities with their keys, ids on the ring that are
/// hashes of keys, and signed records.
///
/// Reading order: [NodeId] (a point on the ring), [Peer] (a node and its address), [Keys] (Ed25519).
package p2psip.app.crypto;
