package p2psip.app.voip;

import module java.base;
import p2psip.app.voip.Transfers.Output;
import p2psip.std.Outbox;
import p2psip.std.SyntaxException;
import p2psip.std.Tokens;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3323.Privacy;
import p2psip.std.rfc3892.ReferredBy;
import p2psip.std.rfc4575.*;
import p2psip.std.rfc4575.ConferenceInfo.*;
import p2psip.std.rfc4579.Focus;
import p2psip.std.rfc6665.*;

/// A conference without a centre: each party calls each, and nobody mixes for others.
///
/// Three things make it. An INVITE says by `Conf-ID` which conference it is of; who is
/// in that takes it at once, for nobody else knows the name. `Invited-By` says who has brought the
/// caller. And each party tells by conference events (RFC 4575) with whom it talks: who joins
/// watches who has brought him, and calls all that he hears of. The telephone that this one
/// descends from knows no events: there `Conf-Member` names, in a 2xx and its ACK, with whom the
/// sender talks, and each member has a tag. That is said and understood here, too.
///
/// ```
/// alice                bob                 carol
///   |------- INVITE Conf-ID ---------------->|      he is asked, as for any call
///   |<------ 200, SUBSCRIBE conference ------|
///   |------- NOTIFY: alice, bob, carol ----->|
///   |                   |<-- INVITE Conf-ID -|      bob takes it at once
///   |                   |    Invited-By: alice
/// ```
///
/// Two that hear of each other at the same time may both call: the call of the one counts whose URI
/// is the lesser, as in that telephone.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4579#section-3.1 RFC 4579 §3.1
final class Mesh {
    /// So many parties there may be, this one included: each has a stream to each.
    static final int MAX = 5;

    static final String CONF_ID = "Conf-ID", INVITED_BY = "Invited-By",
            CONF_MEMBER = "Conf-Member";

    private static final String FROM = "from", TO = "to", TAG = "tag";

    /// What the INVITE of a call says of the conference that it is of.
    ///
    /// @param hidden whether the caller does not want to be named to others
    private record Met(long usage, String id, String tag, Optional<Address> by, boolean hidden)
            implements Usage.Event {}

    /// What the 2xx or the ACK of a call says of it.
    ///
    /// @param tag     of the peer among the members
    /// @param members with whom he talks
    private record Heard(long usage, String id, String tag, List<Address> members)
            implements Usage.Event {}

    /// One of the others.
    ///
    /// @param there  whether both can talk
    /// @param tag    his name among the members, if he has said one
    private record Party(Address who, long call, boolean there, boolean hidden, String tag) {
        Party tagged(String tag) { return new Party(who, call, there, hidden, tag); }
    }

    /// What is to be done with a call that comes in.
    private enum Verdict { RING, TAKE, BUSY, PENDING }

    /// Reads and writes what messages say of conferences.
    private final class Headers implements Extension {
        @Override public Optional<Message.Response> refusal(Request request, Self self) {
            return request.is("INVITE") && request.all(CONF_ID).size() > 1
                    ? Optional.of(self.reply(request, 400)) : Optional.empty();
        }

        @Override public Optional<Place> place(Request invite, long number, Self self) {
            return invite.first(CONF_ID).map(value -> new Place(OptionalLong.empty(),
                    new Met(number, id(value), param(value, FROM), by(invite), hidden(invite))));
        }

        /// In each response that takes a call of the conference, or says that it rings.
        @Override public List<Header> introduction(Request answered) {
            return answered.is("INVITE") ? answered.first(CONF_ID).map(value ->
                    membership(id(value), param(value, FROM))).orElse(List.of()) : List.of();
        }

        @Override public List<Header> acknowledging(Request invite) {
            return invite.first(CONF_ID).map(value -> membership(id(value), parties.values()
                    .stream().filter(party -> ReferredBy.same(party.who, invite.to())).findFirst()
                    .map(Party::tag).orElse(""))).orElse(List.of());
        }

        @Override public Optional<Usage.Event> heard(long call, Message said) {
            return said.first(CONF_ID).map(value -> new Heard(call, id(value), param(value, FROM),
                    said.list(CONF_MEMBER).stream().limit(MAX)
                            .flatMap(member -> Address.read(member).stream()).toList()));
        }

        private static Optional<Address> by(Request invite) {
            return invite.first(INVITED_BY).flatMap(Address::read);
        }

        //= rfc4575#8.2-2 a participant may ask for privacy
        //= rfc4579#6-5 by the signaling: that is obeyed
        private static boolean hidden(Request invite) {
            var privacy = Privacy.of(invite);
            return Stream.of(Privacy.ID, Privacy.USER, Privacy.HEADER).anyMatch(privacy::asks);
        }
    }

