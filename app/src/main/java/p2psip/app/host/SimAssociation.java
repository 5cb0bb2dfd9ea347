package p2psip.app.host;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc5764.*;

/// DTLS in a simulation: four flights, as often as it takes, by which both get the same keys. What
/// is modelled is who begins, what that takes, what is lost, which certificate is shown and that
/// there may be no profile which both know; nothing of it is secret.
///
/// ```
/// client  1 hello, profiles    >            server
///         <  2 profile, certificate
///         3 certificate        >
///         <  4 finished
/// ```
final class SimAssociation {
    /// What it takes to work out an answer.
    private static final Duration WORK = Duration.ofMillis(3);

    /// The first byte of a handshake, and of an alert.
    private static final byte HANDSHAKE = 22, ALERT = 21;
    private static final byte HANDSHAKE_FAILURE = 40, BAD_CERTIFICATE = 42;
    private static final byte HELLO = 1, OFFER = 2, PROOF = 3, FINISHED = 4;
    private static final int NONCE = 16;
    /// Of what stands before what a record says.
    private static final int RECORD = 13;

    private final SimHost host;
    private final SimHost.Life life;
    private final Effect.Associate asked;
    private final Bytes nonce;
    private final Instant end;
    /// What is sent again when it is due, or when the peer sends again what came before.
    private Optional<Bytes> last = Optional.empty();
    private Bytes theirs = Bytes.EMPTY, certificate = Bytes.EMPTY;
    private Optional<ProtectionProfile> profile = Optional.empty();
    private boolean over;

    SimAssociation(SimHost host, SimHost.Life life, Effect.Associate asked,
            RandomGenerator random) {
        this.host = host;
        this.life = life;
        this.asked = asked;
        var bytes = new byte[NONCE];
        random.nextBytes(bytes);
        nonce = Bytes.wrap(bytes);
        end = host.network.now().plus(Host.HANDSHAKE);
        if (asked.begins()) {
            var out = record(HANDSHAKE, HELLO, NONCE + 2 * asked.profiles().size())
                    .put(nonce.buffer());
            asked.profiles().forEach(each -> out.putShort((short) each.value()));
            say(Bytes.wrap(out.array()));
        }
        again(Host.FLIGHT);
    }

    /// A record of DTLS 1.2, with room for what it says.
    private static ByteBuffer record(byte type, byte kind, int size) {
        return ByteBuffer.allocate(RECORD + 1 + size).put(type).putShort((short) 0xfefd)
                .putLong(0).putShort((short) (1 + size)).put(kind);
    }

    private boolean here() { return life.associations.get(asked.id()) == this; }

    private void tell(Event event) {
        if (here()) host.tell(life, event);
    }

    private void say(Bytes flight) {
        last = Optional.of(flight);
        repeat();
    }

    private void repeat() {
        last.ifPresent(flight -> host.network.in(WORK,
                () -> tell(new Event.Flight(asked.id(), flight))));
    }

    /// Sends again what is not answered, after this time and then after twice that.
    private void again(Duration after) {
        host.network.in(after, () -> {
            if (over || !here()) return;
            if (!host.network.now().isBefore(end)) {
                fail("no answer for " + Host.HANDSHAKE.toSeconds() + " s");
                return;
            }
            repeat();
            again(after.multipliedBy(2));
        });
    }

    /// Tells the peer, too, that it fails.
    private void alert(byte description, String why) {
        tell(new Event.Flight(asked.id(),
                Bytes.wrap(record(ALERT, (byte) 2, 1).put(description).array())));
        fail(why);
    }

    /// Whether the peer has shown what it has told of.
    private boolean believed() {
        if (asked.believes(certificate)) return true;
        alert(BAD_CERTIFICATE, "the peer's certificate is another than it has told of");
        return false;
    }

    private void fail(String why) {
        over = true;
        tell(new Event.NotAssociated(asked.id(), why));
        life.associations.remove(asked.id(), this);
    }

    void received(Bytes datagram) {
        if (datagram.size() < RECORD + 2) return;
        if (datagram.at(0) == ALERT && !over) fail("the peer says " + (datagram.at(RECORD + 1)
                == BAD_CERTIFICATE ? "bad_certificate" : "handshake_failure"));
        if (datagram.at(0) != HANDSHAKE || datagram.size() < RECORD + 1 + NONCE) return;
        var in = datagram.slice(RECORD + 1, datagram.size()).buffer();
        switch (datagram.at(RECORD)) {
            case HELLO -> { if (!asked.begins()) hello(in); }
            case OFFER -> { if (asked.begins()) offer(in); }
            case PROOF -> { if (!asked.begins()) proof(in); }
            case FINISHED -> {
                if (asked.begins() && !over && profile.isPresent() && ours(in)) associated();
            }
            default -> { }
        }
    }

    /// Whether a flight is of this association.
    private boolean ours(ByteBuffer in) {
        return in.remaining() >= NONCE && Bytes.from(in, NONCE).equals(nonce);
    }

    private void hello(ByteBuffer in) {
        var client = Bytes.from(in, NONCE);
        if (last.isPresent()) {
            if (client.equals(theirs)) repeat();
            return;
        }
        theirs = client;
        var offered = new ArrayList<Integer>();
        while (in.remaining() >= 2) offered.add(in.getShort() & 0xffff);
        profile = ProtectionProfile.select(asked.profiles(), offered);
        if (profile.isEmpty()) {
            alert(HANDSHAKE_FAILURE, "no profile that both know");
            return;
        }
        say(flight(OFFER, profile.get().value()));
    }

    /// The peer's nonce, ours, a number, our certificate.
    private Bytes flight(byte type, int number) {
        var shown = asked.certificate().der();
        var out = record(HANDSHAKE, type, 2 * NONCE + 2 + shown.size());
        out.put(theirs.buffer()).put(nonce.buffer()).putShort((short) number)
                .put(shown.buffer());
        return Bytes.wrap(out.array());
    }

    private void offer(ByteBuffer in) {
        if (profile.isPresent()) return;
        if (!ours(in) || in.remaining() < NONCE + 2) return;
        theirs = Bytes.from(in, NONCE);
        profile = ProtectionProfile.of(in.getShort() & 0xffff);
        certificate = Bytes.from(in, in.remaining());
        if (profile.isPresent() && believed()) say(flight(PROOF, 0));
    }

    private void proof(ByteBuffer in) {
        if (!ours(in) || in.remaining() < NONCE + 2 || profile.isEmpty()) return;
        if (over) {
            repeat();
            return;
        }
        in.position(in.position() + NONCE + 2);
        certificate = Bytes.from(in, in.remaining());
        if (!believed()) return;
        say(flight(FINISHED, 0));
        associated();
    }

    private void associated() {
        over = true;
        var made = profile.orElseThrow();
        int size = ExtractedKeys.size(made);
        var nonces = asked.begins() ? nonce.hex() + theirs.hex() : theirs.hex() + nonce.hex();
        var material = ByteBuffer.allocate(size + 64);
        for (int i = 0; material.position() < size; i++) material.put(
                Digests.hash("SHA-256", Bytes.utf8(nonces + i).toArray()));
        var keys = ExtractedKeys.of(made, Bytes.from(material.flip(), size));
        host.network.in(WORK, () -> tell(
                new Event.Associated(asked.id(), keys, certificate)));
    }
}
