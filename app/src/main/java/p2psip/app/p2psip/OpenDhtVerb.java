package p2psip.app.p2psip;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.trace.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `opendht`: values in the hash table that Savoir-faire Linux has built for the world.
@Command(name = "opendht", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Put values into OpenDHT and get them, by a node of it that serves us: dhtnode --proxyserver"
            + " PORT. Needs no node of ours.",
    "What is put is signed by the key of this home's node and lies under a hash of its key; of what"
            + " is there only what somebody has signed for that key is shown. It is forgotten"
            + " there after ten minutes.",
    "Exit code 0 if that was done, 1 if there is none or nobody answers, 2 for a mistake."})
public final class OpenDhtVerb implements Verb {
    private static final Duration PATIENCE = OpenDhtLookup.PATIENCE.plusSeconds(2);

    @Spec private CommandSpec spec;

    @Override public Integer call() { return Main.help(spec); }

    @Command(name = "put", mixinStandardHelpOptions = true,
            description = "Put a value under a key, in the place of what this home has put there.")
    int put(@Mixin Proxy proxy, @Option(names = "--ttl", paramLabel = "SECONDS",
                    defaultValue = "600", description = "How long it is good for, at most a week"
                    + " (default: ${DEFAULT-VALUE}); OpenDHT may forget it sooner.") int ttl,
            @Option(names = "--home", paramLabel = "DIR", description = "Whose key signs it"
                    + " (default: ~/.p2psip).") Path home,
            @Parameters(paramLabel = "KEY", description = "Any word: where it is to be found.")
            String key, @Parameters(paramLabel = "VALUE", description = "A text.") String value) {
        var record = record(owner(home == null ? Home.usual() : home), key, value, ttl);
        return proxy.ask(spec, new Query.Put(record), answer -> {
            spec.commandLine().getOut().println("put " + key + " of " + NodeId.of(record.owner())
                    + " until " + record.expires());
            return 0;
        });
    }

    @Command(name = "get", mixinStandardHelpOptions = true,
            description = "Print the values of a key, each with the key of who has signed it.")
    int get(@Mixin Proxy proxy, @Parameters(paramLabel = "KEY",
            description = "The word that it was put under.") String key) {
        return proxy.ask(spec, new Query.Get(key), answer -> {
            var living = living(answer);
            living.forEach(record -> spec.commandLine().getOut().println(text(record)));
            if (living.isEmpty()) spec.commandLine().getErr().println(
                    "p2psip: nothing is there under " + key + " that anybody has signed");
            return living.isEmpty() ? 1 : 0;
        });
    }

    @Command(name = "listen", mixinStandardHelpOptions = true, description = "Print the values of"
            + " a key, and each that is put from then on, until Ctrl-C.")
    int listen(@Mixin Proxy proxy, @Option(names = "--for", paramLabel = "SECONDS",
                    description = "Until so many seconds are over, then exit code 0.")
            Optional<Integer> seconds,
            @Parameters(paramLabel = "KEY", description = "The word to listen for.") String key) {
        var out = spec.commandLine().getOut();
        var shown = new HashSet<SignedRecord>();
        var end = Instant.now().plusSeconds(seconds.orElse(Integer.MAX_VALUE));
        return proxy.asked(spec, new Query.Watch(key), end, answer -> {
            if (!(answer instanceof Answer.Found(var records))) return OptionalInt.empty();
            records.stream().filter(shown::add).map(OpenDhtVerb::text).forEach(out::println);
            out.flush();
            return OptionalInt.empty();
        }).orElse(0);
    }

    private static SignedRecord record(Identity owner, String key, String value, int ttl) {
        if (value.length() > TextValue.MAX) throw new UserMistake("VALUE has " + value.length()
                + " characters: give at most " + TextValue.MAX);
        Numbers.within(1, SignedRecord.MAX_LIFETIME.toSeconds(), "--ttl", ttl);
        var now = Instant.now();
        try {
            return SignedRecord.sign(owner, key, TextValue.of(value), now.toEpochMilli(), now,
                    Duration.ofSeconds(ttl));
        } catch (SyntaxException e) {
            throw new UserMistake("KEY or VALUE cannot be put: " + e.getMessage());
        }
    }

    private static Identity owner(Path home) {
        try {
            return IdentityStore.open(home, new SecureRandom(), InstantSource.system())
                    .identity(Identity.NODE);
        } catch (IOException | UncheckedIOException e) {
            throw new UserMistake("no key in " + home + ": " + Why.of(e)
                    + "; name another folder with --home");
        }
    }

    private static List<SignedRecord> living(Answer answer) {
        return answer instanceof Answer.Found(var records)
                ? records.stream().filter(record -> !record.removed()).toList() : List.of();
    }

    private static String text(SignedRecord record) {
        return (record.removed() ? "(removed)" : Printer.visible(TextValue.text(record.value())))
                + "   of " + NodeId.of(record.owner()) + " until " + record.expires();
    }

    /// The node of theirs that is asked.
    static final class Proxy {
        @Option(names = "--proxy", paramLabel = "URL", defaultValue = "http://127.0.0.1:8080",
                description = "The node of OpenDHT that is asked (default: ${DEFAULT-VALUE}).")
        private String url;

        /// Asks once; what comes instead of an answer is a line for people, and code 1.
        int ask(CommandSpec spec, Query query, ToIntFunction<Answer> use) {
            return asked(spec, query, Instant.now().plus(PATIENCE),
                    answer -> OptionalInt.of(use.applyAsInt(answer))).orElseGet(() -> {
                        spec.commandLine().getErr().println("p2psip: nobody answers at " + url);
                        return 1;
                    });
        }

        /// Asks until a code comes of an answer, or the end of its time.
        OptionalInt asked(CommandSpec spec, Query query, Instant end,
                Function<Answer, OptionalInt> use) {
            var err = spec.commandLine().getErr();
            try (var host = new RealHost(RealHost.Options.of(Optional.empty(), trace -> {
                if (trace.what() instanceof Trace.What.Remark(_, var text, _))
                    err.println("p2psip: " + Printer.visible(text));
            }))) {
                var line = host.start("opendht",
                        room -> new Alone(new OpenDhtLookup(0, address(), room.wall())));
                line.command(new Lookup.Input.Ask(1, query));
                while (Instant.now().isBefore(end))
                    for (var told : line.told(Duration.between(Instant.now(), end))) {
                        if (!(told instanceof Lookup.Output.Told(_, var answer))) continue;
                        var code = answer instanceof Answer.Failed(_, var why)
                                ? failed(err, why) : use.apply(answer);
                        if (code.isPresent()) return code;
                    }
            }
            return OptionalInt.empty();
        }

        private static OptionalInt failed(PrintWriter err, String why) {
            err.println("p2psip: " + why);
            return OptionalInt.of(1);
        }

        private URI address() {
            try {
                var address = URI.create(url);
                if (Effect.Http.isWeb(address)) return address;
            } catch (IllegalArgumentException e) {
                // said below
            }
            throw new UserMistake("--proxy " + url
                    + " is no address of the web: give one as http://127.0.0.1:8080");
        }
    }
}