    /// `727818273;from=88273747`.
    private static String id(String value) { return value.split(";", 2)[0].strip(); }

    private static String param(String value, String name) {
        int at = value.indexOf(';');
        return at < 0 ? "" : SyntaxException.forgiving(Params::parse).apply(value.substring(at))
                .flatMap(params -> params.get(name)).orElse("");
    }

    private final Address own;
    /// Our name among the members, once somebody is to know it.
    private String tag = "";
    private final RandomGenerator random;
    private final SequencedMap<String, Party> parties = new LinkedHashMap<>();
    private final Map<Long, Met> met = new HashMap<>();
    private final Map<Long, Verdict> verdicts = new HashMap<>();
    /// Who has brought us, for each call that we place because we have heard of somebody.
    private final Map<Long, Address> broughtBy = new HashMap<>();
    private final Set<Long> watchers = new LinkedHashSet<>();
    /// With whom we talked, and do no more: they are not called again as long as they stay.
    private final Set<String> parted = new HashSet<>();
    private final Outbox<Output> out = new Outbox<>();
    private Optional<String> id = Optional.empty();
    private Conference conference = new Conference();
    private boolean first;
    /// Who tells nobody who is there: the conference package is not known there.
    private final Set<String> silent = new HashSet<>();
    private OptionalLong watching = OptionalLong.empty();
    private Optional<Address> watched = Optional.empty();
    private long numbers = 5 * PhoneCommand.NUMBERS;

    Mesh(Address own, RandomGenerator random) {
        this.own = own;
        this.random = random;
    }

    /// What the user agent needs for it, beside [#events].
    // each is a focus of its own, and each is aware of it
    List<Extension> extensions() { return List.of(new Focus(), new Headers()); }

    /// That we are in it; and for who is, with whom we talk.
    private List<Header> membership(String of, String to) {
        if (tag.isEmpty()) tag = "" + random.nextInt(1, Integer.MAX_VALUE);
        var all = new ArrayList<Header>();
        all.add(new Header(CONF_ID, of + ";" + FROM + "=" + tag
                + (Grammar.isToken(to) ? ";" + TO + "=" + to : "")));
        if (id.equals(Optional.of(of))) parties.values().stream()
                //= rfc4575#8.2-3 of who asks for privacy no URI is revealed
                .filter(party -> party.there && !party.hidden)
                .forEach(party -> all.add(new Header(CONF_MEMBER, named(party.who, party.tag))));
        return all;
    }

    private static String named(Address who, String tag) {
        return "<" + who.uri() + ">" + (Grammar.isToken(tag) ? ";" + TAG + "=" + tag : "");
    }

    /// Who is in the conference may see who else is.
    //= rfc4575#3.5-1,2 all users in it are allowed to subscribe, and nobody else
    //= rfc4579#3.1-1 a focus is a notifier of the conference package, and says so in Allow-Events
    EventPackage events() {
        return ConferenceInfo.of(own.uri().toString()).watchedBy(watcher ->
                parties.containsKey(name(watcher)) ? Access.ALLOWED : Access.REFUSED);
    }

    /// `bob@example.com`.
    private static String name(Address who) {
        return who.uri() instanceof SipUri sip
                ? Escapes.canonical(sip.user()) + "@" + sip.host().toLowerCase(Locale.ROOT)
                : who.uri().toString();
    }

    /// Calls somebody into the conference, which begins with that if there is none.
    List<Output> meet(long call, String uri) {
        var who = Address.parse("<" + uri + ">");
        if (id.isEmpty()) id = Optional.of(Tokens.token(random));
        if (full() || parties.containsKey(name(who)))
            tell(new News.Ended(call, full() ? 486 : 491, full() ? "The Conference Is Full"
                    : "There Already", Statistics.NONE));
        else place(call, who, "");
        return out.take();
    }

    private boolean full() { return parties.size() >= MAX - 1; }

    private void place(long call, Address who, String tag) {
        parties.put(name(who), new Party(who, call, false, false, tag));
        out.add(new Output.Place(call, who));
    }

    /// A command of a conversation, with what its INVITE says of the conference.
    Core.Command completed(Core.Command command) {
        if (!(command instanceof Call.Command.Invite(long call, var uri, var offer, var more))
                || parties.values().stream().noneMatch(p -> p.call == call)) return command;
        var headers = new ArrayList<>(more);
        headers.addFirst(membership(id.orElseThrow(), party(call).map(Party::tag).orElse(""))
                .getFirst());
        Optional.ofNullable(broughtBy.remove(call)).ifPresent(by ->
                headers.add(new Header(INVITED_BY, named(by, Optional.ofNullable(
                        parties.get(name(by))).map(Party::tag).orElse("")))));
        return new Call.Command.Invite(call, uri, offer, headers);
    }

