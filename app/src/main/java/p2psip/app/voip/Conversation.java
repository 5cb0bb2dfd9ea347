package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3261.ua.Call.Command;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3264.OfferAnswer.Reception;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc4566.SyntaxException;

/// A call of a [Phone]: what SIP says of it and what RTP carries, brought together by offer and
/// answer.
final class Conversation implements Machine<Conversation.Input, CallOutput> {

    sealed interface Input {
        /// The program asks something of this call.
        record Asked(PhoneCommand.OnCall command) implements Input {}

        /// The user agent tells of this call.
        record Told(Call.Event event) implements Input {}

        /// The host tells of its ports, or of the microphone.
        record Happened(Event event) implements Input {}
    }

    /// The codecs spoken, the preferred first, and the keys pressed.
    //= rfc4733#2.5.2.1-1 with the fmtp that lists the events that can be received
    //= rfc4733#2.5.1.1-1 and the events that are sent
    //= rfc2833#3.9-1 to indicate which events can be handled
    private static final List<Format> FORMATS = List.of(Format.of(0), Format.of(8),
            Format.of(101, "telephone-event", 8000, "0-15"));

    private final Outbox<CallOutput> out = new Outbox<>();
    private final long number;
    private final Address peer;
    private final MediaPorts ports;
    private final OfferAnswer session;
    private final Media media;
    private boolean offered;
    private boolean answering;
    private boolean answered;
    private boolean held;
    private boolean confirmed;
    private boolean ended;

    /// @param answering whether it is taken at once if it comes in
    Conversation(long number, Address peer, boolean answering, InetAddress address,
            Media.Habit habit, RandomGenerator random) {
        this.answering = answering;
        this.number = number;
        this.peer = peer;
        ports = new MediaPorts(address, number, random);
        session = new OfferAnswer(head(address, random));
        media = new Media(number, ports, habit, random, out);
    }

    private static SessionDescription head(InetAddress address, RandomGenerator random) {
        //= rfc3264#9-4 the session ID is unique for each SDP
        //= rfc4566#5.2-5,7 no domain name is there: the address is given, and a dash as username
        return SessionDescription.of(Origin.of("-", random.nextLong(1L << 62), 1, address),
                Connection.of(address), List.of());
    }

    /// What a phone can take, for those who ask before they call.
    static Content capabilities(InetAddress address, RandomGenerator random) {
        return Content.sdp(Local.capabilities(head(address, random),
                List.of(Local.audio(MediaPorts.FIRST, Sending.PTIME, FORMATS))).toString());
    }

    private boolean outgoing() { return number > 0; }

    @Override public boolean terminated() { return ended; }

    @Override public Instant deadline() { return ended ? Instant.MAX : media.deadline(); }

    @Override public List<CallOutput> wake(Instant now) {
        media.wake(now);
        return out.take();
    }

