package p2psip.tools.htmlify;

import module java.base;
import p2psip.app.host.Network;
import p2psip.app.node.Demonstration;
import p2psip.app.trace.*;
import p2psip.app.trace.Trace.What;
import p2psip.tools.rfc.Sources;

/// The pictures of the README, each by its file: drawn from the sources and from a simulated call,
/// and checked in, for whoever has built nothing yet sees them.
final class Pictures {
    /// Where they lie in a clone of the repository.
    static final String FOLDER = "docs/pictures";

    private static final Path SHOWN = Path.of("std/src/main/java/p2psip/std/rfc3261",
            "InviteClientTransaction.java");
    private static final long SEED = 1;
    private static final Pattern STATES = Pattern.compile("(incoming )?call \\d+");
    private static final Pattern SIZE =
            Pattern.compile(" width=\"([0-9.]+)\" height=\"([0-9.]+)\"");
    private static final int MARGIN = 14;

    private Pictures() {}

    static Map<String, String> of(Sources sources) {
        return new TreeMap<>(Map.of("page.svg", new PagePicture(sources, SHOWN).svg("received"),
                "ladder.svg", ladder()));
    }

    /// One call of the demonstration, without the states that are of a single request.
    private static String ladder() {
        var traces = new ArrayList<Trace>();
        var network = new Network(SEED, traces::add);
        try (var demonstration = new Demonstration(
                address -> network.host(address.getHostAddress()), Demonstration.PLACES,
                Optional.empty())) {
            demonstration.register();
            traces.clear();
            demonstration.call();
            var ladder = new Ladder();
            traces.stream().filter(trace -> isShown(trace.what())).forEach(ladder);
            var title = "A call between two phones over two nodes, as a ladder";
            var drawn = ladder.svg(title, _ -> "");
            var size = SIZE.matcher(drawn);
            if (!size.find()) throw new IllegalStateException("a drawing has a size");
            return PagePicture.frame(title, Double.parseDouble(size.group(1)) + 2 * MARGIN,
                    Double.parseDouble(size.group(2)) + 2 * MARGIN,
                    drawn.replaceFirst("<svg ", "<svg x=\"" + MARGIN + "\" y=\"" + MARGIN + "\" "));
        }
    }

    private static boolean isShown(What what) {
        return switch (what) {
            case What.State(var machine, _) -> STATES.matcher(machine).matches();
            case What.Message m -> switch (m.protocol()) {
                case "SIP", "RTP" -> true;
                case "DHT" -> Stream.of("Route Get", "Values").anyMatch(m.summary()::startsWith);
                default -> false;
            };
            case What.Remark _, What.Sealed _, What.Wire _ -> false;
        };
    }

    /// Writes them into a clone of the repository.
    static List<Path> write(Sources sources) throws IOException {
        var written = new ArrayList<Path>();
        for (var picture : of(sources).entrySet()) {
            var file = sources.root().resolve(FOLDER, picture.getKey());
            Files.createDirectories(file.getParent());
            written.add(Files.writeString(file, picture.getValue()));
        }
        return written;
    }
}
