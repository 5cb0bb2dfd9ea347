package p2psip.app.voip;

import module java.base;
import p2psip.app.film.Film;
import p2psip.app.host.Host;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc4103.TextPage;

/// A [Phone] for programs of ten lines: each method waits until what it asks for has happened.
///
/// On a simulated host waiting lets virtual time pass, so the same program is a test that takes
/// milliseconds. Any number of threads may use one telephone of a real host, a virtual one for each
/// call, say. Who closes it, or a call, or interrupts a thread that waits, takes back what that
/// thread has asked for: the call is cancelled, and the method ends with a [Failed] of 487.
public final class Telephone implements AutoCloseable {
    /// How long to wait for what a peer should do at once.
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /// What was asked for did not happen.
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Failed(int status, String reason) {
            super(status + " " + reason);
            this.status = status;
        }

        /// As SIP says it: 486, 404 ...
        public int status() { return status; }
    }

    /// A call, placed or answered by this telephone.
    public final class Call implements AutoCloseable {
        private final long number;
        private final StringBuilder keys = new StringBuilder();
        private Optional<Address> peer = Optional.empty();
        private Optional<News.Ended> ended = Optional.empty();
        private Optional<News.Way> way = Optional.empty();
        private Optional<String> secret = Optional.empty();
        private Recording recorded = Recording.NONE;
        private final TextPage page = new TextPage();
        private Optional<News.Filmed> filmed = Optional.empty();
        private Optional<News.Transferred> transferred = Optional.empty();
        private Optional<Call> next = Optional.empty();
        private final List<Call> company = new CopyOnWriteArrayList<>();
        private boolean established, flowing, hearing, toHear, heard;

        private Call(long number) { this.number = number; }

        public Optional<Address> peer() {
            catchUp();
            return peer;
        }

        /// The keys that the peer has pressed so far.
        public String keys() {
            catchUp();
            return keys.toString();
        }

        /// Whether sound is to flow both ways, as both have agreed.
        public boolean flows() {
            catchUp();
            return flowing;
        }

        /// Whether the peer is heard, now or some seconds ago.
        public boolean hears() {
            catchUp();
            return hearing;
        }

        /// Whether the peer was to be heard, and never was.
        public boolean heardNothing() {
            catchUp();
            return toHear && !heard;
        }

        /// By which way sound goes, if ICE has found one.
        public Optional<News.Way> way() {
            catchUp();
            return way;
        }

        /// How it is kept secret; empty if it is not.
        public Optional<String> secret() {
            catchUp();
            return secret;
        }

        /// How it ended; empty while it goes on.
        public Optional<News.Ended> end() {
            catchUp();
            return ended;
        }

        /// What was heard, if the phone records; complete when the call is over.
        public Recording recorded() { return recorded; }

        private boolean over() { return ended.isPresent(); }

        /// Takes a call that [Telephone#ringing] has answered, and waits until both can talk.
        ///
        /// @throws Failed if the caller has given up
        public Call take() {
            line.command(new PhoneCommand.Answer(number));
            await(PATIENCE, () -> established || over());
            return taken();
        }

        /// Does not take it.
        ///
        /// @param status why not: 486 says that we are busy, 603 that we do not want it
        public void refuse(int status) {
            line.command(new PhoneCommand.Refuse(number, status));
            await(PATIENCE, this::over);
        }

        private Call taken() {
            ended.filter(_ -> !established).ifPresent(end -> {
                throw new Failed(end.status(), end.reason());
            });
            need(established, 408, "Request Timeout");
            return this;
        }

        /// Presses keys, one after the other, and does not wait.
        public void press(String keys) { line.command(new PhoneCommand.Press(number, keys)); }

        /// Types text to the peer, and does not wait.
        public void type(String text) { line.command(new PhoneCommand.Type(number, text)); }

        /// Shows the next picture of a film that is read as it comes, and does not wait.
        public void show(Film.Picture next) {
            line.command(new PhoneCommand.Picture(number, next));
        }

        /// What the peer has typed so far, in lines.
        public List<String> typed() {
            catchUp();
            return page.lines();
        }

        /// The pictures of the peer, if the phone keeps them; complete when the call is over.
        public Optional<News.Filmed> filmed() { return filmed; }

        /// Sends silence in place of what is said, or no more.
        public void mute(boolean muted) { line.command(new PhoneCommand.Mute(number, muted)); }

        /// Asks the peer to wait, and waits until it agrees.
        public void hold() {
            line.command(new PhoneCommand.Hold(number));
            need(await(PATIENCE, () -> over() || !flowing), 408, "Not Held");
        }

        public void resume() {
            line.command(new PhoneCommand.Resume(number));
            need(await(PATIENCE, () -> over() || flowing), 408, "Not Resumed");
        }

        /// Asks the peer to call somebody else, waits until it is known what has come of that, and
        /// ends the call if that has been taken.
        ///
        /// @throws Failed if it has not: the call goes on
        public void transfer(String uri) {
            transfer(new PhoneCommand.Refer(number, uri));
        }

        /// Brings the peer together with that of another call; both calls end here.
        ///
        /// @throws Failed if that cannot be done: both calls go on
        public void transfer(Call to) {
            transfer(new PhoneCommand.Transfer(number, to.number));
        }

        /// Brings the peer into another call, in which all three hear each other then; this one
        /// ends.
        ///
        /// @throws Failed if that cannot be done: both calls go on
        public void bringInto(Call other) {
            transfer(new PhoneCommand.Bring(number, other.number));
        }

        private void transfer(PhoneCommand command) {
            transferred = Optional.empty();
            line.command(command);
            need(await(TRANSFER, () -> transferred.isPresent()), 408, "Request Timeout");
            var outcome = transferred.get();
            if (outcome.status() / 100 != 2) throw new Failed(outcome.status(), outcome.reason());
            hangUp();
        }

        /// The call that has come of this one: the peer has asked us to call somebody else, or
        /// somebody has taken the peer's place. Waits as long as it is not known whether that is
        /// taken.
        public Optional<Call> next() {
            catchUp();
            next.ifPresent(call -> await(RINGING, () -> call.established || call.over()));
            return next.filter(call -> call.established);
        }

        /// Those who have come into this call, and hear and are heard in it.
        public List<Call> company() {
            catchUp();
            return company.stream().filter(call -> call.established).toList();
        }

        /// Lets the call go on for some time, or until the peer hangs up; answers whether it did.
        public boolean talk(Duration time) { return await(time, this::over); }

        /// Ends the call if it is not over yet.
        public Statistics hangUp() {
            if (end().isEmpty()) line.command(new PhoneCommand.HangUp(number));
            await(PATIENCE, this::over);
            return ended.map(News.Ended::statistics).orElse(Statistics.NONE);
        }

        /// The same, for who cares about nothing more.
        @Override public void close() { hangUp(); }
    }

    /// How long a phone may ring, and how long a transfer may take.
    private static final Duration RINGING = Duration.ofMinutes(3),
            TRANSFER = Duration.ofMinutes(4);

    private static final Duration GOODBYE = Duration.ofMillis(50);

    private final Host.Line line;
    private final Consumer<News> listener;
    private final Deque<News> inbox = new ArrayDeque<>();
    private final Deque<News.Message> messages = new ArrayDeque<>();
    private final Deque<News.Presence> presences = new ArrayDeque<>();
    private final Map<Long, Call> calls = new ConcurrentHashMap<>();
    private final Map<Long, News.Sent> sent = new ConcurrentHashMap<>();
    private final Deque<Call> incoming = new ArrayDeque<>();
    private Optional<News> registration = Optional.empty();
    private Optional<InetSocketAddress> address = Optional.empty();
    private final AtomicLong numbers = new AtomicLong();
    private List<String> meeting = List.of();
    /// Whether anybody was met.
    private boolean met;
    private final Lock lock = new ReentrantLock();
    /// News were heard.
    private final Condition happened = lock.newCondition();
    /// A thread waits at the line.
    private boolean listening;
    private Optional<Throwable> bug = Optional.empty();
    private volatile boolean closed;

    private Telephone(Host.Line line, Consumer<News> listener) {
        this.line = line;
        this.listener = listener;
    }

    public static Telephone start(Host host, String name, PhoneSetup setup) {
        return start(host, name, setup, _ -> { });
    }

    /// @param listener hears all news, in order, while a method waits
    /// @throws Failed if the port is in use
    public static Telephone start(
            Host host, String name, PhoneSetup setup, Consumer<News> listener) {
        var phone = new Telephone(
                host.start(name, room -> new Phone(setup, room)), listener);
        phone.need(phone.await(PATIENCE, () -> phone.address.isPresent()), 500, "Not Started");
        return phone;
    }

    /// Where it takes in SIP.
    public InetSocketAddress address() { return address.orElseThrow(); }

    /// Has the phone found at its address of record, and keeps it so.
    ///
    /// @throws Failed with the status and reason of the registrar
    public void register() {
        registration = Optional.empty();
        line.command(new PhoneCommand.Register(Duration.ofHours(1)));
        need(await(PATIENCE, () -> registration.isPresent()), 408, "Request Timeout");
        if (registration.get() instanceof News.NotRegistered(int status, var reason))
            throw new Failed(status, reason);
    }

    /// Places a call, and waits until it is taken.
    ///
    /// @throws Failed with the status and reason of who refused it
    public Call call(String uri) { return call(uri, ""); }

    /// The same, and says what it is about.
    public Call call(String uri, String subject) {
        var call = new Call(numbers.incrementAndGet());
        calls.put(call.number, call);
        line.command(new PhoneCommand.Call(call.number, uri, subject));
        if (!await(RINGING, () -> call.established || call.over())) {
            line.command(new PhoneCommand.HangUp(call.number));
            if (!interrupted()) await(PATIENCE, call::over);
        }
        return call.taken();
    }

    /// Waits for a call, takes it, and answers it once both can talk; empty if nobody calls.
    public Optional<Call> answer(Duration patience) {
        var call = ringing(patience);
        call.ifPresent(rung -> {
            line.command(new PhoneCommand.Answer(rung.number));
            await(PATIENCE, () -> rung.established || rung.over());
        });
        return call;
    }

    /// Waits for a call, which rings from then on: to be taken ([Call#take]) or not
    /// ([Call#refuse]). Empty if nobody calls, or the telephone is closed.
    public Optional<Call> ringing(Duration patience) { return awaited(patience, incoming); }

    /// Calls these into the conference of this phone, and does not wait.
    public void meet(List<String> uris) {
        uris.forEach(uri -> line.command(new PhoneCommand.Meet(numbers.incrementAndGet(), uri)));
    }

    /// Who is in the conference, beside us.
    public List<String> meeting() {
        catchUp();
        return meeting;
    }

    /// Lets the conference go on for some time, or until all others have left; answers with the
    /// calls that are there then.
    public List<Call> confer(Duration time) {
        await(time, () -> met && meeting.isEmpty());
        return calls.values().stream().filter(call -> call.established).toList();
    }

    /// Sends a text, and waits until it was taken.
    ///
    /// @throws Failed with the status and reason of who refused it
    public void message(String uri, String text) {
        long id = numbers.incrementAndGet();
        line.command(new PhoneCommand.Text(id, uri, text));
        need(await(PATIENCE, () -> sent.containsKey(id)), 408, "Request Timeout");
        var outcome = sent.remove(id);
        if (outcome.status() >= 300) throw new Failed(outcome.status(), outcome.reason());
    }

    /// Waits for a text.
    public Optional<String> message(Duration patience) {
        return received(patience).map(News.Message::text);
    }

    /// The same, with who has sent it.
    public Optional<News.Message> received(Duration patience) {
        return awaited(patience, messages);
    }

    /// Watches somebody's presence; [#presence] tells of it.
    public void watch(String uri) {
        line.command(new PhoneCommand.Watch(numbers.incrementAndGet(), uri));
    }

    /// Has those told of to the listener, too, who watch us by way of a server.
    public void watchers() {
        line.command(new PhoneCommand.Watchers(numbers.incrementAndGet()));
    }

    /// Lets somebody see ours, or `*` for everybody.
    public void approve(String uri) { line.command(new PhoneCommand.Approve(uri)); }

    /// Lets somebody see that nobody is there.
    public void block(String uri) { line.command(new PhoneCommand.Block(uri)); }

    /// Says how we are to those who may see it.
    public void show(boolean open, String note) {
        line.command(new PhoneCommand.Show(open, note));
    }

    /// Waits until somebody's presence is told, or has changed.
    public Optional<News.Presence> presence(Duration patience) {
        return awaited(patience, presences);
    }

    /// Asks how a call sounds by now: [News.Measured], to the listener. Any thread may.
    public void measure(long call) { line.command(new PhoneCommand.Measure(call)); }

    /// Has done what a peer asks for by [News.Referred], if it has not lapsed. Any thread may say
    /// so.
    public void follow(long referral) { line.command(new PhoneCommand.Follow(referral)); }

    /// Has it not done; so too what nobody decides on in a minute. Any thread may say so.
    public void decline(long referral) { line.command(new PhoneCommand.Decline(referral)); }

    /// By the clock of its host.
    public Instant now() { return line.now(); }

    /// Lets time pass.
    public void pause(Duration time) { await(time, () -> false); }

    /// Hangs up, unregisters, closes; whoever waits for something has waited in vain.
    @Override public void close() {
        closed = true;
        line.command(new PhoneCommand.Leave());
        lock.lock();
        try {
            while (!line.ended() && !interrupted()) hear(GOODBYE);
        } finally {
            lock.unlock();
        }
    }

    private void need(boolean happened, int status, String reason) {
        if (happened) return;
        if (closed || line.ended() || interrupted()) throw new Failed(487, "Request Terminated");
        throw new Failed(status, reason);
    }

    private static boolean interrupted() { return Thread.currentThread().isInterrupted(); }

    /// What comes first, if it comes in time; each goes to one of those who wait.
    private <T> Optional<T> awaited(Duration patience, Queue<T> from) {
        var first = new AtomicReference<T>();
        await(patience, () -> {
            first.set(from.poll());
            return first.get() != null;
        });
        return Optional.ofNullable(first.get());
    }

    /// Waits until something is so, and answers false if it takes too long, or cannot come any
    /// more.
    private boolean await(Duration patience, BooleanSupplier so) {
        lock.lock();
        try {
            var end = line.now().plus(patience);
            for (boolean last = false; !so.getAsBoolean(); ) {
                // what came behind the news that ended the last wait is heard first
                if (!inbox.isEmpty()) {
                    heard(inbox.remove());
                    happened.signalAll();
                    continue;
                }
                if (bug.isPresent()) throw new IllegalStateException(bug.get());
                if (last) return false;
                var left = Duration.between(line.now(), end);
                last = !left.isPositive() || line.ended() || interrupted();
                hear(last ? Duration.ZERO : left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Hears what was told already.
    private void catchUp() {
        lock.lock();
        try {
            hear(Duration.ZERO);
            while (!inbox.isEmpty()) heard(inbox.remove());
            happened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for news. Of several threads one waits at the line, the others for what it hears.
    private void hear(Duration patience) {
        if (listening) {
            if (patience.isPositive()) wait(patience);
            return;
        }
        listening = true;
        lock.unlock();
        List<Object> told = List.of();
        try {
            told = line.told(patience);
        } finally {
            lock.lock();
            listening = false;
            happened.signalAll();
        }
        for (var each : told) switch (each) {
            case News news -> inbox.add(news);
            case Host.Died(_, var how) -> bug = Optional.of(how);
            default -> { }   // a phone tells nothing else
        }
    }

    private void wait(Duration patience) {
        try {
            happened.awaitNanos(patience.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(News news) {
        switch (news) {
            case News.Ready(var at) -> address = Optional.of(at);
            case News.NotReady(var wanted, var why) -> throw new Failed(500, wanted + ": " + why);
            case News.Registered _, News.NotRegistered _, News.Unregistered _ ->
                    registration = Optional.of(news);
            case News.Incoming(long number, var from, _) -> {
                var known = calls.get(number);   // one that takes the place of another
                var call = known != null ? known : new Call(number);
                call.peer = Optional.of(from);
                calls.put(number, call);
                if (known == null) incoming.add(call);
            }
            case News.Established(long number, var peer) -> {
                //  the phone itself calls those of whom it hears in a conference
                calls.computeIfAbsent(number, Call::new);
                with(number, call -> {
                    call.established = true;
                    call.peer = Optional.of(peer);
                });
            }
            case News.Session(long number, boolean sends, boolean receives) ->
                    with(number, call -> {
                        call.flowing = sends && receives;
                        call.toHear |= receives;
                    });
            case News.Heard(long number) -> with(number, call -> call.hearing = call.heard = true);
            case News.Silent(long number, _) -> with(number, call -> call.hearing = false);
            case News.Key(long number, char key) -> with(number, call -> call.keys.append(key));
            case News.Typed(long number, var text) -> with(number, call -> call.page.add(text));
            case News.Filmed film -> with(film.call(), call -> call.filmed = Optional.of(film));
            case News.Recorded(long number, var recording) ->
                    with(number, call -> call.recorded = recording);
            case News.Ended ended -> with(ended.call(), call -> {
                call.ended = Optional.of(ended);
                incoming.remove(call);
                calls.remove(call.number);
            });
            case News.Following(long number, long by, _) -> follows(number, by);
            case News.Transferred outcome -> with(outcome.call(), call ->
                    call.transferred = Optional.of(outcome));
            case News.Replaced(long number, long by) -> follows(number, by);
            case News.Joining(long number, long into) -> {
                var call = new Call(number);
                calls.put(number, call);
                with(into, old -> old.company.add(call));
            }
            case News.Identified(long number, var peer) ->
                    with(number, call -> call.peer = Optional.of(peer));
            case News.Message message -> messages.add(message);
            case News.Presence presence -> presences.add(presence);
            case News.Sent outcome -> sent.put(outcome.id(), outcome);
            case News.Meeting(var others) -> {
                met |= !others.isEmpty();
                meeting = others;
            }
            case News.Way way -> with(way.call(), call -> call.way = Optional.of(way));
            case News.WayLost(long number, _) ->
                    with(number, call -> call.way = Optional.empty());
            case News.Secured(long number, var how) ->
                    with(number, call -> call.secret = Optional.of(how));
            case News.InClear _, News.Progress _, News.Refused _, News.Warned _, News.Reached _,
                    News.OtherPort _, News.Unanswered _, News.Unseen _, News.Watcher _,
                    News.Referred _, News.Transferring _, News.Lapsed _, News.Measured _,
                    News.NotTyped _ -> { }
        }
        listener.accept(news);
    }

    /// A call comes of another.
    private void follows(long number, long next) {
        var call = new Call(next);
        calls.put(next, call);
        with(number, old -> old.next = Optional.of(call));
    }

    private void with(long number, Consumer<Call> what) {
        Optional.ofNullable(calls.get(number)).ifPresent(what);
    }
}
