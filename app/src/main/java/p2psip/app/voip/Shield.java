package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.srtp.*;
import p2psip.app.srtp.Armour.Refused;
import p2psip.std.*;
import p2psip.std.rfc3261.ua.Call;
import p2psip.std.rfc5763.DtlsAgreement.Association;
import p2psip.std.rfc5763.LatchingControl;

/// What stands between the sound of a call and its way: nothing, if it goes in clear; else no
/// packet passes in either direction that is not sealed by keys which both have agreed on.
final class Shield {
    /// The child of a port's first association; those after it have the numbers that follow.
    static final int RTP = 1 << 20, RTCP = 1 << 21;

    /// Takes what is to leave by the way of RTP, or of RTCP; answers whether there is a way.
    interface Exit {
        boolean open(boolean rtp, Instant now);

        void send(boolean rtp, Bytes datagram, Instant now);

        /// Whether ICE has found it, or is about to.
        boolean found();
    }

    private final long call;
    private final Keying.Means means;
    private final Exit exit;
    private final RandomGenerator random;
    private final Outbox<CallOutput> out;
    private final Armour armour = new Armour();
    /// Of RTCP, where keys come of handshakes and it has a port of its own.
    private final Armour beside = new Armour();
    private final Map<Boolean, DtlsKeying> handshakes = new TreeMap<>(Comparator.reverseOrder());
    private Optional<Keying.Terms> terms = Optional.empty();
    private boolean secret, muxed;
    private Optional<String> failure = Optional.empty(), told = Optional.empty();

    Shield(long call, Keying.Means means, Exit exit, RandomGenerator random,
            Outbox<CallOutput> out) {
        this.call = call;
        this.means = means;
        this.exit = exit;
        this.random = random;
        this.out = out;
    }

    /// Before anything is agreed nothing passes, if that is to be secret.
    void offered(boolean secret) {
        if (terms.isEmpty()) this.secret = secret;
    }

    /// What both have agreed on; none if there is no stream that may be heard.
    ///
    /// @param muxed whether RTCP takes the port of RTP
    void agree(Optional<Keying.Terms> agreed, boolean muxed, Instant now) {
        this.muxed = muxed;
        terms = agreed;
        secret = true;
        if (agreed.isEmpty()) return;
        switch (agreed.get()) {
            case Keying.Terms.Clear _ -> secret = false;
            case Keying.Terms.Told(var keys) -> {
                armour.told(keys.sending(), keys.sendAnew(),
                        keys.receiving(), keys.receiveAnew());
                secured("keys by SDES"
                        + (keys.secret() ? "" : ", which travelled in clear"));
            }
            case Keying.Terms.Shaken _ -> { }
        }
        if (!(agreed.get() instanceof Keying.Terms.Shaken)) close(now);
        settle(now);
    }

    /// Begins handshakes as soon as there is a way for them.
    //= rfc5763#6.7.1-1 of all pairs that ICE may have there is one association for a component
    void settle(Instant now) {
        if (terms.isEmpty() || failure.isPresent()
                || !(terms.get() instanceof Keying.Terms.Shaken(var association))) return;
        begin(true, association, now);
        //= rfc5764#3-4 one association is established, the other waits until it is
        if (!muxed && handshakes.containsKey(true) && handshake(true).established())
            begin(false, association, now);
    }

    private void begin(boolean rtp, Association association, Instant now) {
        if (exit.open(rtp, now)) shaken(rtp, handshake(rtp).handle(
                new DtlsKeying.Input.Agree(association), now), now);
    }

    //= rfc5764#4.1.2-1,2 RTP and RTCP by the same profiles, so with identical ciphers
    private DtlsKeying handshake(boolean rtp) {
        return handshakes.computeIfAbsent(rtp, _ -> new DtlsKeying(
                new Id(Id.Part.MEDIA, rtp ? RTP : RTCP, call), means.certificate().get(),
                DtlsKeying.PROFILES));
    }

    /// A datagram of DTLS has come; it is no use where nothing of the kind was offered.
    void came(boolean rtp, Bytes datagram, Instant now) {
        if (shakes()) shaken(rtp, handshake(rtp).handle(
                new DtlsKeying.Input.Came(datagram), now), now);
    }