    @Override public List<CallOutput> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(var command) -> asked(command, now);
            case Input.Told(var event) -> told(event, now);
            case Input.Happened(var event) -> happened(event, now);
        }
        return out.take();
    }

    private void asked(PhoneCommand.OnCall command, Instant now) {
        switch (command) {
            case PhoneCommand.Call _ -> perform(ports.open());
            case PhoneCommand.Answer _ -> {
                answering = true;
                answerIfReady(now);
            }
            case PhoneCommand.Hold _ -> hold(true, now);
            case PhoneCommand.Resume _ -> hold(false, now);
            case PhoneCommand.Press(_, var keys) -> media.press(keys, now);
            case PhoneCommand.HangUp _ -> ask(new Command.HangUp(number));
        }
    }

    private void told(Call.Event event, Instant now) {
        switch (event) {
            case Call.Event.Incoming(_, _, _, var offer) -> incoming(offer);
            case Call.Event.Progress(_, int status, var reason, _, var early) ->
                    progress(status, reason, early, now);
            case Call.Event.Answered(_, var answer) -> answered(answer, now);
            case Call.Event.Confirmed(_, var answer) -> confirmed(answer, now);
            case Call.Event.ChangeOffered(_, var offer) -> changeOffered(offer, now);
            case Call.Event.Changed(_, var answer) -> changed(answer, now);
            case Call.Event.NotChanged _ -> session.rejected();
            case Call.Event.Ended(_, int status, var reason) -> ended(status, reason, now);
        }
    }

    private void happened(Event event, Instant now) {
        switch (event) {
            case Event.Bound _, Event.NotBound _ -> bound(event, now);
            case Event.Datagram datagram when ports.ready() -> media.received(datagram, now);
            case Event.Heard(_, var samples) -> media.say(Wav.samples(samples));
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Command _ -> { }
        }
    }

    private void perform(List<Effect> effects) {
        for (var effect : effects) out.add(new CallOutput.Do(effect));
    }

    private void tell(News news) { out.add(new CallOutput.Do(new Effect.Tell(news))); }

    private void ask(Command command) { out.add(new CallOutput.Ask(command)); }

    private void incoming(Optional<Content> offer) {
        offered = offer.isPresent();
        if (offer.isPresent() && receiveOffer(offer.get()) != Reception.TAKEN) {
            refuse(Warning.MISCELLANEOUS);
            return;
        }
        tell(new News.Incoming(number, peer));
        ask(new Command.Ring(number, Optional.empty()));
        perform(ports.open());
    }

    /// The host has bound a port, or refused to.
    private void bound(Event event, Instant now) {
        perform(ports.answered(event));
        if (ports.failed()) ask(outgoing() ? new Command.HangUp(number)
                : new Command.Refuse(number, 500));
        //= rfc3264#5.1-21 when the offer is sent, its ports can send and receive media
        else if (ports.ready() && outgoing()) ask(new Command.Invite(number,
                peer.uri().toString(), Optional.of(offer(now))));
        else answerIfReady(now);
    }

    private void answerIfReady(Instant now) {
        //= rfc4566#7-4 nobody is in a session that was not taken, or else allowed beforehand
        //= rfc3264#6.1-25 once the answer is sent, its ports are prepared to receive
        if (!answering || answered || !ports.ready() || outgoing()) return;
        answered = true;
        answerOffer(now);
    }

    /// Answers the offer that was received, or offers if there was none.
    private void answerOffer(Instant now) {
        if (!offered) {
            //= rfc3261#14.2-9,10 an offer in the 2xx is made as for a new call: all formats
            ask(new Command.Answer(number, Optional.of(offer(now))));
            return;
        }
        var answer = session.answer(locals());
        if (answer.isEmpty()) {
            refuse(Warning.INCOMPATIBLE_MEDIA_FORMAT);
            return;
        }
        //= rfc3264#6.1-26 before the answer is sent, its streams are prepared to send and receive
        //= rfc3261#14.2-4 the session becomes what the new description says
        agreed(now);
        ask(new Command.Answer(number, answer.map(a -> Content.sdp(a.toString()))));
    }

    private void refuse(Warning warning) {
        //= rfc3261#13.3.1.3-3 an offer that is rejected: 488
        ask(new Command.Refuse(number, 488, Optional.of(warning)));
    }

    /// A provisional response to our call may bring sound before it is taken.
    private void progress(int status, String reason, Optional<Content> early, Instant now) {
        tell(new News.Progress(number, status, reason));
        var fork = session.fork();
        if (takes(fork, early)) stream(fork).ifPresent(stream -> media.agree(stream, now));
    }

    /// Our call was taken.
    private void answered(Optional<Content> answer, Instant now) {
        if (!takes(session, answer)) {
            ask(new Command.HangUp(number));
            return;
        }
        tell(new News.Established(number, peer));
        agreed(now);
    }

    /// The ACK has come, for a call or a change that we have answered.
    private void confirmed(Optional<Content> answer, Instant now) {
        boolean first = !confirmed;
        confirmed = true;
        if (!offered && !takes(session, answer)) {
            ask(new Command.HangUp(number));
            return;
        }
        if (first) tell(new News.Established(number, peer));
        if (!offered) agreed(now);
    }

    /// The peer wants to change the session.
    private void changeOffered(Optional<Content> offer, Instant now) {
        offered = offer.isPresent();
        var reception = offer.map(this::receiveOffer)
                .orElse(session.state() == OfferAnswer.State.IDLE ? Reception.TAKEN
                        : Reception.GLARE);
        switch (reception) {
            case TAKEN -> answerOffer(now);
            case GLARE, OUT_OF_TURN -> ask(new Command.Refuse(number, 491));
            case INVALID -> refuse(Warning.MISCELLANEOUS);
        }
    }

    private void hold(boolean hold, Instant now) {
        if (held == hold || session.state() != OfferAnswer.State.IDLE) return;
        held = hold;
        ask(new Command.Change(number, Optional.of(offer(now))));
    }

    private void changed(Optional<Content> answer, Instant now) {
        if (takes(session, answer)) agreed(now);
        else session.rejected();
    }

    private void ended(int status, String reason, Instant now) {
        ended = true;
        media.close(now);
        perform(ports.close());
        media.recorded().ifPresent(samples -> tell(new News.Recorded(number, samples)));
        tell(new News.Ended(number, status, reason, media.statistics()));
    }

    private void agreed(Instant now) {
        stream(session).ifPresent(stream -> {
            media.agree(stream, now);
            tell(new News.Session(number, stream.sends(), stream.receives()));
        });
    }

    /// The stream in use: the first that both have; if there is none, one without media.
    private static Optional<Stream> stream(OfferAnswer session) {
        return session.streams().stream().filter(Stream::accepted).findFirst()
                .or(() -> session.streams().stream().findFirst());
    }

    private Content offer(Instant now) {
        var offer = session.offer(locals());
        //= rfc3264#5.1-20 once the offer is sent, media may come before the answer
        offer.media().stream().filter(m -> m.port() != 0)
                .forEach(m -> media.expect(Format.of(m), now));
        return Content.sdp(offer.toString());
    }

    private List<Local> locals() {
        //= rfc3264#5.1-7,9 what a stream lists can be sent and received, while held too
        var audio = Local.audio(ports.rtp().getPort(), Sending.PTIME, FORMATS);
        return List.of(held ? audio.held() : audio);
    }

    private Reception receiveOffer(Content offer) {
        try {
            return session.receiveOffer(SessionDescription.parse(offer.bytes()));
        } catch (SyntaxException e) {
            return Reception.INVALID;
        }
    }

    /// Whether there is an answer, and one to what was offered.
    private static boolean takes(OfferAnswer session, Optional<Content> answer) {
        try {
            return answer.isPresent() && session.receiveAnswer(
                    SessionDescription.parse(answer.get().bytes())) == Reception.TAKEN;
        } catch (SyntaxException e) {
            session.rejected();
            return false;
        }
    }
}
