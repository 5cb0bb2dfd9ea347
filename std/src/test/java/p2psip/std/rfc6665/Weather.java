package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.ua.*;

/// A package to test with: the weather. Alice says it to bob, carol has to wait, dave is told a
/// tale, and mallory is refused. And how a ladder speaks of events.
record Weather(String text) implements Document {
    static final String TYPE = "text/weather";

    static final EventPackage PACKAGE = new EventPackage("weather", Duration.ofMinutes(10),
            List.of(TYPE), Duration.ofSeconds(5), EventPackage.Forking.ALL, new Weather("fog"),
            new Weather("fog"))
            .watchedBy(watcher -> switch (((SipUri) watcher.uri()).user()) {
                case "carol" -> Access.PENDING;
                case "dave" -> Access.BLOCKED;
                case "mallory" -> Access.REFUSED;
                default -> Access.ALLOWED;
            });

    /// Of which only the first fork is kept, and which cannot be watched here.
    static final EventPackage FIRST = new EventPackage("first", Duration.ofMinutes(10),
            List.of(TYPE), Duration.ofSeconds(5), EventPackage.Forking.FIRST, Document.NONE,
            Document.NONE);

    @Override public Optional<Content> whole(long version) { return said(version + ":" + text); }

    @Override public Optional<Content> news(Document told, long version) {
        return told instanceof Weather ? said(version + ":+" + text) : Optional.empty();
    }

    private static Optional<Content> said(String text) {
        return Optional.of(new Content(TYPE, Bytes.utf8(text)));
    }

    static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            long number = Long.parseLong(words[1]);
            return switch (words[0]) {
                case "subscribe" -> new Subscriber.Command.Subscribe(number, words[2], words[3],
                        words.length < 5 ? Optional.empty()
                                : Optional.of(Duration.ofSeconds(Long.parseLong(words[4]))));
                case "fetch" -> new Subscriber.Command.Fetch(number, words[2], words[3]);
                case "refresh" -> new Subscriber.Command.Refresh(number);
                case "unsubscribe" -> new Subscriber.Command.Unsubscribe(number);
                case "publish" -> new Publish(number, "weather", new Weather(words[2]));
                case "decide" -> new Notifier.Command.Decide(number, Access.valueOf(words[2]));
                case "end" -> new Notifier.Command.End(number, Reason.valueOf(words[2]),
                        words.length < 4 ? Optional.empty()
                                : Optional.of(Duration.ofSeconds(Long.parseLong(words[3]))));
                default -> throw new IllegalArgumentException(String.join(" ", words));
            };
        }

        @Override public String text(Usage.Event event) { return Weather.text(event); }
    };

    static String text(Usage.Event event) {
        return switch (event) {
            case Subscriber.Event.Notified(long n, var fork, var state, var body) ->
                    "Notified " + n + " " + fork + " " + state
                            + body.map(b -> " " + b.bytes().utf8()).orElse("");
            case Subscriber.Event.Waiting(long n, var why, var pause) ->
                    "Waiting " + n + " " + why + " " + pause.toSeconds();
            case Subscriber.Event.Ended(long n, var why) -> "Ended " + n + " " + why;
            case Notifier.Event.Watching(long n, _, var watcher, var access, var state) ->
                    "Watching " + n + " " + ((SipUri) watcher.uri()).user() + " " + access + " "
                            + state;
            case Challenged(long n, var realm) -> "Challenged " + n + " " + realm;
            default -> throw new AssertionError(event);
        };
    }

    static CallFlow play(String ladder) {
        return CallFlow.play(List.of(new Subscriptions(
                List.of(PACKAGE, FIRST), new SplittableRandom(7))), WORDS, ladder);
    }
}
