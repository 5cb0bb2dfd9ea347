package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.Pins;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.server.Aor;

/// Whether a node speaks for an address: what the records of the address say, those that were
/// brought along and those that were found.
record Judge(Pins pins, InstantSource wall) {

    /// What is known of somebody who says that he is at an address.
    enum Caller { VERIFIED, UNVERIFIED, FORGED }

    /// The record that somebody has brought along, if it is one of that address.
    Optional<SignedRecord> record(String text, Aor aor) {
        return SignedRecord.verify(text, aor.toString(), wall.instant())
                instanceof SignedRecord.Verdict.Valid(var valid) ? Optional.of(valid)
                : Optional.empty();
    }

    static boolean names(SignedRecord record, Bytes node) {
        return record.value() instanceof Contact contact && contact.node().equals(node);
    }

    /// The one key of an address that this node believes.
    Optional<Pins.Claim> trusted(Aor aor) {
        return pins.claims().getOrDefault(aor.toString(), List.of()).stream()
                .filter(claim -> claim.trust() != Pins.Trust.SEEN).findFirst();
    }

    /// Whether a record is of the one key that this node believes.
    boolean isPinned(Aor aor, SignedRecord record) {
        return trusted(aor).filter(claim -> claim.key().equals(NodeId.of(record.owner())))
                .isPresent();
    }

    /// What the records say together: that of the caller, and those that others have found.
    ///
    /// @param speaks whether somebody speaks for whoever has signed a record
    Caller judge(Aor aor, Optional<SignedRecord> brought, List<SignedRecord> found,
            Predicate<SignedRecord> speaks) {
        var byOwner = new LinkedHashMap<Bytes, SignedRecord>();
        Stream.concat(brought.stream(), found.stream())
                .forEach(record -> byOwner.merge(record.owner(), record, SignedRecord::newer));
        var trusted = trusted(aor);
        var living = byOwner.values().stream().filter(record -> !record.removed()
                && !record.expired(wall.instant())).toList();
        if (living.isEmpty()) return Caller.UNVERIFIED;
        var counting = trusted.isEmpty() ? living : living.stream().filter(record ->
                trusted.get().key().equals(NodeId.of(record.owner()))).toList();
        long naming = counting.stream().filter(speaks).count();
        return naming == 0 ? Caller.FORGED
                : naming == counting.size() ? Caller.VERIFIED : Caller.UNVERIFIED;
    }
}
