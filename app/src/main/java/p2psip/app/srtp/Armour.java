package p2psip.app.srtp;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc4568.CryptoAttribute.Protection;
import p2psip.std.rfc5764.ExtractedKeys;

/// What one side puts around the packets of a session, and takes off those of the other, by the
/// keys that both have been told of; a key may follow another while packets are under way.
public final class Armour {

    /// What has come and was not believed, in packets.
    ///
    /// @param forged   made or changed by somebody who has not the key
    /// @param replayed that had come before
    /// @param other    that could be nothing of this session: cut short, one source too many, or in
    ///                 clear, before there were keys
    public record Refused(long forged, long replayed, long other) {
        public static final Refused NONE = new Refused(0, 0, 0);

        public Refused plus(Refused more) {
            return new Refused(forged + more.forged, replayed + more.replayed,
                    other + more.other);
        }

        /// As programs print it, behind what was heard: `forged=0 replayed=2`.
        @Override public String toString() {
            return "forged=%d replayed=%d".formatted(forged, replayed)
                    + (other == 0 ? "" : " unreadable=" + other);
        }
    }

    private Optional<SrtpSender> sender = Optional.empty();
    private Optional<SrtpReceiver> receiver = Optional.empty();
    /// Of an association that was: what is under way still comes by it.
    private Optional<SrtpReceiver> former = Optional.empty();
    private Optional<Protection> sending = Optional.empty(), receiving = Optional.empty();
    private long forged, replayed, other;

    /// Goes on by the keys of descriptions.
    ///
    /// @param sendAnew    whether our stream begins with this: its indices begin at zero
    /// @param receiveAnew whether the peer's does
    public void told(Protection ours, boolean sendAnew, Protection theirs, boolean receiveAnew) {
        //  what was agreed again is as it was: packets are counted on
        if (!sending.equals(Optional.of(ours))) send(ours, sendAnew);
        if (!receiving.equals(Optional.of(theirs))) receive(theirs, receiveAnew);
    }

    private void send(Protection ours, boolean anew) {
        var key = ours.keys().getFirst();
        // another key for the same stream: the ROC goes on
        if (sender.isPresent() && !anew && sameName(sending, ours))
            sender.get().rekey(ours.policy(), key);
        else sender = Optional.of(new SrtpSender(ours.policy(), key));
        sending = Optional.of(ours);
    }

    private void receive(Protection theirs, boolean anew) {
        var keys = theirs.keys();
        if (receiver.isPresent() && !anew && sameName(receiving, theirs)
                && keys.getFirst().mki().isEmpty()) {
            receiver.get().expect(theirs.policy(), keys.getFirst());
        } else {
            former = receiver;
            var fresh = new SrtpReceiver(theirs.policy(), keys.getFirst());
            keys.stream().skip(1).forEach(key -> fresh.expect(theirs.policy(), key));
            receiver = Optional.of(fresh);
        }
        receiving = Optional.of(theirs);
    }

    /// Whether packets name both keys by as many bytes.
    private static boolean sameName(Optional<Protection> old, Protection next) {
        return old.filter(o -> o.keys().getFirst().mki().size()
                == next.keys().getFirst().mki().size()).isPresent();
    }

    /// Begins anew by the keys of a handshake.
    ///
    /// @param client whether this side was the client
    public void shaken(ExtractedKeys keys, boolean client) {
        told(new Protection(keys.policy(), List.of(keys.sending(client))), true,
                new Protection(keys.policy(), List.of(keys.receiving(client))), true);
    }

    /// By which suite packets are sent.
    public Optional<String> suite() { return sending.map(p -> p.policy().suite().name()); }

    /// How much longer a report becomes.
    public int growth() { return sender.map(s -> s.growth(true)).orElse(0); }

    /// A packet as it may be sent; empty if it must not be.
    public Optional<Bytes> put(boolean rtp, Bytes plain) {
        if (sender.isEmpty()) return Optional.empty();
        var packet = ByteBuffer.allocate(plain.size() + sender.get().growth(!rtp));
        plain.to(packet).flip();
        var verdict = rtp ? sender.get().protectRtp(packet) : sender.get().protectRtcp(packet);
        return verdict == Verdict.DONE ? Optional.of(bytes(packet)) : Optional.empty();
    }

    /// The packet that somebody has put in; empty if it is not the peer's, or was there before.
    ///
    /// @param early whether it came before there were keys: then it may have been meant in clear
    public Optional<Bytes> take(boolean rtp, Bytes datagram, boolean early) {
        if (receiver.isEmpty()) return Optional.empty();
        var packet = ByteBuffer.allocate(datagram.size());
        datagram.to(packet).flip();
        var verdict = open(receiver.get(), rtp, packet);
        if (verdict == Verdict.AUTHENTICATION_FAILURE && former.isPresent())
            verdict = open(former.get(), rtp, packet);
        switch (verdict) {
            case DONE -> { return Optional.of(bytes(packet)); }
            case AUTHENTICATION_FAILURE, UNKNOWN_KEY -> {
                if (early) other++;
                else forged++;
            }
            case REPLAYED -> replayed++;
            case MALFORMED, NO_ROOM, EXHAUSTED, CROWDED -> other++;
        }
        return Optional.empty();
    }

    private static Verdict open(SrtpReceiver by, boolean rtp, ByteBuffer packet) {
        return rtp ? by.unprotectRtp(packet) : by.unprotectRtcp(packet);
    }

    private static Bytes bytes(ByteBuffer packet) {
        return packet.limit() == packet.capacity() ? Bytes.wrap(packet.array())
                : Bytes.from(packet);
    }

    /// A source has left, or was silent for too long.
    //= rfc4568#6.5-1 with the member its context goes
    public void forget(long ssrc) { receiver.ifPresent(r -> r.forget(ssrc)); }

    public Refused refused() { return new Refused(forged, replayed, other); }
}
