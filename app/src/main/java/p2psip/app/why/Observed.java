package p2psip.app.why;

import module java.base;
import p2psip.app.trace.Trace;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.app.why.OfCall.Hop;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc4566.SessionDescription;
import p2psip.std.rfc8445.*;

/// What somebody knows of calls who has seen all that passed a wire: a capture, of which it is told
/// by `capture.Inspector`.
///
/// It is written down as that one knows it by whom the INVITE came to its last hop, and if that was
/// its first one, by who was called.
public final class Observed implements Consumer<Trace> {
    /// Calls, messages of one, and places to which media go.
    static final int CALLS = 1_000, MESSAGES = 1_000, PLACES = 10_000;

    /// How long an INVITE is answered by nobody until Timer B fires.
    private static final Duration TIMER_B = Duration.ofSeconds(32);

    private record Said(Instant at, InetSocketAddress from, InetSocketAddress to,
            Message message) {
        boolean begins() {
            return message instanceof Request request && request.is("INVITE")
                    && request.to().tag().isEmpty();
        }

        boolean isBetween(InetSocketAddress one, InetSocketAddress other) {
            return from.equals(one) && to.equals(other);
        }
    }

    private final SequencedMap<String, SequencedMap<String, Said>> calls = new LinkedHashMap<>();
    private final SequencedMap<InetSocketAddress, Tally> sounds = new LinkedHashMap<>();
    private final Checks checks = new Checks();
    private Instant last = Instant.MIN;

    @Override public void accept(Trace trace) {
        if (!(trace.what() instanceof Wire wire) || !wire.sent()) return;
        last = trace.at();
        if (isRtp(wire.bytes())) sounds.computeIfAbsent(wire.remote(), _ -> new Tally())
                .heard(wire.bytes(), trace.at());
        else if (p2psip.std.rfc8489.Message.isStun(wire.bytes())) checks.passed(wire);
        else sip(trace.at(), wire);
        if (sounds.size() > PLACES) sounds.pollFirstEntry();
    }

    private static boolean isRtp(Bytes bytes) {
        return !bytes.isEmpty() && (bytes.at(0) & 0xc0) == 0x80;
    }

    private void sip(Instant at, Wire wire) {
        try {
            var message = Message.parse(wire.bytes());
            var said = new Said(at, wire.local(), wire.remote(), message);
            if (said.begins() && calls.size() < CALLS)
                calls.putIfAbsent(message.callId(), new LinkedHashMap<>());
            var call = calls.get(message.callId());
            // one that is sent again says nothing new
            if (call != null && call.size() < MESSAGES) call.putIfAbsent(wire.local() + " "
                    + wire.remote() + " " + message.startLine() + " " + message.cseq()
                    + message.topVia().branch(), said);
        } catch (p2psip.std.SyntaxException e) {
            // another protocol
        }
    }

    /// What is known of a call, or of the last one; empty if there is none.
    public Optional<Account> account(Optional<String> callId) {
        var all = callId.isPresent() ? Optional.ofNullable(calls.get(callId.get()))
                : Optional.ofNullable(calls.lastEntry()).map(Map.Entry::getValue);
        return all.map(messages -> account(List.copyOf(messages.values())));
    }

    private Account account(List<Said> messages) {
        var hops = messages.stream().filter(Said::begins).toList();
        var first = (Request) hops.getFirst().message;
        var journal = new Journal();
        journal.begin(new Account.Call(first.callId(), text(first.from().uri()),
                text(first.to().uri()), hops.getFirst().at));
        var middle = hops.getLast().from;
        var before = hops.stream().filter(hop -> hop.to.equals(middle)).findFirst();
        //  by one hop alone it is who was called that knows most
        var knows = before.isPresent() ? middle : hops.getLast().to;
        for (var said : messages)
            if (said.from.equals(knows) || said.to.equals(knows))
                note(journal, said, said.from.equals(knows));
        if (before.isEmpty()) unanswered(journal, messages, hops.getLast());
        heard(journal, messages);
        return journal.last(last);
    }

