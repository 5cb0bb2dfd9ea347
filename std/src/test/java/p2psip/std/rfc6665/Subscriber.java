package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.ua.*;

/// A subscription of ours, with all forks that have taken it: each has a dialog of its own.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.1 RFC 6665 §4.1
final class Subscriber implements Usage {
    private static final Duration EXPIRES = Duration.ofHours(1);

    private final long number;
    private final Self self;
    private final String event;
    private final Outbox<Output> out = new Outbox<>();
    private final SequencedMap<Dialog, Instant> refreshes = new LinkedHashMap<>();
    /// Timer N: until then others may take it.
    private Instant forks = Instant.MAX;
    private boolean over;

    Subscriber(long number, Self self, String event) {
        this.number = number;
        this.self = self;
        this.event = event;
    }

    @Override public String name() { return "subscription"; }

    @Override public boolean terminated() { return over; }

    @Override public boolean takes(Request request, Optional<Dialog> dialog) {
        return request.is("NOTIFY") && Subscriptions.event(request).equals(event)
                && dialog.map(refreshes::containsKey).orElse(forks.isBefore(Instant.MAX));
    }

    @Override public Instant deadline() {
        return Stream.concat(Stream.of(forks), refreshes.values().stream())
                .min(Comparator.naturalOrder()).orElseThrow();
    }

    @Override public List<Output> wake(Instant now) {
        if (!forks.isAfter(now)) {
            forks = Instant.MAX;
            endIfAlone(408);
        }
        for (var dialog : List.copyOf(refreshes.keySet()))
            if (!refreshes.get(dialog).isAfter(now)) {
                refreshes.put(dialog, Instant.MAX);
                out.add(new Output.Ask(self.ask(), wish(dialog.request("SUBSCRIBE")), dialog));
            }
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(var command) -> {
                if (command instanceof Subscriptions.Command.Subscribe subscribe) {
                    forks = now.plus(self.times().t1x64());
                    out.add(new Output.Ask(self.ask(),
                            wish(self.request("SUBSCRIBE", subscribe.uri()))));
                }
            }
            case Input.Answered(_, var response, var dialog, _) -> {
                if (response.success()) dialog.ifPresent(d -> granted(d, response.first("Expires"),
                        now));
                else if (response.status() >= 300 && refreshes.isEmpty()) end(response.status());
            }
            case Input.Received(var id, var request, var dialog, _) ->
                    notified(id, request, dialog.orElseThrow(), now);
            case Input.DialogEnded(var dialog, int status) -> {
                refreshes.remove(dialog);
                endIfAlone(status);
            }
            case Input.Acknowledged _, Input.Cancelled _, Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    private Request wish(Request subscribe) {
        return subscribe.with("Event", event).with("Expires", "" + EXPIRES.toSeconds());
    }

    private void granted(Dialog dialog, Optional<String> expires, Instant now) {
        long seconds = expires.map(Long::parseLong).orElse(EXPIRES.toSeconds());
        refreshes.put(dialog, now.plusSeconds(seconds * 9 / 10));
    }

    private void notified(TransactionId id, Request notify, Dialog dialog, Instant now) {
        out.add(new Output.Respond(id, self.reply(notify, 200)));
        var state = notify.need("Subscription-State");
        out.add(new Output.Told(new Subscriptions.Event.Notified(
                number, dialog.id().remoteTag(), state)));
        if (state.startsWith("terminated")) {
            refreshes.remove(dialog);
            endIfAlone(200);
        } else if (!refreshes.containsKey(dialog)) granted(dialog, Optional.of(state)
                .filter(s -> s.contains("expires=")).map(s -> s.replaceAll(".*expires=", "")), now);
    }

    private void endIfAlone(int status) {
        if (refreshes.isEmpty() && forks.equals(Instant.MAX)) end(status);
    }

    private void end(int status) {
        forks = Instant.MAX;
        refreshes.clear();
        over = true;
        out.add(new Output.Told(new Subscriptions.Event.Ended(number, status)));
    }
}
