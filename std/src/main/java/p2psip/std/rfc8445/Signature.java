package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc8445.IceAttributes.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.Username;
import p2psip.std.rfc8489.Message.Kind;

/// Our requests to one peer, and how its answers are known to be its own.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-7.2.2 RFC 8445 §7.2.2
record Signature(Credentials local, Credentials remote) {

    /// A check, or a question whether the peer still consents.
    Bytes request(TransactionId id, Role role, long tiebreaker, long priority, boolean nominates) {
        var attributes = new ArrayList<Attribute>();
        attributes.add(new Username(remote.ufrag() + ":" + local.ufrag()));
        //= rfc8445#7.1.1-1 PRIORITY: what a peer-reflexive candidate found by this has
        attributes.add(new Priority((int) priority));
        //= rfc8445#7.1.3-1,2 ICE-CONTROLLING of the controlling agent, ICE-CONTROLLED of the other
        attributes.add(role == Role.CONTROLLING ? new IceControlling(tiebreaker)
                : new IceControlled(tiebreaker));
        //= rfc8445#7.1.2-1 USE-CANDIDATE nominates
        if (nominates) attributes.add(new UseCandidate());
        var request = new Message(Kind.REQUEST, Message.BINDING, id, attributes);
        //= rfc8445#7.2.2-1 signed with the short-term credential, by the peer's password
        //= rfc8445#7.2.4-2 and with a FINGERPRINT
        return Fingerprints.append(Integrity.SHA_1.append(
                request.encode(IceAttributes.TABLE), remote.key()));
    }

    /// Whether a response is the peer's.
    boolean proves(Bytes response) { return Integrity.SHA_1.verify(response, remote.key()); }

    @Override public String toString() { return local.ufrag() + ":" + remote.ufrag(); }
}