    // What comes in

    /// Whether the user agent tells of a conference; then it is heard by [#told].
    static boolean isFor(Core.Event event) {
        return event instanceof Met || event instanceof Heard;
    }

    List<Output> told(Core.Event event) {
        if (event instanceof Met of) met.put(of.usage, of);
        if (event instanceof Heard heard) heard(heard);
        return out.take();
    }

    /// The peer of a call has named those with whom he talks: who has been brought by him calls
    /// all of them.
    private void heard(Heard heard) {
        var peer = party(heard.usage);
        if (peer.isEmpty() || !id.equals(Optional.of(heard.id))) return;
        parties.put(name(peer.get().who), peer.get().tagged(heard.tag));
        for (var who : heard.members)
            if (callable(who)) bring(who, who.tag().orElse(""), peer.get().who);
    }

    /// Calls one of those of whom we hear.
    private void bring(Address who, String tag, Address by) {
        broughtBy.put(++numbers, by);
        place(numbers, Address.of(who.uri()), tag);
    }

    /// Whether a call that comes in is taken at once.
    boolean takes(long call) { return verdicts.get(call) == Verdict.TAKE; }

    /// The status by which one is refused.
    OptionalInt refuses(long call) {
        return switch (verdicts.get(call)) {
            case BUSY -> OptionalInt.of(486);
            case PENDING -> OptionalInt.of(491);
            case RING, TAKE -> OptionalInt.empty();
            case null -> OptionalInt.empty();
        };
    }

    List<Output> told(Call.Event event) {
        long call = event.call();
        switch (event) {
            case Call.Event.Incoming(_, var from, _, _) ->
                    Optional.ofNullable(met.get(call)).ifPresent(of -> incoming(of, from));
            case Call.Event.Answered _, Call.Event.Confirmed _ -> there(call);
            case Call.Event.Ended _ -> ended(call);
            case Call.Event.Progress _, Call.Event.ChangeOffered _, Call.Event.Changed _,
                    Call.Event.NotChanged _ -> { }
        }
        return out.take();
    }

    private void incoming(Met of, Address from) {
        var verdict = verdict(of, from);
        verdicts.put(of.usage, verdict);
        if (verdict == Verdict.BUSY || verdict == Verdict.PENDING) return;
        //= rfc4579#6-1 who does not know the name of the conference is asked for as any caller
        parties.put(name(from), new Party(from, of.usage, false, of.hidden, of.tag));
    }

    private Verdict verdict(Met of, Address from) {
        boolean same = id.equals(Optional.of(of.id));
        if (!same && !parties.isEmpty() || name(from).equals(name(own))) return Verdict.BUSY;
        var known = parties.get(name(from));
        if (known != null) {
            if (known.call < 0 || known.there) return Verdict.BUSY;
            if (name(own).compareTo(name(from)) < 0) return Verdict.PENDING;
            ask(new Call.Command.HangUp(known.call));
            return Verdict.TAKE;
        }
        if (full()) return Verdict.BUSY;
        boolean vouched = of.by.isEmpty() || name(of.by.get()).equals(name(own))
                || parties.containsKey(name(of.by.get()));
        return same && vouched ? Verdict.TAKE : Verdict.RING;
    }

    private void there(long call) {
        party(call).filter(party -> !party.there).ifPresent(party -> {
            Optional.ofNullable(met.get(call)).ifPresent(of -> id = Optional.of(of.id));
            parties.put(name(party.who),
                    new Party(party.who, call, true, party.hidden, party.tag));
            changed();
            watch();
        });
    }

    private Optional<Party> party(long call) {
        return parties.values().stream().filter(p -> p.call == call).findFirst();
    }

    private void ended(long call) {
        met.remove(call);
        verdicts.remove(call);
        broughtBy.remove(call);
        party(call).ifPresent(party -> {
            parties.remove(name(party.who));
            silent.remove(name(party.who));
            if (party.there) {
                parted.add(name(party.who));
                changed();
            }
            if (parties.isEmpty()) id = Optional.empty();
            if (watched.filter(party.who::equals).isPresent()) watching.ifPresent(usage ->
                    ask(new Subscriber.Command.Unsubscribe(usage)));
        });
    }

    // Who is there