    /// Whether a handshake may be made, as far as is known.
    private boolean shakes() {
        return secret && failure.isEmpty() && means.secrecy().takesShaken()
                && !(terms.isPresent() && terms.get() instanceof Keying.Terms.Told);
    }

    /// A datagram of STUN has come that is none of ICE: what is answered, while a handshake may
    /// be waiting for it.
    //= rfc5763#6.7.2-2 during the handshake period, also where there is no ICE
    Optional<Bytes> asked(boolean rtp, Bytes datagram, InetSocketAddress from) {
        return shakes() && !handshake(rtp).established()
                ? LatchingControl.answer(datagram, from) : Optional.empty();
    }

    /// The host tells of an association.
    void happened(Event.OfAssociation event, Instant now) {
        boolean rtp = event.id().child() < RTCP;
        Optional.ofNullable(handshakes.get(rtp)).ifPresent(one -> shaken(rtp, one.handle(
                new DtlsKeying.Input.Happened(event), now), now));
    }

    private void shaken(boolean rtp, List<DtlsKeying.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case DtlsKeying.Output.Do(var effect) -> {
                out.add(new CallOutput.Do(effect));
                if (effect instanceof Effect.Associate association) latch(rtp, association, now);
            }
            case DtlsKeying.Output.Send(var datagram) -> exit.send(rtp, datagram, now);
            case DtlsKeying.Output.Established(var keys, boolean begins) -> {
                (rtp ? armour : beside).shaken(keys, begins);
                //= rfc8122#7-6 of certificates described where nobody can change it no word
                if (rtp) secured("keys by DTLS" + (means.secured()
                        ? "" : ", for a certificate that was told of in clear"));
            }
            case DtlsKeying.Output.Failed(var why) -> {
                failure = Optional.of("The sound cannot be kept secret: " + why);
                close(now);
                //= rfc5763#5-14 the session is torn down, at once
                out.add(new CallOutput.Ask(new Call.Command.HangUp(call)));
            }
        }
    }

    /// The side that waits lets the other one in, whose handshake is under way by itself.
    //= rfc5763#6.7.2-1,3 without ICE one check, whose answer the handshake does not wait for
    private void latch(boolean rtp, Effect.Associate association, Instant now) {
        if (!association.begins() && !exit.found())
            exit.send(rtp, LatchingControl.check(random), now);
    }

    //= rfc5763#8.6-1 how a call is kept secret is told, and never that it is with whom it names
    private void secured(String how) {
        var what = armour.suite().orElse("") + ", " + how;
        if (!told.equals(Optional.of(what))) out.add(new CallOutput.Do(
                new Effect.Tell(new News.Secured(call, what))));
        told = Optional.of(what);
    }

    private Armour of(boolean rtp) {
        return rtp || muxed || !(terms.isPresent()
                && terms.get() instanceof Keying.Terms.Shaken) ? armour : beside;
    }

    /// Whether nothing can be sent or heard for want of keys that may come.
    boolean waits() { return secret && armour.suite().isEmpty() && failure.isEmpty(); }

    /// A packet as it may leave.
    Optional<Bytes> put(boolean rtp, Bytes plain) {
        return secret ? of(rtp).put(rtp, plain) : Optional.of(plain);
    }

    /// A packet as it was before it was sealed, if it was by the peer.
    ///
    /// @param early whether it has waited for keys
    //= rfc5763#5-13 nobody is heard whose certificate is not the one of the description
    Optional<Bytes> take(boolean rtp, Bytes datagram, boolean early) {
        return secret ? of(rtp).take(rtp, datagram, early) : Optional.of(datagram);
    }

    /// What is added to each report.
    int growth() { return secret ? of(false).growth() : 0; }

    void forget(long ssrc) {
        armour.forget(ssrc);
        beside.forget(ssrc);
    }

    /// Why the call has to end, if it has to.
    Optional<String> failure() { return failure; }

    /// What was not believed; empty if nothing was secret.
    Optional<Refused> refused() {
        return told.map(_ -> armour.refused().plus(beside.refused()));
    }

    /// The stream is over.
    void end(Instant now) {
        terms = Optional.empty();
        secret = true;
        close(now);
    }

    private void close(Instant now) {
        for (boolean rtp : List.copyOf(handshakes.keySet()))
            shaken(rtp, handshakes.get(rtp).handle(new DtlsKeying.Input.Close(), now), now);
    }
}
