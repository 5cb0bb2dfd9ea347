package p2psip.app.p2psip;

import module java.base;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc2833.Dtmf;

/// What stands between somebody at a terminal and a [Phone]: lines that are typed become commands,
/// and news become lines.
///
/// Of several calls one is in the foreground: what is typed without a number is for it, and
/// whoever was in the foreground before is asked to wait. As a machine it answers what to do; it
/// needs no time.
final class Switchboard {
    /// What can happen to it.
    sealed interface Input {
        record Typed(String line) implements Input {}

        record Told(News news) implements Input {}
    }

    /// What it asks for.
    sealed interface Output {
        record Ask(PhoneCommand command) implements Output {}

        record Say(String line) implements Output {}

        /// News that concern no call: said as ever.
        record Pass(News news) implements Output {}
    }

    static final String HELP = """
            call WHO [SUBJECT]   call sip:bob@example.com, or bob of your own domain
            answer [N]           take the call that rings; the one before waits
            reject [N] [STATUS]  do not take it: 603, you do not want it; 486, you are busy
            hangup [N]           end a call
            hold [N]             ask the peer to wait
            resume [N]           go on with a call, and let the other one wait
            mute [N], unmute [N] say nothing, or speak again
            keys KEYS            press 0 to 9, *, #, A to D
            transfer WHO|N       have the peer call somebody, or talk with the peer of call N
            join N               have the peer come into call N, where all hear each other
            yes, no              follow a peer who transfers you, or do not
            text WHO WORDS       send a text
            watch WHO, unwatch WHO   be told whether somebody can be reached, or no more
            approve WHO, block WHO   let somebody see whether you can be reached, or not
            note WORDS           what those read who may see it
            register, unregister     be found at the proxy, or no more
            calls                what is going on, and how the sound travels
            quit                 hang up, unregister, end; so do Ctrl-C and Ctrl-D

            N is the number of a call; without it the one in the foreground is meant.""";

    /// How far a call has got.
    private enum Stage { CALLING, RINGING, TALKING, REFUSED }

    /// A call, with the number that it has for people.
    private static final class Line {
        final int shown;
        final long number;
        String peer;
        Stage stage;
        /// The call into which this one comes, if it is taken; or into which its peer is sent.
        Optional<Line> into = Optional.empty();
        boolean held;
        boolean mute;
        boolean waits;
        boolean heard;
        String way = "";

        Line(int shown, long number, String peer, Stage stage) {
            this.shown = shown;
            this.number = number;
            this.peer = peer;
            this.stage = stage;
        }
    }

    private final UnaryOperator<String> address;
    private final UnaryOperator<String> person;
    private final Function<Address, String> mark;
    private final boolean proxied;
    private final SequencedMap<Long, Line> calls = new LinkedHashMap<>();
    private final Map<String, Long> watched = new LinkedHashMap<>();
    private final Deque<Long> asked = new ArrayDeque<>();
    private final Map<Long, Line> joining = new HashMap<>();
    private final List<Output> out = new ArrayList<>();
    private Optional<Line> foreground = Optional.empty();
    private String registration = "not registered";
    private long numbers;

    /// @param address what a name that was typed stands for
    /// @param mark    what our node says of somebody
    /// @param proxied whether there is somebody to register with
    Switchboard(UnaryOperator<String> address, Function<Address, String> mark, boolean proxied) {
        this.address = address;
        this.person = text -> text.equals("*") ? text : address.apply(text);
        this.mark = mark;
        this.proxied = proxied;
    }

    List<Output> handle(Input input) {
        switch (input) {
            case Input.Typed(var line) -> {
                try {
                    typed(line.strip());
                } catch (UserMistake mistake) {
                    say(mistake.getMessage());
                }
            }
            case Input.Told(var news) -> told(news);
        }
        var taken = List.copyOf(out);
        out.clear();
        return taken;
    }

    // Typed