    /// Tells those who watch, and our own user.
    private void changed() {
        var users = new ArrayList<User>();
        users.add(user(own.uri().toString(), own.displayName(), Joining.FOCUS_OWNER));
        int unknown = 0;
        var names = new ArrayList<String>();
        for (var party : parties.values()) if (party.there) {
            names.add(party.who.uri().toString());
            //= rfc4575#8.2-4 who asks for privacy has an anonymous URI
            users.add(user(party.hidden ? User.anonymous(++unknown) : party.who.uri().toString(),
                    party.hidden ? "" : party.who.displayName(),
                    party.call < 0 ? Joining.DIALED_IN : Joining.DIALED_OUT));
        }
        ask(new Publish(++numbers, ConferenceInfo.NAME,
                new Roster(own.uri().toString(), "", users)));
        tell(new News.Meeting(names));
    }

    private static User user(String uri, String name, Joining joining) {
        return new User(uri, State.FULL, name, List.of(), List.of(new Endpoint(uri, State.FULL,
                Optional.of(ConferenceInfo.Status.CONNECTED), Optional.of(joining),
                Optional.empty(), Optional.empty(),
                //= rfc4575#5.8.2-1 a value that is registered for the media of SDP
                List.of(new ConferenceInfo.Media("1", "audio", "")))));
    }

    /// Watches one of the others, for who else is there.
    // the focus at the other end tells it by the conference package
    //= rfc4579#3.4-4 in a dialog of its own
    private void watch() {
        if (watching.isPresent()) return;
        parties.values().stream().filter(party -> party.there && !silent.contains(name(party.who)))
                .findFirst().ifPresent(party -> {
            watching = OptionalLong.of(++numbers);
            watched = Optional.of(party.who);
            conference = new Conference();
            first = true;
            ask(new Subscriber.Command.Subscribe(numbers, party.who.uri().toString(),
                    ConferenceInfo.NAME));
        });
    }

    /// Whether a subscription is ours.
    boolean watches(long usage) { return watching.equals(OptionalLong.of(usage)); }

    List<Output> told(Subscriber.Event event) {
        switch (event) {
            case Subscriber.Event.Notified(_, _, _, var body) -> body.ifPresent(this::heard);
            case Subscriber.Event.Waiting _ -> { }
            case Subscriber.Event.Ended _ -> {
                watched.ifPresent(who -> silent.add(name(who)));
                watching = OptionalLong.empty();
                watched = Optional.empty();
                watch();
            }
        }
        return out.take();
    }

    private void heard(Content body) {
        try {
            switch (conference.take(body.bytes())) {
                case STALE -> { }
                case GAP -> ask(new Subscriber.Command.Refresh(watching.orElseThrow()));
                case TAKEN -> join();
            }
        } catch (SyntaxException e) {
            tell(new News.Warned("who is in the conference cannot be read"));
        }
        // the conference has ceased to exist: so has the subscription
        if (conference.over()) ask(new Subscriber.Command.Unsubscribe(watching.orElseThrow()));
    }

    /// Calls those who are there, and not in a call with us: all of them if we have just come, else
    /// those who leave it to us.
    private void join() {
        var there = conference.info().orElseThrow().users().stream()
                .flatMap(user -> callable(user).stream()).toList();
        parted.retainAll(there.stream().map(Mesh::name).toList());
        for (var who : there) {
            if (callable(who) && (first || name(own).compareTo(name(who)) <= 0))
                bring(who, "", watched.orElse(own));
        }
        first = false;
    }

    private boolean callable(Address who) {
        return id.isPresent() && !full() && who.uri() instanceof SipUri
                && !parties.containsKey(name(who)) && !parted.contains(name(who))
                && !name(who).equals(name(own));
    }

    private Optional<Address> callable(User user) {
        boolean there = user.endpoints().stream().anyMatch(phone ->
                phone.status().equals(Optional.of(ConferenceInfo.Status.CONNECTED)));
        if (!there || !(Uri.parse(user.entity()) instanceof SipUri uri)
                || uri.host().endsWith(".invalid")) return Optional.empty();
        return Optional.of(Address.of(uri)).filter(who -> !name(who).equals(name(own)));
    }

    /// Somebody watches us, or does no more.
    void told(Notifier.Event.Watching event) {
        if (event.state().terminated()) watchers.remove(event.usage());
        else watchers.add(event.usage());
    }

    /// Our calls are about to end: nothing is told any more.
    List<Output> leave() {
        watching.ifPresent(usage -> ask(new Subscriber.Command.Unsubscribe(usage)));
        watchers.forEach(usage -> ask(new Notifier.Command.End(
                usage, Reason.NORESOURCE, Optional.empty())));
        return out.take();
    }

    private void ask(Core.Command command) { out.add(new Output.Ask(command)); }

    private void tell(News news) { out.add(new Output.Tell(news)); }
}
