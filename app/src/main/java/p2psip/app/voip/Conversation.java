package p2psip.app.voip;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Status;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3261.ua.Call.Command;
import p2psip.std.rfc3264.Format;
import p2psip.std.rfc4566.SessionDescription;
import p2psip.std.rfc8445.*;
import p2psip.std.rfc8445.Path;

/// A call of a [Phone]: what SIP says of it and what RTP carries, brought together by a
/// [Negotiation].
final class Conversation implements Machine<Conversation.Input, CallOutput> {

    sealed interface Input {
        /// The program asks something of this call.
        record Asked(PhoneCommand.OnCall command) implements Input {}

        /// The user agent tells of this call.
        record Told(Call.Event event) implements Input {}

        /// The peer tells of addresses of its own that it has found since.
        record Trickled(Bytes fragment) implements Input {}

        /// What has become of our telling it the same.
        record Heard(boolean taken) implements Input {}

        /// What the peer says is heard in other calls, too.
        record Shared() implements Input {}

        /// What the peer of another call says.
        record Beside(long call, Sound sound) implements Input {}

        /// That call is over.
        record Alone(long call) implements Input {}

        /// The host tells of its ports, or of the microphone.
        record Happened(Event event) implements Input {}
    }

    /// What the user agent has told, and cannot be acted upon before the address of a host is here.
    private record Waiting(Id question, String host, Call.Event event) {}

    /// How long neither sound nor reports are heard before the peer is asked for a sign of life:
    /// several times as long as its reports are apart.
    private static final Duration LIFE = Duration.ofSeconds(20);

    /// Within which time it is asked then, when chance will have it: not by all at once when a
    /// network has failed.
    static final Duration SPREAD = Duration.ofSeconds(5);

    /// By what a peer says that it cannot take an offer: 415, 488 and 606 (RFC 3261 §21.4.26).
    private static final Set<Integer> UNABLE = Set.of(415, 488, 606);

    private final Outbox<CallOutput> out = new Outbox<>();
    private final long number;
    private final Address peer;
    private final MediaPorts ports;
    private final Ice ice;
    private final Negotiation negotiation;
    private final Media media;
    private final boolean early;
    private final Sides sides;
    private final RandomGenerator random;
    private final Silence life = new Silence(LIFE);
    /// When the peer is to be asked for a sign of life.
    private Instant asking = Instant.MAX;
    private final Set<Integer> progress = new HashSet<>();
    private Optional<Waiting> waiting = Optional.empty();
    private int questions;
    /// What the peer has offered, by the INVITE that came last.
    private Optional<Content> offer = Optional.empty();
    /// What was answered while it still rang.
    private Optional<Content> answeredEarly = Optional.empty();
    private Optional<News.Session> agreed = Optional.empty();
    /// Why the offer, or the answer, was refused here.
    private Optional<String> refused = Optional.empty();
    /// What it is about, in the words of who calls.
    private String subject;
    /// Whether the peer is to wait.
    private Optional<Boolean> wish = Optional.empty();
    private boolean answering;
    private boolean opened;
    private boolean rung;
    private boolean answered;
    private boolean established;
    private boolean ended;
    private Optional<Path> way = Optional.empty();
    /// What is to be offered as soon as it is nobody's turn.
    private boolean owing, lost;
    /// An offer says what was selected, and the checks by which this end learns of it are under
    /// way.
    private boolean racing;

    /// @param subject   what it is about, if it comes in
    /// @param answering whether it is taken at once if it comes in
    /// @param outside   what the peer is told to send to, if ICE says nothing else
    Conversation(long number, Address peer, String subject, boolean answering,
            InetAddress outside, Media.Habit habit, Stock stock, RandomGenerator random) {
        this.subject = subject;
        this.answering = answering;
        this.number = number;
        this.peer = peer;
        this.random = random;
        ports = stock.ports();
        ice = new Ice(stock, random);
        media = new Media(number, ice, habit, random, out);
        early = habit.speech().early();
        sides = new Sides(number, habit.speech().beside(), stock.address(), media.cname(),
                habit.traced(), random, out);
        negotiation = new Negotiation(habit.speech().formats(), outside, ports, sides::locals,
                ice::describe, new Keying(habit.secrecy(), random), random);
    }

    private boolean outgoing() { return number > 0; }

    @Override public boolean terminated() { return ended; }

    @Override public Instant deadline() {
        return ended ? Instant.MAX
                : Timers.earliest(media.deadline(), sides.deadline(), ice.deadline(),
                        life.deadline(), asking);
    }