    private void typed(String line) {
        if (line.isEmpty()) return;
        var words = line.split("\\s+", 2);
        var rest = words.length == 1 ? "" : words[1];
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case "call", "dial", "c" -> call(rest);
            case "answer", "a" -> answer(rest);
            case "reject", "r" -> reject(rest);
            case "hangup", "bye", "h" -> {
                var call = wanted("hangup", rest, _ -> true);
                if (call.stage == Stage.RINGING) refuse(call, 603);
                else ask(new PhoneCommand.HangUp(call.number));
            }
            case "hold" -> hold(wanted("hold", rest, each -> talks(each) && !each.held));
            case "resume", "switch" ->
                    forward(wanted("resume", rest, each -> talks(each) && each.held));
            case "mute" -> mute(wanted("mute", rest, each -> talks(each) && !each.mute), true);
            case "unmute" ->
                    mute(wanted("unmute", rest, each -> talks(each) && each.mute), false);
            case "keys", "dtmf" -> keys(rest);
            case "transfer" -> transfer(rest);
            case "join" -> join(rest);
            case "yes", "y" -> decide(true);
            case "no", "n" -> decide(false);
            case "text", "message", "t" -> text(rest);
            case "watch" -> watch(rest);
            case "unwatch" -> unwatch(rest);
            case "approve" -> ask(new PhoneCommand.Approve(who("approve", rest, person)));
            case "block" -> ask(new PhoneCommand.Block(who("block", rest, address)));
            case "note" -> ask(new PhoneCommand.Show(true, rest));
            case "register" -> {
                if (!proxied) throw new UserMistake("register: with whom? start it with --proxy"
                        + " HOST:PORT");
                ask(new PhoneCommand.Register(Duration.ofHours(1)));
            }
            case "unregister" -> {
                if (!registration.startsWith("registered"))
                    throw new UserMistake("unregister: you are not registered");
                ask(new PhoneCommand.Unregister());
            }
            case "calls", "status", "s" -> status();
            case "help", "?" -> HELP.lines().forEach(this::say);
            case "quit", "exit", "q" -> ask(new PhoneCommand.Leave());
            default -> throw new UserMistake(
                    "nothing here is called " + printable(words[0]) + ": type help");
        }
    }

    private void call(String rest) {
        var words = rest.split("\\s+", 2);
        var uri = who("call", words[0], address);
        foreground.filter(each -> talks(each) && !each.held).ifPresent(this::hold);
        var line = line(++numbers, uri, Stage.CALLING);
        foreground = Optional.of(line);
        say(line, "calling " + uri);
        ask(new PhoneCommand.Call(line.number, uri, words.length == 1 ? "" : words[1]));
    }

    private void answer(String rest) {
        var call = wanted("answer", rest, each -> each.stage == Stage.RINGING);
        if (call.into.isPresent()) {   // the others go on, and hear each other
            ask(new PhoneCommand.Answer(call.number));
            return;
        }
        foreground.filter(each -> talks(each) && !each.held).ifPresent(this::hold);
        foreground = Optional.of(call);
        ask(new PhoneCommand.Answer(call.number));
    }

    /// `reject`, `reject 2`, `reject 486`, `reject 2 486`: a status has three digits.
    private void reject(String rest) {
        var words = new ArrayList<>(List.of(rest.split("\\s+")));
        int status = words.getLast().matches("[0-9]{3}")
                ? Integer.parseInt(words.removeLast()) : 603;
        if (status < 400 || status > 699) throw new UserMistake(
                "reject " + status + ": a status that refuses is 400 to 699");
        refuse(wanted("reject", String.join(" ", words), each -> each.stage == Stage.RINGING),
                status);
    }

    private void refuse(Line call, int status) {
        call.stage = Stage.REFUSED;
        ask(new PhoneCommand.Refuse(call.number, status));
    }

    private void hold(Line call) {
        call.held = true;
        ask(new PhoneCommand.Hold(call.number));
    }

    private void mute(Line call, boolean mute) {
        call.mute = mute;
        ask(new PhoneCommand.Mute(call.number, mute));
        say(call, mute ? "is not told what you say: type unmute" : "hears you again");
    }

    /// This one is talked with from now on; the other waits.
    private void forward(Line call) {
        foreground.filter(each -> each != call && talks(each) && !each.held)
                .ifPresent(this::hold);
        foreground = Optional.of(call);
        call.held = false;
        ask(new PhoneCommand.Resume(call.number));
    }

    private void keys(String rest) {
        if (rest.isEmpty() || !Dtmf.areKeys(rest))
            throw new UserMistake("keys " + printable(rest) + ": keys are 0 to 9, *, # and A to D");
        ask(new PhoneCommand.Press(wanted("keys", "", Switchboard::talks).number, rest));
    }

    /// To the peer of another call if a call has that number, else to whom it names.
    private void transfer(String rest) {
        if (rest.isEmpty())
            throw new UserMistake("transfer: to whom? as in transfer bob, or transfer 2");
        var call = wanted("transfer", "", Switchboard::talks);
        if (!rest.matches("[0-9]{1,3}")) {
            ask(new PhoneCommand.Refer(call.number, address.apply(rest)));
            return;
        }
        var to = other("transfer", rest, call);
        ask(new PhoneCommand.Transfer(call.number, to.number));
    }

    private Line other(String verb, String number, Line call) {
        var other = wanted(verb, number, Switchboard::talks);
        if (other != call) return other;
        throw new UserMistake(verb + " " + number + ": that is the call itself; type calls");
    }

    private void join(String rest) {
        if (rest.isEmpty()) throw new UserMistake("join: into which call? as in join 2");
        var call = wanted("join", "", Switchboard::talks);
        var to = other("join", rest, call);
        call.into = Optional.of(to);
        ask(new PhoneCommand.Bring(call.number, to.number));
    }

    private void decide(boolean yes) {
        if (asked.isEmpty()) throw new UserMistake("nobody has asked you anything");
        long referral = asked.remove();
        ask(yes ? new PhoneCommand.Follow(referral) : new PhoneCommand.Decline(referral));
    }

    private void text(String rest) {
        var words = rest.split("\\s+", 2);
        var uri = who("text", words[0], address);
        if (words.length == 1) throw new UserMistake("text: what? as in text bob Hello");
        ask(new PhoneCommand.Text(++numbers, uri, TaskOptions.text("what you type", words[1])));
    }

    private void watch(String rest) {
        var uri = who("watch", rest, address);
        if (watched.putIfAbsent(uri, numbers + 1) != null)
            throw new UserMistake("watch: you watch " + uri + " already");
        ask(new PhoneCommand.Watch(++numbers, uri));
    }

    private void unwatch(String rest) {
        var uri = who("unwatch", rest, address);
        var number = watched.remove(uri);
        if (number == null) throw new UserMistake("unwatch: you do not watch " + uri);
        ask(new PhoneCommand.Unwatch(number));
    }

    private static String who(String verb, String text, UnaryOperator<String> address) {
        if (text.isEmpty())
            throw new UserMistake(verb + ": whom? as in " + verb + " sip:bob@example.com");
        return address.apply(text);
    }

    /// The call of a number, or the one that is meant where none is given.
    private Line wanted(String verb, String number, Predicate<Line> such) {
        if (!number.isEmpty()) {
            var call = calls.values().stream()
                    .filter(each -> ("" + each.shown).equals(number)).findFirst();
            if (call.filter(such).isPresent()) return call.get();
            throw new UserMistake(verb + " " + printable(number) + ": "
                    + (call.isPresent() ? "that call is not one to " + verb
                    : "there is no such call") + "; type calls");
        }
        if (foreground.filter(such).isPresent()) return foreground.get();
        var all = calls.values().stream().filter(such).toList();
        if (all.size() == 1) return all.getFirst();
        throw new UserMistake(all.isEmpty() ? verb + ": there is no call to " + verb
                : verb + ": which? " + all.stream().map(each -> verb + " " + each.shown)
                        .collect(Collectors.joining(" or ")));
    }

    private static boolean talks(Line call) { return call.stage == Stage.TALKING; }

    private void status() {
        say(registration);
        if (calls.isEmpty()) say("no call");
        for (var call : calls.values()) {
            boolean front = foreground.filter(call::equals).isPresent();
            say(call, (front ? "> " : "") + switch (call.stage) {
                case CALLING -> "calling " + call.peer;
                case RINGING -> call.peer + " calls";
                case REFUSED -> "refusing " + call.peer;
                case TALKING -> "with " + call.peer + (call.held ? ", on hold" : "")
                        + (call.mute ? ", muted" : "")
                        + (call.waits ? ", which has put you on hold" : "")
                        + (call.heard ? ", heard" : ", not heard") + call.way;
            });
            if (talks(call)) ask(new PhoneCommand.Measure(call.number));
        }
    }

    // Told

    private void told(News news) {
        switch (news) {
            case News.Registered(var expires) -> {
                //  a refresh is no news
                if (!registration.startsWith("registered")) {
                    say("registered for " + expires.toSeconds() + " s, and then again");
                    ask(new PhoneCommand.Watchers(++numbers));
                }
                registration = "registered";
            }
            case News.NotRegistered(int status, var reason) -> {
                registration = "not registered: " + status + " " + printable(reason);
                say(registration + (status == 408 || status / 100 == 5 ? "; tried again by itself"
                        : "; type register to try again"));
            }
            case News.Unregistered _ -> {
                registration = "not registered";
                out.add(new Output.Pass(news));
            }
            case News.Joining(long number, long into) ->
                    with(into, call -> joining.put(number, call));
            case News.Incoming(long number, var from, var subject) -> {
                if (calls.containsKey(number)) return;   // it takes the place of another
                var call = line(number, name(from), Stage.RINGING);
                call.into = Optional.ofNullable(joining.remove(number));
                say(call, call.peer + " calls" + Announcer.about(subject) + call.into.map(into ->
                        ", to come into call " + into.shown).orElse("")
                        + ": type answer or reject");
            }
            case News.Identified(long number, var peer) -> with(number, call -> {
                call.peer = name(peer);
                say(call, "the peer is " + call.peer + " now");
            });
            case News.Watcher(var who, var seen) when seen == News.Seen.NOTHING_YET -> say(name(who)
                    + " wants to see whether you can be reached: type approve or block, and "
                    + who.uri());
            case News.Progress(long number, int status, var reason) -> with(number, call ->
                    say(call, status == 180 ? "it rings there" : status + " " + printable(reason)));
            case News.Established(long number, var peer) -> with(number, call -> {
                call.peer = name(peer);
                call.stage = Stage.TALKING;
                if (foreground.isEmpty()) foreground = Optional.of(call);
                say(call, "talking with " + call.peer);
            });
            case News.Session(long number, boolean sends, boolean receives) ->
                    with(number, call -> session(call, sends, receives));
            case News.Way(long number, var from, var to, boolean relayed) ->
                    with(number, call -> call.way = ", from " + HostName.text(from) + " to "
                            + HostName.text(to) + (relayed ? " over a relay" : ""));
            case News.WayLost(long number, var why) -> with(number, call -> {
                call.way = "";
                say(call, "no way for sound: " + why);
            });
            case News.Secured(long number, var how) -> with(number, call ->
                    say(call, "secret: " + how));
            case News.InClear(long number) -> with(number, call ->
                    say(call, "the peer cannot keep it secret: calling once more, in clear"));
            case News.Heard(long number) -> with(number, call -> {
                call.heard = true;
                say(call, "the peer is heard");
            });
            case News.Silent(long number, var time) -> with(number, call -> {
                call.heard = false;
                if (!call.held) say(call, "nothing heard for " + time.toSeconds() + " s");
            });
            case News.Key(long number, char key) -> with(number, call -> say(call, "key " + key));
            case News.Measured(long number, var codec, var statistics) -> with(number, call ->
                    say(call, codec.orElse("nothing is sent") + ", " + statistics));
            case News.Referred(long referral, long number, var uri) -> with(number, call -> {
                asked.add(referral);
                say(call, "the peer asks you to call " + uri + ": type yes or no");
            });
            case News.Lapsed(long referral) -> {
                if (asked.remove(referral)) say("you have not said yes or no: it is not done");
            }
            case News.Following(long number, long by, var uri) -> {
                line(by, uri, Stage.CALLING);
                with(number, call -> say(call, "the peer asks you to call " + uri + ": calling"));
            }
            case News.Replaced(long number, long by) -> with(number, call -> {
                var next = line(by, call.peer, Stage.CALLING);
                if (foreground.filter(call::equals).isPresent()) foreground = Optional.of(next);
                say(call, "another takes the place of the peer, in call " + next.shown);
            });
            case News.Transferring(long number, int status, var reason) -> with(number, call ->
                    say(call, "transfer: " + status + " " + printable(reason)));
            case News.Transferred(long number, int status, var reason) -> with(number, call -> {
                boolean done = status / 100 == 2;
                if (!done) call.into = Optional.empty();
                say(call, "transfer: " + (done ? "done" : "failed, " + status + " "
                        + printable(reason) + "; you still have the call"));
                if (done) call.into.filter(calls::containsValue).ifPresent(this::forward);
                if (done) ask(new PhoneCommand.HangUp(number));
            });
            case News.Unanswered _ -> say("nothing answers yet");
            case News.Ended(long number, int status, var reason, var statistics) ->
                    with(number, call -> over(call, status, reason, statistics));
            case News.Unseen unseen -> {
                if (unseen.pause().isEmpty()) watched.values().remove(unseen.id());
                out.add(new Output.Pass(news));
            }
            //  all else is of no call
            default -> out.add(new Output.Pass(news));
        }
    }

    private void session(Line call, boolean sends, boolean receives) {
        call.waits = !sends && !call.held;
        say(call, call.held ? "on hold" : sends && receives ? "sound both ways"
                : sends ? "sound to the peer only" : "the peer has put you on hold");
    }

    private void over(Line call, int status, String reason, Statistics statistics) {
        joining.values().remove(call);
        calls.remove(call.number);
        boolean front = foreground.filter(call::equals).isPresent();
        if (front) foreground = calls.values().stream().filter(each -> talks(each) && !each.held)
                .findFirst();
        say(call, switch (call.stage) {
            case TALKING -> "over" + (status == 200 ? "" : ", " + status + " " + printable(reason))
                    + ": " + statistics;
            case RINGING -> call.peer + " has given up";
            case REFUSED -> "refused: " + status + " " + printable(reason);
            case CALLING -> "failed: " + status + " " + printable(reason);
        });
        if (front && foreground.isEmpty()) calls.values().stream().filter(each -> each.held)
                .findFirst().ifPresent(each ->
                say(each, "is on hold: type resume" + (calls.size() == 1 ? "" : " " + each.shown)));
    }

    private Line line(long number, String peer, Stage stage) {
        int shown = 1;
        while (taken(shown)) shown++;
        var call = new Line(shown, number, peer, stage);
        calls.put(number, call);
        return call;
    }

    private boolean taken(int shown) {
        return calls.values().stream().anyMatch(each -> each.shown == shown);
    }

    private void with(long number, Consumer<Line> what) {
        Optional.ofNullable(calls.get(number)).ifPresent(what);
    }

    private String name(Address peer) { return peer.uri() + mark.apply(peer); }

    private void ask(PhoneCommand command) { out.add(new Output.Ask(command)); }

    private void say(String line) { out.add(new Output.Say(line)); }

    private void say(Line call, String line) { say("[" + call.shown + "] " + line); }

    private static String printable(String text) { return Announcer.printable(text); }
}
