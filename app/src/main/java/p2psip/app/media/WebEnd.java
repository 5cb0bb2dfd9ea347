package p2psip.app.media;

import module java.base;
import p2psip.app.crypto.MediaCertificate;
import p2psip.app.host.*;
import p2psip.app.srtp.*;
import p2psip.std.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc5761.RtcpMux;
import p2psip.std.rfc5763.DtlsAgreement;
import p2psip.std.rfc7983.PacketKind;
import p2psip.std.rfc8445.*;

/// What a browser has here of a call's medium: one port, for ICE, DTLS, SRTP and SRTCP.
///
/// ```
/// browser                      here
///   checks of ICE, signed  >          whoever signs them is the browser, and nobody else is heard
///   DTLS                 <   >        its certificate is the one that it has told of, or all ends
///   SRTP, SRTCP          <   >        from then on
/// ```
///
/// ICE is its lite kind: this node has the address by which the browser has come for its SIP, so
/// the browser reaches it there, and looks for the way alone.
final class WebEnd implements End {
    /// Ports that are tried, if one is in use.
    static final int ATTEMPTS = 20;

    /// Addresses of the browser's from which checks have come that were signed; the oldest is
    /// forgotten.
    static final int PROVEN = 16;

    /// The longest datagram that is looked at.
    static final int LONGEST = 2_048;

    /// The one stream, and its one component.
    private static final int STREAM = 1, COMPONENT = 1;

    /// The children of [Id.Part#MEDIA]: of the socket, and of the first handshake.
    private static final int SOCKET = 0, HANDSHAKE = 1;

    /// What has come.
    ///
    /// @param packet RTP, or a compound of RTCP, in plain
    record Came(boolean control, Bytes packet) {}

    private final int place;
    private final InetAddress address;
    private final Outbox<Carried> out;
    private final LiteAgent agent;
    private final DtlsAgreement agreement;
    private final DtlsKeying handshake;
    private final long number;
    private final List<Candidate> candidates = new ArrayList<>();
    private final SequencedSet<InetSocketAddress> proven = new LinkedHashSet<>();
    private Optional<Description> ours = Optional.empty();
    private Optional<Armour> armour = Optional.empty();
    private OptionalInt port = OptionalInt.empty();
    private int attempts;
    private boolean bound, failed;

    /// @param number    of its socket, and of its handshake, among those of the node
    /// @param place     of its medium in descriptions
    /// @param address   of this node, next to the browser
    /// @param initiates whether the browser is called
    WebEnd(long number, int place, InetAddress address, boolean initiates,
            MediaCertificate certificate, RandomGenerator random, Outbox<Carried> out) {
        this.number = number;
        this.place = place;
        this.address = address;
        this.out = out;
        this.agent = new LiteAgent(
                initiates, Settings.DEFAULT.withoutTrickle().withLoopback(), random);
        this.agreement = new DtlsAgreement(List.of(certificate.fingerprint()), true);
        this.handshake = new DtlsKeying(new Id(Id.Part.MEDIA, HANDSHAKE, number), certificate,
                DtlsKeying.PROFILES);
        agent(new Agent.Input.Stream(STREAM, COMPONENT), Instant.EPOCH);
    }

    long number() { return number; }

    /// Whether its socket has been asked for.
    boolean opened() { return port.isPresent() || failed; }

    OptionalInt port() { return port; }

    /// Whether it is known what becomes of its socket.
    boolean settled() { return port.isEmpty() || bound || failed; }

    Instant deadline() { return agent.deadline(); }

    void wake(Instant now) { follow(agent.wake(now), now); }

    private Id socket() { return new Id(Id.Part.MEDIA, SOCKET, number); }

    private InetSocketAddress at() { return new InetSocketAddress(address, port.orElseThrow()); }

    void open(int port) {
        this.port = OptionalInt.of(port);
        act(new Effect.Bind(socket(), at()));
    }

    void close() {
        tell(new DtlsKeying.Input.Close(), Instant.EPOCH);
        if (port.isPresent() && !failed) act(new Effect.Unbind(at()));
    }

    private void act(Effect effect) { out.add(new Carried.Do(effect)); }

    // Descriptions

    /// The browser has described itself.
    ///
    /// @param offers whether that is an offer
    void says(SessionDescription description, boolean offers, Instant now) {
        var medium = description.media().get(place);
        for (var input : SdpReading.ofFragment(description, medium).inputs(STREAM))
            agent(input, now);
        if (offers) agreement.offered(description);
        else if (!agreement.answered(description).isEmpty()) out.add(new Carried.Remark(
                "a browser answers without a certificate: nothing is sent to it"));
        agree(now);
    }

    /// A description in its dialect with what it finds here.
    SessionDescription written(SessionDescription description, boolean offers, Instant now) {
        if (place >= description.media().size()) return description;
        var medium = description.media().get(place);
        if (!bound) return with(description, medium.withPort(0));
        var section = SdpSection.running(ours.orElseThrow(), candidates, true);
        var session = new ArrayList<>(description.attributes());
        session.addAll(SdpSection.session(ours.orElseThrow()));
        var written = agreement.to(with(description, section.into(RtcpMux.offer(medium)))
                .withAttributes(session), offers);
        if (!offers) agree(now);
        return written;
    }

