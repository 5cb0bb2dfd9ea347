package p2psip.app.srtp;

import module java.base;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc5763.*;
import p2psip.std.rfc5763.DtlsAgreement.Association;
import p2psip.std.rfc5764.*;

/// The handshake of one component of a stream, and who is believed after it: between what was told
/// in descriptions ([DtlsAgreement]) and the engine of the host ([Effect.Associate]).
///
/// Nothing of it depends on time: the engine sends again by itself, and gives up.
///
/// ```
/// begin(agreed) > Do(Associate)          Happened(Flight)     > Send
/// Came          > Do(Hand)               Happened(Associated) > Established, or Failed
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc5763#section-5 RFC 5763 §5
public final class DtlsKeying implements Machine<DtlsKeying.Input, DtlsKeying.Output> {

    public sealed interface Input {
        /// What offer and answer have said, and there is a way to the peer. Said again it changes
        /// nothing; another one begins anew.
        record Agree(Association agreed) implements Input {}

        /// A datagram of DTLS came from the peer: also before its description has.
        record Came(Bytes datagram) implements Input {}

        /// The host tells of the association.
        record Happened(Event.OfAssociation event) implements Input {}

        /// There is no stream any more.
        record Close() implements Input {}
    }

    public sealed interface Output {
        record Do(Effect effect) implements Output {}

        /// To the peer, by the way of its component; lost, if there is none.
        record Send(Bytes datagram) implements Output {}

        /// The peer is the one that was told of.
        ///
        /// @param begins whether this side was the client: its keys are those of the client
        record Established(ExtractedKeys keys, boolean begins) implements Output {}

        /// There are no keys, and nothing is to be sent or heard; `why` is for people.
        record Failed(String why) implements Output {}
    }

    /// What everybody has, and what is cheaper for who has it, which is preferred.
    public static final List<ProtectionProfile> PROFILES = List.of(
            ProtectionProfile.SRTP_AEAD_AES_128_GCM,
            ProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80);

    /// How many datagrams are kept that come before the peer's description.
    private static final int EARLY = 8;

    private final MediaCertificate certificate;
    private final List<ProtectionProfile> profiles;
    private final Deque<Bytes> early = new ArrayDeque<>();
    private Id id;
    private Optional<Association> agreed = Optional.empty();
    private boolean there;

    /// @param id of the first association; those after it have the children that follow
    public DtlsKeying(Id id, MediaCertificate certificate, List<ProtectionProfile> profiles) {
        this.id = new Id(id.part(), id.child() - 1, id.number());
        this.certificate = certificate;
        this.profiles = List.copyOf(profiles);
    }

    /// Whether a peer that is believed has the keys.
    public boolean established() { return there; }

    @Override public Instant deadline() { return Instant.MAX; }

    @Override public List<Output> wake(Instant now) { return List.of(); }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Agree(var association) -> agree(association);
            case Input.Came(var datagram) -> came(datagram);
            case Input.Happened(var event) when event.id().equals(id) && agreed.isPresent() ->
                    happened(event);
            case Input.Happened _ -> List.of();
            case Input.Close _ -> close();
        };
    }

    private List<Output> agree(Association association) {
        //  the association that there is is used again, if it is compatible
        if (agreed.equals(Optional.of(association))) return List.of();
        //= rfc5763#6.6-2 another role, or another certificate: a new one is established
        var outputs = new ArrayList<>(close());
        agreed = Optional.of(association);
        id = new Id(id.part(), id.child() + 1, id.number());
        boolean begins = association.role() == Association.Role.CLIENT;
        outputs.add(new Output.Do(new Effect.Associate(id, begins, certificate, profiles,
                association.peer())));
        //= rfc5763#5-7 a client_hello may come before the answer: it is waiting here
        if (!begins) early.forEach(each -> outputs.add(hand(each)));
        early.clear();
        return outputs;
    }

    private Output hand(Bytes datagram) { return new Output.Do(new Effect.Hand(id, datagram)); }

    private List<Output> came(Bytes datagram) {
        if (agreed.isPresent()) return List.of(hand(datagram));
        if (early.size() == EARLY) early.remove();
        early.add(datagram);
        return List.of();
    }

    private List<Output> happened(Event.OfAssociation event) {
        return switch (event) {
            case Event.Flight(_, var datagram) -> List.of(new Output.Send(datagram));
            case Event.Associated(_, var keys, var shown) -> associated(keys, shown);
            case Event.NotAssociated(_, var why) -> failed(why);
        };
    }

    private List<Output> associated(ExtractedKeys keys, Bytes shown) {
        var told = agreed.orElseThrow();
        //= rfc5763#5-13 the certificate shown has one of the fingerprints that were told
        //= rfc5763#5-14 with another the session is torn down, at once
        //= rfc8122#6.2-6 nothing is taken for valid before the fingerprint has matched
        if (!CertificateFingerprint.prove(told.peer(), shown.toArray()))
            return failed("the peer's certificate is another than it has told of");
        there = true;
        return List.of(new Output.Established(keys, told.role() == Association.Role.CLIENT));
    }

    private List<Output> failed(String why) {
        var outputs = new ArrayList<>(close());
        outputs.add(new Output.Failed(why));
        return outputs;
    }

    private List<Output> close() {
        if (agreed.isEmpty()) return List.of();
        agreed = Optional.empty();
        there = false;
        return List.of(new Output.Do(new Effect.Dissociate(id)));
    }
}