    private static void note(Journal journal, Said said, boolean sent) {
        var peer = sent ? said.to : said.from;
        var fact = switch (said.message) {
            case Request request -> new OfCall.Message(
                    sent, Hop.PHONE, peer, request.method(), 0, "", "");
            case Response response -> new OfCall.Message(sent, Hop.PHONE, peer,
                    response.cseq().method(), response.status(), response.reason(),
                    response.first("Warning").orElse(""));
        };
        journal.note(said.message.callId(), fact, said.at);
    }

    /// Who calls by one hop, and has heard nothing for so long, has given up.
    private void unanswered(Journal journal, List<Said> messages, Said hop) {
        boolean answered = messages.stream().anyMatch(said ->
                said.isBetween(hop.to, hop.from) && said.message instanceof Response);
        var end = hop.at.plus(TIMER_B);
        if (answered || last.isBefore(end.minusSeconds(1))) return;
        var callId = hop.message.callId();
        journal.note(callId, new OfCall.Message(true, Hop.PHONE, hop.to, "INVITE", 0, "", ""),
                hop.at);
        journal.note(callId, new OfCall.TimedOut(true, Hop.PHONE, hop.to, "INVITE"), end);
        journal.note(callId, new OfCall.Message(true, Hop.PHONE, hop.from, "INVITE", 408,
                "Request Timeout", ""), end);
    }

    /// The sound that has gone to where each side takes it, and how the way there was looked for.
    private void heard(Journal journal, List<Said> messages) {
        var answer = messages.stream().filter(said -> said.message instanceof Response response
                && response.success() && response.cseq().method().equals("INVITE")).findFirst();
        var offers = messages.stream().filter(Said::begins).toList();
        if (answer.isEmpty() || offers.isEmpty()) return;
        checked(journal, offers.getFirst(), answer.get());
        sound(journal, offers.getFirst().message, Hop.NODE, "who was called", answer.get().at);
        sound(journal, answer.get().message, Hop.PHONE, "the caller", answer.get().at);
    }

    private void checked(Journal journal, Said offer, Said answer) {
        var names = new TreeSet<String>();
        var inside = new LinkedHashSet<InetSocketAddress>();
        for (var said : List.of(offer, answer)) ice(said.message).ifPresent(reading -> {
            names.add(name(reading));
            reading.candidates().stream().filter(one -> one.type() == CandidateType.HOST)
                    .map(Candidate::address).forEach(inside::add);
        });
        var pairs = checks.between(names, inside);
        if (!pairs.isEmpty()) journal.note(offer.message.callId(), new OfCall.Checked(
                pairs.stream().anyMatch(pair -> pair.answered() > 0), pairs), answer.at);
    }

    private void sound(Journal journal, Message there, Hop from, String who, Instant since) {
        var heard = places(there).stream().map(sounds::get).filter(Objects::nonNull)
                .max(Comparator.comparing(Tally::packets));
        if (!places(there).isEmpty()) journal.note(there.callId(),
                heard.orElseGet(Tally::new).fact(from, who, since), last);
    }

    /// Where a side takes sound, if it does: as its description says, and as its checks have shown.
    private Set<InetSocketAddress> places(Message message) {
        var places = new LinkedHashSet<InetSocketAddress>();
        description(message).ifPresent(description -> description.media().stream()
                .filter(medium -> medium.port() != 0).findFirst()
                .flatMap(medium -> description.connection(medium).inetAddress()
                        .map(ip -> new InetSocketAddress(ip, medium.port())))
                .ifPresent(places::add));
        ice(message).ifPresent(reading -> places.addAll(checks.places(name(reading))));
        return places;
    }

    private static Optional<SdpReading> ice(Message message) {
        return description(message).stream().flatMap(one -> SdpReading.of(one).stream())
                .filter(reading -> reading.description().isPresent()).findFirst();
    }

    private static String name(SdpReading reading) {
        return reading.description().orElseThrow().credentials().ufrag();
    }

    private static Optional<SessionDescription> description(Message message) {
        try {
            return Optional.of(SessionDescription.parse(message.body()));
        } catch (p2psip.std.SyntaxException e) {
            return Optional.empty();
        }
    }

    private static String text(Uri uri) {
        return "" + (uri instanceof SipUri(var scheme, var user, _, var host, var port, _, _)
                ? new SipUri(scheme, user, "", host, port, Params.NONE, Params.NONE) : uri);
    }
}