    private SessionDescription with(SessionDescription description, Media medium) {
        var media = new ArrayList<>(description.media());
        media.set(place, medium);
        return description.withMedia(media);
    }

    /// As soon as it is known who begins, and where.
    private void agree(Instant now) {
        if (to(now).isPresent()) agreement.association(place).ifPresent(agreed ->
                tell(new DtlsKeying.Input.Agree(agreed), now));
    }

    private Optional<InetSocketAddress> to(Instant now) {
        return agent.path(STREAM, COMPONENT, now).map(Path::to);
    }

    // What comes

    /// The host says something of its socket or its handshake: what has come from the browser.
    ///
    /// @param another for a socket that is not to be had
    Optional<Came> happened(Event event, IntSupplier another, Instant now) {
        return switch (event) {
            case Event.Datagram(_, _, var from, var bytes) -> datagram(from, bytes, now);
            case Event.OfAssociation of -> {
                tell(new DtlsKeying.Input.Happened(of), now);
                yield Optional.empty();
            }
            case Event.Bound(_, var local) -> {
                if (local.getPort() == port.orElse(0)) bound(now);
                yield Optional.empty();
            }
            case Event.NotBound(_, _, var why) -> {
                failed = ++attempts == ATTEMPTS;
                if (failed) out.add(new Carried.Remark("no port for a browser: " + why));
                else open(another.getAsInt());
                yield Optional.empty();
            }
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> Optional.empty();
        };
    }

    private void bound(Instant now) {
        bound = true;
        agent(new Agent.Input.Host(STREAM, COMPONENT, List.of(at())), now);
        agent(new Agent.Input.Gathered(), now);
    }

    private Optional<Came> datagram(InetSocketAddress from, Bytes bytes, Instant now) {
        if (bytes.size() > LONGEST) return Optional.empty();
        var kind = PacketKind.of(bytes);
        if (kind == PacketKind.STUN) agent(new Agent.Input.Received(at(), from, bytes), now);
        //= rfc8445#12.2¶1 whoever has not signed a check is not heard, whatever he sends
        if (!proven.contains(from)) return Optional.empty();
        return switch (kind) {
            case DTLS -> {
                tell(new DtlsKeying.Input.Came(bytes), now);
                yield Optional.empty();
            }
            case RTP -> unprotected(bytes, false);
            case RTCP -> unprotected(bytes, true);
            case STUN, ZRTP, CHANNEL, UNKNOWN -> Optional.empty();
        };
    }

    private Optional<Came> unprotected(Bytes bytes, boolean control) {
        return armour.flatMap(known -> known.take(!control, bytes, false))
                .flatMap(packet -> control ? UsualReports.of(packet) : Optional.of(packet))
                .map(plain -> new Came(control, plain));
    }

    /// Sends the browser what has come from the other side.
    void send(boolean control, Bytes packet, Instant now) {
        var to = to(now);
        //  what would read as the other kind where both have one port goes nowhere
        if (to.isPresent() && PacketKind.of(packet)
                == (control ? PacketKind.RTCP : PacketKind.RTP))
            armour.flatMap(known -> known.put(!control, packet))
                    .ifPresent(bytes -> send(to.get(), bytes));
    }

    private void send(InetSocketAddress to, Bytes bytes) {
        act(new Effect.Datagram(at(), to, bytes));
    }

    // ICE and the handshake

    private void agent(Agent.Input input, Instant now) { follow(agent.handle(input, now), now); }

    private void follow(List<Agent.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Agent.Output.Described(_, var description) -> {
                ours = Optional.of(description);
                candidates.clear();
            }
            case Agent.Output.Local(_, var candidate) -> candidates.add(candidate);
            case Agent.Output.Send(_, var to, var datagram) -> {
                if (isSuccess(datagram)) proves(to);
                send(to, datagram);
            }
            case Agent.Output.Selected _ -> agree(now);
            case Agent.Output.Remark(var what) -> out.add(new Carried.Remark(what));
            case Agent.Output.LocalDone _, Agent.Output.Permit _, Agent.Output.Free _,
                    Agent.Output.ConsentExpired _, Agent.Output.Failed _,
                    Agent.Output.Entered _ -> { }
        }
    }

    /// Whether it answers a check that was signed with what only the browser was told.
    private static boolean isSuccess(Bytes stun) {
        return stun.size() > 1 && stun.at(0) == 1 && stun.at(1) == 1;
    }

    private void proves(InetSocketAddress from) {
        proven.addLast(from);
        if (proven.size() > PROVEN) proven.removeFirst();
    }

    private void tell(DtlsKeying.Input input, Instant now) {
        for (var output : handshake.handle(input, now)) switch (output) {
            case DtlsKeying.Output.Do(var effect) -> act(effect);
            case DtlsKeying.Output.Send(var datagram) ->
                    to(now).ifPresent(to -> send(to, datagram));
            case DtlsKeying.Output.Established(var keys, boolean begins) -> {
                if (armour.isEmpty()) armour = Optional.of(new Armour());
                armour.get().shaken(keys, begins);
            }
            case DtlsKeying.Output.Failed(var why) -> {
                armour = Optional.empty();
                out.add(new Carried.Remark("no keys for the sound of a browser: " + why));
            }
        }
    }
}
