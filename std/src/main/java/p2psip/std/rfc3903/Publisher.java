package p2psip.std.rfc3903;

import module java.base;
import p2psip.std.*;
import p2psip.std.SyntaxException;
import p2psip.std.rfc3261.Grammar;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;

/// What we say of our state to somebody who tells others: kept there until the program removes it.
///
/// The name that it has there changes with each answer. As long as one is awaited nothing else is
/// sent: what was said in between is sent next, the last of it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3903#section-4 RFC 3903 §4
public final class Publisher implements Usage {
    static final String METHOD = "PUBLISH";

    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofDays(30);

    /// What the program asks for.
    public sealed interface Command extends Usage.Command {

        /// Say how things are, and keep it said.
        ///
        /// @param event the package
        record Publish(long usage, String uri, String event, Content state, Duration expires)
                implements Command {}

        /// Things are otherwise now.
        record Modify(long usage, Content state) implements Command {}

        /// Nothing is to be known any more.
        record Remove(long usage) implements Command {}
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// It is kept for some time; told after each modification.
        record Published(long usage, Duration expires) implements Event {}

        /// It is not kept now, but is tried again.
        record Failed(long usage, int status, Duration pause) implements Event {}

        /// It is not kept, and never will be.
        record Ended(long usage, int status) implements Event {}
    }

    /// WAITING is for another try.
    enum State implements Cited {
        @Section("4.2") PUBLISHING, @Section("4.3") PUBLISHED, @Section("5") WAITING,
        @Section("4.5") REMOVING, @Section("4.5") TERMINATED
    }

    private final Command.Publish wish;
    private final Self self;
    private final Outbox<Output> out = new Outbox<>();
    private State state = State.PUBLISHING;
    private Content content;
    private Duration expires;
    private Optional<String> tag = Optional.empty();
    /// Whether what is there is not what it should be.
    private boolean changed = true;
    private boolean unwanted;
    private Duration pause = Duration.ZERO;
    private Instant due = Instant.MAX;

    Publisher(Command.Publish wish, Self self) {
        this.wish = wish;
        this.self = self;
        content = wish.state();
        expires = wish.expires();
    }

    @Override public String name() { return "publication"; }

    @Override public boolean terminated() { return state == State.TERMINATED; }

    @Override public Instant deadline() { return due; }

    @Override public List<Output> wake(Instant now) {
        if (!due.isAfter(now)) publish(now);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(Command.Publish _) -> publish(now);
            case Input.Asked(Command.Modify(_, var next)) -> {
                changed |= !next.equals(content);
                content = next;
                if (changed && state == State.PUBLISHED) publish(now);
            }
            case Input.Asked(Command.Remove _) -> {
                unwanted = true;
                if (state == State.PUBLISHED) remove(now);
                else if (state == State.WAITING) end(200, now);
            }
            case Input.Answered(_, var response, _, _) -> {
                if (!response.provisional()) answered(response, now);
            }
            case Input.Asked _, Input.Received _, Input.Acknowledged _, Input.Cancelled _,
                    Input.DialogEnded _, Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    /// Every state owns its timer.
    private void enter(State next, Instant now) {
        state = next;
        due = switch (next) {
            case PUBLISHED, WAITING -> now.plus(pause);
            case PUBLISHING, REMOVING, TERMINATED -> Instant.MAX;
        };
        out.add(new Output.Changed(next));
    }

    /// For the first time, or again, or for longer.
    private void publish(Instant now) {
        //= rfc3903#4-6 never before the final response to the previous one
        enter(State.PUBLISHING, now);
        //= rfc3903#4.2-3,4 an initial one has a body and says how long
        //= rfc3903#4.4-2,4 and so has one that modifies
        //= rfc3903#4.3-3,4 one that refreshes has none
        boolean body = changed || tag.isEmpty();
        changed = false;
        //= rfc3903#4.2-2 as long as there is an entity-tag, what it names is modified
        send(expires, body);
    }

    private void remove(Instant now) {
        enter(State.REMOVING, now);
        //= rfc3903#4.5-1,2 Expires 0, and no body
        send(Duration.ZERO, false);
    }

    private void send(Duration lasting, boolean body) {
        try {
            //= rfc3903#4.1-1 one Event
            var request = self.request(METHOD, wish.uri())
                    .with("Event", wish.event())
                    .with("Expires", Long.toString(lasting.toSeconds()));
            //= rfc3903#4.1-2,3 SIP-If-Match: the tag of what is refreshed, modified, removed
            //= rfc3903#4.3-1 the tag that it was given last
            //= rfc3903#4.2-1 the initial one has none
            if (tag.isPresent()) request = request.with("SIP-If-Match", tag.get());
            //= rfc3903#4.1-4 the state is in the body
            //= rfc3903#4.4-1 with the tag of the state that it modifies
            if (body) request = request.withBody(content.type(), content.bytes());
            //= rfc3903#14.1-2 who asks for a password by Digest gets it from the user agent
            out.add(new Output.Ask(self.ask(), request));
        } catch (SyntaxException e) {
            end(400, Instant.EPOCH);
        }
    }

    private void answered(Response response, Instant now) {
        if (state == State.REMOVING) end(response.success() ? 200 : response.status(), now);
        else if (response.success()) published(response, now);
        else failed(response, now);
    }

    private void published(Response response, Instant now) {
        //= rfc3903#4.3-2 the new name replaces the old one
        //= rfc3903#4.4-3 after each modification
        tag = response.first("SIP-ETag");
        var lasting = seconds(response, "Expires").orElse(expires);
        pause = lasting.multipliedBy(9).dividedBy(10);
        if (tag.isEmpty() || lasting.isZero()) {
            failed(response, now);
            return;
        }
        enter(State.PUBLISHED, now);
        out.add(new Output.Told(new Event.Published(wish.usage(), lasting)));
        if (unwanted) remove(now);
        else if (changed) publish(now);
    }

    private void failed(Response response, Instant now) {
        int status = response.status();
        var least = seconds(response, "Min-Expires").orElse(Duration.ZERO);
        if (unwanted) end(status, now);
        else if (status == 412 && tag.isPresent()) {
            //= rfc3903#5-1,3 after a 412 that entity-tag is good for nothing
            tag = Optional.empty();
            //= rfc3903#5-2 so there is an initial publication
            publish(now);
        } else if (status == 423 && least.compareTo(expires) > 0
                && least.compareTo(LONGEST) <= 0) {
            //= rfc3903#5-4 for at least as long as Min-Expires says
            expires = least;
            changed = true;
            publish(now);
        } else if (response.success() || status == 408 || status / 100 == 5) {
            changed = true;
            var wait = seconds(response, "Retry-After").orElse(Duration.ZERO);
            pause = Collections.max(List.of(wait, RETRY));
            enter(State.WAITING, now);
            out.add(new Output.Told(new Event.Failed(wish.usage(), status, pause)));
        } else end(status, now);
    }

    private void end(int status, Instant now) {
        enter(State.TERMINATED, now);
        out.add(new Output.Told(new Event.Ended(wish.usage(), status)));
    }

    private static Optional<Duration> seconds(Response response, String name) {
        return response.first(name).map(value -> value.split("[^0-9]", 2)[0])
                .filter(text -> Grammar.isNumber(text, 0xffffffffL))
                .map(Long::parseLong).map(Duration::ofSeconds);
    }
}