    @Override public List<CallOutput> wake(Instant now) {
        if (!ice.deadline().isAfter(now)) carry(ice.wake(now), now);
        media.wake(now);
        sides.wake(now);
        //= rfc3261#14-2 what is sent automatically is sent after a randomized interval
        life.wake(now).ifPresent(_ ->
                asking = now.plusMillis(random.nextLong(SPREAD.toMillis())));
        if (!asking.isAfter(now)) askForLife(now);
        media.settle(now);
        return out.take();
    }

    @Override public List<CallOutput> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(var command) -> asked(command, now);
            case Input.Told(var event) -> told(event, now);
            case Input.Trickled(var fragment) ->
                    carry(ice.handle(new Ice.Input.Trickled(fragment), now), now);
            case Input.Heard(boolean taken) ->
                    carry(ice.handle(new Ice.Input.Heard(taken), now), now);
            case Input.Shared _ -> media.share();
            case Input.Beside(long call, var sound) -> media.beside(call, sound);
            case Input.Alone(long call) -> media.without(call);
            case Input.Happened(var event) -> happened(event, now);
        }
        holdAsWished(now);
        media.settle(now);
        return out.take();
    }

    /// Whether a call that has ended in this way is placed once more, in clear.
    boolean yields(Call.Event event) {
        return event instanceof Call.Event.Ended(_, int status, _)
                && UNABLE.contains(status) && outgoing() && !established && refused.isEmpty()
                && negotiation.yields();
    }

    private void inClear(Instant now) {
        tell(new News.InClear(number));
        negotiation.inClear();
        media.offered(false);
        invite(now);
    }

    private void asked(PhoneCommand.OnCall command, Instant now) {
        switch (command) {
            case PhoneCommand.Call placed -> {
                subject = placed.subject();
                open(now);
            }
            case PhoneCommand.Answer _ -> {
                answering = true;
                answerIfRung(now);
            }
            case PhoneCommand.Hold _ -> wish = Optional.of(true);
            case PhoneCommand.Resume _ -> wish = Optional.of(false);
            case PhoneCommand.Mute(_, boolean muted) -> media.mute(muted);
            case PhoneCommand.Press(_, var keys) -> media.press(keys, now);
            case PhoneCommand.Type(_, var typed) -> sides.type(typed, now);
            case PhoneCommand.Picture(_, var next) -> sides.show(next, now);
            case PhoneCommand.HangUp _ -> ask(new Command.HangUp(number));
            case PhoneCommand.Refuse(_, int status) -> {
                if (rung && !answered) ask(new Command.Refuse(number, status));
            }
            case PhoneCommand.Measure _ -> tell(
                    new News.Measured(number, media.codec(), media.statistics(now)));
        }
    }

    /// Acts upon what is told, as soon as the host that it names, if it does, has an address.
    private void told(Call.Event event, Instant now) {
        if (waiting.isPresent() && event instanceof Call.Event.ChangeOffered) {
            ask(new Command.Refuse(number, 491));
            return;
        }
        waiting = negotiation.host(description(event)).map(host ->
                new Waiting(new Id(Id.Part.MEDIA, 2 + questions++, number), host, event));
        waiting.ifPresentOrElse(
                w -> perform(List.of(new Effect.Resolve(w.question, w.host))),
                () -> act(event, now));
    }

    /// What the peer offers or answers, if it is about to count.
    private static Optional<Content> description(Call.Event event) {
        return switch (event) {
            case Call.Event.Incoming(_, _, _, var offer) -> offer;
            case Call.Event.Answered(_, var answer) -> answer;
            case Call.Event.Confirmed(_, var answer) -> answer;
            case Call.Event.ChangeOffered(_, var offer) -> offer;
            case Call.Event.Changed(_, var answer) -> answer;
            case Call.Event.Progress _, Call.Event.NotChanged _, Call.Event.Ended _ ->
                    Optional.empty();
        };
    }

    private void act(Call.Event event, Instant now) {
        switch (event) {
            case Call.Event.Incoming(_, _, _, var offered) -> {
                offer = offered;
                open(now);
            }
            case Call.Event.Progress(_, int status, var reason, _, var early) ->
                    progress(status, reason, early, now);
            case Call.Event.Answered(_, var answer) -> answered(answer, now);
            case Call.Event.Confirmed(_, var answer) -> confirmed(answer, now);
            case Call.Event.ChangeOffered(_, var offered) -> changeOffered(offered, now);
            case Call.Event.Changed(_, var answer) -> changed(answer, now);
            //= rfc8839#4.4¶2 an offer has failed: ICE goes on as if it had never been made
            case Call.Event.NotChanged _ -> negotiation.rejected();
            case Call.Event.Ended _ when yields(event) -> inClear(now);
            case Call.Event.Ended(_, int status, var reason) -> ended(status, reason, now);
        }
    }

    private void happened(Event event, Instant now) {
        switch (event) {
            case Event.OfNetwork _ when sides.own(event.id()) -> {
                sides.happened(event, now);
                begin(now);
            }
            case Event.Bound _, Event.NotBound _ -> bound(event, now);
            case Event.Datagram _ when ports.ready() ->
                    carry(ice.handle(new Ice.Input.Happened(event), now), now);
            case Event.Heard(_, var samples) -> media.say(samples);
            case Event.OfAssociation handshake -> media.associated(handshake, now);
            case Event.Resolved(var id, _) when id.child() >= Gatherer.NAMES ->
                    carry(ice.handle(new Ice.Input.Happened(event), now), now);
            case Event.Resolved(var id, var addresses) ->
                    waiting.filter(w -> w.question.equals(id)).ifPresent(w -> {
                        negotiation.found(w.host, addresses);
                        waiting = Optional.empty();
                        act(w.event, now);
                    });
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Command _ -> { }
        }
    }

    private void perform(List<Effect> effects) {
        for (var effect : effects) out.add(new CallOutput.Do(effect));
    }

    private void tell(News news) { out.add(new CallOutput.Do(new Effect.Tell(news))); }

    private void ask(Command command) { out.add(new CallOutput.Ask(command)); }

    private void open(Instant now) {
        sides.open();
        if (!ports.begun()) perform(ports.open());
        else if (ports.ready()) begin(now);
    }

    /// The host has bound a port, or refused to.
    private void bound(Event event, Instant now) {
        perform(ports.answered(event));
        if (ports.failed() && outgoing()) ended(500, "No Free Ports For Sound", now);
        else if (ports.failed()) ask(new Command.Refuse(number, 500));
        else if (ports.ready()) begin(now);
    }

    /// Once all ports are open.
    private void begin(Instant now) {
        if (opened || !ports.ready() || !sides.settled()) return;
        opened = true;
        if (outgoing()) call(now);
        else ring(now);
    }

    private void gather(Optional<Ice.Peer> offer, Instant now) {
        carry(ice.handle(new Ice.Input.Begin(offer), now), now);
    }

    /// What ICE has to say.
    private void carry(List<Ice.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Ice.Output.Do(var effect) -> out.add(new CallOutput.Do(effect));
            case Ice.Output.Note(var what) -> media.note(what);
            case Ice.Output.Sound(var arrival) -> {
                if (media.received(arrival, now)) {
                    life.heard(now);
                    asking = Instant.MAX;
                }
            }
            case Ice.Output.Found(var path) -> {
                if (!way.equals(Optional.of(path))) tell(new News.Way(number, path.base(),
                        path.to(), path.relayed()));
                way = Optional.of(path);
            }
            case Ice.Output.Completed _ -> owing = ice.owes(negotiation.destinations());
            case Ice.Output.Trickle(var fragment) -> out.add(new CallOutput.Inform(fragment));
            case Ice.Output.Late _ -> lost = true;
            //= rfc7675#5.1-12 data need another consent, which a restart may bring
            case Ice.Output.Lost(var why) -> {
                tell(new News.WayLost(number, why));
                lost = true;
            }
            case Ice.Output.NoWay(var why) -> {
                tell(new News.WayLost(number, why));
                refused = Optional.of("No way for sound: " + why);
                ask(new Command.HangUp(number));
            }
        }
        if (racing) settleRace(now);
        offerAgain(now);
    }

    /// Offers what ICE wants to be offered, if it is nobody's turn.
    private void offerAgain(Instant now) {
        if (!established || ended || !(owing || lost) || !negotiation.idle()
                || waiting.isPresent()) return;
        boolean restart = lost;
        owing = lost = false;
        //= rfc8445#9-1 another way is found by a restart
        if (restart) carry(ice.handle(new Ice.Input.Restart(), now), now);
        ask(new Command.Change(number, Optional.of(offer(negotiation::repeat, now))));
    }

    private void call(Instant now) {
        //= rfc8839#7.1.1-1 candidates are gathered before the INVITE, which provides them
        gather(Optional.empty(), now);
        invite(now);
    }

    private void invite(Instant now) {
        //= rfc3264#5.1-21 when the offer is sent, its ports can send and receive media
        ask(new Command.Invite(number, peer.uri().toString(),
                Optional.of(offer(negotiation::offer, now)), subject.isEmpty() ? List.of()
                        : List.of(new Header("Subject", subject))));
    }

    /// Says that somebody calls, whose offer can be taken.
    private void ring(Instant now) {
        if (offer.isPresent() && isRefused(negotiation.take(offer.get()))) return;
        //= rfc8445#5.1.1-1 gathering begins at once, prior to alerting
        gather(offer.flatMap(_ -> negotiation.peer()), now);
        rung = true;
        tell(new News.Incoming(number, peer, subject));
        if (early && offer.isPresent()) ringWithSound(now);
        else ask(new Command.Ring(number, Optional.empty()));
        answerIfRung(now);
    }

    /// Answers the offer before the call is taken, so that the caller hears what we play.
    private void ringWithSound(Instant now) {
        carry(ice.handle(new Ice.Input.Describe(false), now), now);
        var checks = described(false, now);
        // before the answer is sent, its streams are prepared
        answeredEarly = Optional.of(negotiation.answer());
        negotiation.stream().ifPresent(stream -> media.early(stream, now));
        ask(new Command.Ring(number, answeredEarly));
        carry(checks, now);
    }

    /// Refuses an offer if there is a reason to, before anybody is disturbed by it.
    private boolean isRefused(Optional<Warning> reason) {
        //= rfc3261#13.3.1.3-3 an offer that is rejected: 488
        reason.ifPresent(_ -> ask(new Command.Refuse(number, 488, "", reason)));
        if (!established) refused = reason.map(w -> Status.reason(488) + ": " + w.text());
        return reason.isPresent();
    }

    private void answerIfRung(Instant now) {
        //= rfc4566#7-4 nobody is in a session that was not taken, or else allowed beforehand
        //= rfc3264#6.1-25 once the answer is sent, its ports are prepared to receive
        if (!answering || answered || !rung) return;
        answered = true;
        //= rfc8840#4-3 an answer with any number of candidates, if others can be told later
        if (answeredEarly.isEmpty()) {
            answer(now);
            return;
        }
        agreed(now);
        //  the same again, for a caller whom the first one has not reached reliably
        ask(new Command.Answer(number, answeredEarly));
    }

    /// Answers the offer that was taken, or offers if there was none.
    private void answer(Instant now) {
        if (offer.isEmpty()) {
            //= rfc8839#7.5-1 a re-INVITE without an offer: ICE is restarted
            //= rfc8839#7.5-2 with the candidates that are in use
            if (established) carry(ice.handle(new Ice.Input.Restart(), now), now);
            //= rfc3261#14.2-9,10 an offer in the 2xx is made as for a new call: all formats
            //= rfc8839#7.1.2-2 the first offer is in a 2xx, too
            ask(new Command.Answer(number, Optional.of(offer(negotiation::offer, now))));
            return;
        }
        carry(ice.handle(new Ice.Input.Describe(false), now), now);
        var checks = described(false, now);
        //= rfc3261#14.2-4 the session becomes what the new description says
        var answer = negotiation.answer();
        //= rfc3264#6.1-26 before the answer is sent, its streams are prepared to send and receive
        agreed(now);
        ask(new Command.Answer(number, Optional.of(answer)));
        //= rfc8839#7.1.1-5 checks begin once the answer has been sent
        carry(checks, now);
    }

    private List<Ice.Output> described(boolean answer, Instant now) {
        return negotiation.peer().map(said ->
                ice.handle(new Ice.Input.Described(said, answer), now)).orElse(List.of());
    }

    /// A provisional response to our call may bring sound before it is taken.
    private void progress(int status, String reason, Optional<Content> early, Instant now) {
        if (progress.add(status)) tell(new News.Progress(number, status, reason));
        early.flatMap(negotiation::early).ifPresent(said -> {
            carry(ice.handle(new Ice.Input.Early(said.peer()), now), now);
            media.keep(said.terms(), now);
            media.early(said.stream(), now);
        });
    }

    /// Our call was taken.
    private void answered(Optional<Content> answer, Instant now) {
        if (isInVain(negotiation.answered(answer))) return;
        establish(now);
        agreed(now);
        carry(described(true, now), now);
    }

    /// Hangs up if there is a reason to: the peer has answered something that was not offered.
    private boolean isInVain(Optional<Warning> reason) {
        refused = reason.map(w -> "The answer cannot be used: " + w.text());
        // with a dialog that is confirmed, and of no use, BYE
        reason.ifPresent(_ -> ask(new Command.HangUp(number)));
        return reason.isPresent();
    }

    /// The ACK has come, for a call or a change that we have answered.
    private void confirmed(Optional<Content> answer, Instant now) {
        boolean answers = offer.isEmpty();
        if (answers && isInVain(negotiation.answered(answer))) return;
        establish(now);
        if (answers) agreed(now);
        carry(answers ? described(true, now) : List.of(), now);
    }

    private void changed(Optional<Content> answer, Instant now) {
        if (negotiation.answered(answer).isPresent()) return;
        agreed(now);
        carry(described(true, now), now);
    }

    private void establish(Instant now) {
        if (established) return;
        established = true;
        carry(ice.handle(new Ice.Input.Established(), now), now);
        tell(new News.Established(number, peer));
        life.begin(now);
    }

    /// The peer wants to change the session.
    private void changeOffered(Optional<Content> offered, Instant now) {
        if (!negotiation.idle()) {
            ask(new Command.Refuse(number, 491));
            return;
        }
        if (offered.isPresent() && isRefused(negotiation.take(offered.get()))) return;
        //= rfc8839#4.4.2.1-4 what only a restart may change was changed without one
        if (offered.isPresent() && negotiation.peer().filter(ice::forbids).isPresent()) {
            negotiation.rejected();
            isRefused(Optional.of(Warning.MISCELLANEOUS));
            return;
        }
        offer = offered;
        racing = offered.isPresent();
        if (racing) settleRace(now);
        else answer(now);
    }

    /// Answers an offer that says what was selected as soon as it is known here whether it works.
    private void settleRace(Instant now) {
        var race = negotiation.peer().map(ice::race).orElse(Agent.Race.WON);
        //= rfc8839#4.4.2-3 checks in progress are waited for
        if (race == Agent.Race.WAIT) return;
        racing = false;
        //= rfc8839#4.4.2-2 what has failed is answered as if it was not said, and restarted
        lost |= race == Agent.Race.FAILED;
        answer(now);
    }

    /// Asks the peer to wait, or to go on, as soon as it is nobody's turn.
    private void holdAsWished(Instant now) {
        if (wish.isEmpty() || !established || ended || !negotiation.idle() || waiting.isPresent())
            return;
        boolean hold = wish.get();
        wish = Optional.empty();
        if (negotiation.held() == hold) return;
        //= rfc8839#4.4.1.1.1-2 on hold the address stays: 0.0.0.0 is no way to hold
        negotiation.hold(hold);
        ask(new Command.Change(number, Optional.of(offer(negotiation::offer, now))));
    }

    /// Offers once more what is agreed: a peer that is there will answer, and if nobody does the
    /// user agent ends the call.
    private void askForLife(Instant now) {
        asking = Instant.MAX;
        if (negotiation.idle() && waiting.isEmpty())
            ask(new Command.Change(number, Optional.of(offer(negotiation::repeat, now))));
    }

    private void ended(int status, String reason, Instant now) {
        ended = true;
        media.close(now);
        sides.close(now);
        carry(ice.handle(new Ice.Input.Close(), now), now);
        perform(ports.close());
        media.recorded().ifPresent(all -> tell(new News.Recorded(number, all)));
        var broken = refused.or(media::failure);
        int code = broken.isPresent() ? 488 : status;
        var why = broken.orElse(reason);
        tell(outgoing() || rung ? new News.Ended(number, code, why, media.statistics(now))
                : new News.Refused(peer, code, why));
    }

    private void agreed(Instant now) {
        negotiation.stream().ifPresent(stream -> {
            media.keep(negotiation.terms(), now);
            media.agree(stream, negotiation.reports(), now);
            var session = new News.Session(number, stream.sends(), stream.receives());
            if (!agreed.equals(Optional.of(session))) tell(session);
            agreed = Optional.of(session);
        });
        sides.agreed(negotiation.others(), now);
    }

    private Content offer(Supplier<SessionDescription> made, Instant now) {
        carry(ice.handle(new Ice.Input.Describe(true), now), now);
        var offer = made.get();
        //= rfc8122#6.2-5 with actpass it listens as soon as it sends its offer
        media.offered(negotiation.secret());
        //= rfc3264#5.1-20 once the offer is sent, media may come before the answer
        offer.media().stream().filter(m -> m.port() != 0 && m.type().equals(Ice.SOUND))
                .forEach(m -> media.expect(Format.of(m), now));
        return Content.sdp(offer.toString());
    }
}
