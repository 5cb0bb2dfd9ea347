package p2psip.tools.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Files of one package that need each other, all or none of which a reader can understand.
class CirclesTest {

    /// Those that are one thing in several files, each with the reason. Who adds to this list ties
    /// a knot: say why here.
    private static final Map<String, String> NATURAL = Map.ofEntries(
            Map.entry("std.rfc2396: OpaqueUri SipUri SipUriEquality TelUri Uri",
                    "a sealed family: a URI is parsed as one of its kinds"),
            Map.entry("std.rfc3261: CSeq Message Parser Printer SyntaxException Via",
                    "its own methods parse and print a message, and what is wrong names it"),
            Map.entry("std.rfc3261: Core Stack TransactionLayer TransportLayer",
                    "what one layer says goes on unchanged, so it has its neighbours' words too"),
            Map.entry("std.rfc3611: ExtendedReport VoipMetrics XrCodec",
                    "a report is read and written by its codec, and metrics are one of its blocks"),
            Map.entry("std.rfc4566: Media Parser SessionDescription",
                    "a description is parsed by its own methods"),
            Map.entry("app.capture: Capture PcapReader PcapngReader",
                    "a capture is read by the reader of its format"),
            Map.entry("app.crypto: Contact SignedRecord",
                    "a record is sealed over what it can hold"),
            Map.entry("app.dht: Codec Message",
                    "a message is parsed and encoded by its own methods"),
            Map.entry("app.p2p: DuplexStream Link Links Sending Streams",
                    "a Link and its streams answer in the words of all of them, which are what the"
                            + " node hears"),
            Map.entry("app.pipe: PipeServer PipeSocket PipeSockets",
                    "who accepts a pipe and who makes one have the same node behind them"),
            Map.entry("std.rfc8489: Guard LongTermKeys",
                    "the usual users of a guard are those whose keys it asks for"),
            Map.entry("std.rfc8656: TurnAttribute TurnCodec",
                    "an attribute is read and written by its codec"),
            Map.entry("std.xml: Element Event Parser Printer Tree",
                    "an element is parsed and printed by its own methods, and an event has its"
                            + " name and attributes as one without children"),
            Map.entry("std.rfc8656: Allocation Request TurnServer",
                    "the server's parts answer in its words"),
            Map.entry("app.host: Associations Datagrams Disk Identities Names RealHost Sound"
                    + " Streams TcpConnection TlsConnection WebClient",
                    "the edge: its parts run beside the loop and post to it"),
            Map.entry("app.host: NatBox Network Realm SimAssociation SimHost SimRequest SimSite"
                    + " SimStream",
                    "the simulated world is one: hosts, their routers, and what is between"));

    @Test void no_files_of_one_package_need_each_other_but_those_that_are_one_thing() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("p2psip");
        var needs = new TreeMap<String, Set<String>>();
        for (var each : classes) {
            var from = top(each);
            for (var dependency : each.getDirectDependenciesFromSelf()) {
                var to = top(dependency.getTargetClass());
                if (to.getPackageName().equals(from.getPackageName()) && !to.equals(from))
                    needs.computeIfAbsent(from.getName(), _ -> new TreeSet<>()).add(to.getName());
            }
        }
        assertThat(new Knots(needs).found().stream().map(CirclesTest::names))
                .containsExactlyInAnyOrderElementsOf(NATURAL.keySet());
    }

    /// `std.rfc4566: Media Parser`.
    private static String names(Set<String> knot) {
        var room = knot.iterator().next().replaceAll("^p2psip\\.|\\.\\w+$", "");
        return room + ": " + knot.stream().map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.joining(" "));
    }

    private static JavaClass top(JavaClass nested) {
        return nested.getEnclosingClass().map(CirclesTest::top)
                .orElse(nested.getBaseComponentType());
    }

    /// The sets of names that all lead to each other (Tarjan, 1972).
    private static final class Knots {
        private final Map<String, Set<String>> needs;
        private final Map<String, Integer> order = new HashMap<>(), low = new HashMap<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final Set<Set<String>> found = new LinkedHashSet<>();

        Knots(Map<String, Set<String>> needs) { this.needs = needs; }

        Set<Set<String>> found() {
            for (var name : needs.keySet()) if (!order.containsKey(name)) visit(name);
            return found;
        }

        private void visit(String name) {
            order.put(name, order.size());
            low.put(name, order.get(name));
            open.push(name);
            for (var next : needs.getOrDefault(name, Set.of())) {
                if (!order.containsKey(next)) {
                    visit(next);
                    low.merge(name, low.get(next), Math::min);
                } else if (open.contains(next)) low.merge(name, order.get(next), Math::min);
            }
            if (!low.get(name).equals(order.get(name))) return;
            var knot = new TreeSet<String>();
            while (!knot.contains(name)) knot.add(open.pop());
            if (knot.size() > 1) found.add(knot);
        }
    }
}
