package p2psip.app.p2psip;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.crypto.NodeId;
import p2psip.app.host.*;
import p2psip.app.lookup.Pins;
import p2psip.app.node.*;
import p2psip.app.web.Client;
import p2psip.std.rfc3261.server.Aor;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `p2psip id pins`: which keys a node believes for which addresses, whether it runs or not.
@Command(name = "pins", mixinStandardHelpOptions = true, description = {
    "Show or change which keys a node believes for which addresses, whether it runs or not.",
    "A key that claims an address alone is pinned when it is called first; nobody else is called"
            + " then. A key that the user has confirmed is called without a warning that others"
            + " claim the address, too. Compare keys with their owners: id list shows theirs."})
public final class PinsCommand implements Verb {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Spec private CommandSpec spec;

    @Override public Integer call() { return Main.help(spec); }

    @Command(name = "list", mixinStandardHelpOptions = true,
            description = "Print each address with each key that has claimed it.")
    int list(@Mixin Folder home) {
        return home.with((pins, _) -> {
            pins.forEach((aor, claims) -> claims.forEach(claim ->
                    spec.commandLine().getOut().println(aor + " " + claim)));
            if (pins.isEmpty()) spec.commandLine().getOut().println(
                    "nobody was called yet from " + home.folder);
        });
    }

    @Command(name = "drop", mixinStandardHelpOptions = true,
            description = "Forget the keys of an address: the next that is alone is pinned.")
    int drop(@Mixin Folder home, @Parameters(paramLabel = "ADDRESS",
            description = "Whose: sip:alice@example.com.") String address) {
        return home.with((pins, change) -> {
            claims(pins, address);
            change.accept(new Question.Drop(address));
        });
    }

    @Command(name = "confirm", mixinStandardHelpOptions = true,
            description = "Believe this key of an address, and no other.")
    int confirm(@Mixin Folder home,
            @Parameters(paramLabel = "ADDRESS", description = "Whose: sip:alice@example.com.")
            String address, @Parameters(paramLabel = "KEY", arity = "0..1", defaultValue = "",
                    description = "Which key: 40 digits, or how one that is listed begins; not"
                    + " needed if only one is.") String key) {
        return home.with((pins, change) -> {
            var chosen = key.length() == NodeId.DIGITS ? parse(key) : listed(pins, address, key);
            if (Aor.parse(address).isEmpty()) throw new UserMistake(
                    address + " is no address: give one such as sip:alice@example.com");
            change.accept(new Question.Confirm(address, chosen));
            spec.commandLine().getOut().println(address + " " + chosen);
        });
    }

    private static NodeId listed(
            Map<String, List<Pins.Claim>> pins, String address, String begin) {
        var keys = claims(pins, address).stream().map(Pins.Claim::key)
                .filter(key -> key.toString().startsWith(begin.toLowerCase(Locale.ROOT))).toList();
        if (keys.size() == 1) return keys.getFirst();
        throw new UserMistake((keys.isEmpty() ? "no key" : keys.size() + " keys") + " of " + address
                + (begin.isEmpty() ? "" : " begin with " + begin) + "; see id pins list");
    }

    private static NodeId parse(String key) {
        try {
            return NodeId.parse(key);
        } catch (p2psip.app.crypto.SyntaxException e) {
            throw new UserMistake(key + " is no key: " + e.getMessage());
        }
    }

    private static List<Pins.Claim> claims(Map<String, List<Pins.Claim>> pins, String address) {
        return Optional.ofNullable(pins.get(address)).orElseThrow(() -> new UserMistake(
                "no key is known of " + address + "; see id pins list"));
    }

    /// The folder of the node whose pins are meant.
    static final class Folder {
        @Option(names = "--home", paramLabel = "DIR",
                description = "The node's folder (default: ~/.p2psip).")
        private Path folder = Home.usual();

        /// Hands over what is known, and a way to change it.
        private int with(
                BiConsumer<Map<String, List<Pins.Claim>>, Consumer<Question.OfPins>> use) {
            if (!Files.isDirectory(folder)) throw new UserMistake(
                    "no node has lived in " + folder + "; name its folder with --home");
            Client.find(folder).ifPresentOrElse(node -> use.accept(claims(node),
                    change -> change(node, change)), () -> alone(use));
            return 0;
        }

        /// Of a node that runs.
        private static SortedMap<String, List<Pins.Claim>> claims(Client node) {
            var claims = new TreeMap<String, List<Pins.Claim>>();
            Running.list(node.get("pins"), "pins").forEach(pin -> claims
                    .computeIfAbsent(Running.text(pin, "address"), _ -> new ArrayList<>())
                    .add(new Pins.Claim(NodeId.parse(Running.text(pin, "key")),
                            Pins.Trust.valueOf(Running.text(pin, "trust").toUpperCase(Locale.ROOT)),
                            Instant.parse(Running.text(pin, "since")))));
            return claims;
        }

        private static void change(Client node, Question.OfPins change) {
            switch (change) {
                case Question.Confirm(var address, var key) -> {
                    var body = new JsonObject();
                    body.addProperty("key", "" + key);
                    node.put(body, "pins", address);
                }
                case Question.Drop(var address) -> node.delete("pins", address);
                case Question.Pinned _, Question.Decide _ ->
                        throw new IllegalArgumentException("changes no pin");
            }
        }

        /// Of a node that does not run: its home is ours meanwhile.
        private void alone(
                BiConsumer<Map<String, List<Pins.Claim>>, Consumer<Question.OfPins>> use) {
            try (var home = Home.free(folder).orElseThrow(() -> new UserMistake("a node runs in "
                        + folder + " that cannot be asked (--no-control): end it first"));
                    var host = new RealHost(RealHost.Options.of(Optional.of(home)))) {
                var line = host.start("node", room -> new PinBook(room.wall()));
                use.accept(((PinBook.Known) told(line)).claims(), change -> {
                    line.command(change);
                    told(line);
                });
            }
        }

        private Object told(Host.Line line) {
            return line.told(PATIENCE).stream().findFirst().filter(told ->
                    !(told instanceof Event.NotStored) && !(told instanceof Host.Died))
                    .orElseThrow(() -> new UserMistake(
                            "cannot read or write the store in " + folder + "; check --home"));
        }
    }
}
