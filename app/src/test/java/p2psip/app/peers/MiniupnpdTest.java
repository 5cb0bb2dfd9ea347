package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A node at home gets a port from a real router in each language, others join it there by its
/// invitation, and it gives the port back when it ends.
@Tag("peer")
class MiniupnpdTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir Path folder;
    private Lab lab;
    private Programs programs;

    @BeforeEach void begin() {
        Programs.assumeNight();
        Lab.assumePossible();
        for (var program : List.of("miniupnpd", "nft")) Programs.assumeThere(program);
        lab = new Lab("11.0.0.");   // its router would not take 203.0.113.0/24 for public
        programs = new Programs(folder);
    }

    @AfterEach void end() {
        if (lab == null) return;   // there can be none
        programs.close();
        lab.close();
    }

    private void router(Lab.Gate gate, boolean pcp, boolean upnp) throws Exception {
        var rules = Files.writeString(folder.resolve("rules.nft"), """
                table inet filter {
                    chain miniupnpd { }
                    chain prerouting_miniupnpd { }
                    chain postrouting_miniupnpd { }
                    chain forward { type filter hook forward priority 0; policy accept;
                        jump miniupnpd; }
                    chain prerouting { type nat hook prerouting priority -100; policy accept;
                        jump prerouting_miniupnpd; }
                    chain postrouting { type nat hook postrouting priority 99; policy accept;
                        jump postrouting_miniupnpd; }
                }
                """);
        assertThat(on(gate.namespace(), "nft", "-f", "" + rules)).isEmpty();
        var settings = Files.writeString(folder.resolve("miniupnpd.conf"), """
                ext_ifname=%s
                listening_ip=%s
                enable_natpmp=%s
                enable_upnp=%s
                secure_mode=yes
                http_port=5000
                uuid=00000000-0000-0000-0000-000000000001
                allow 1024-65535 192.168.1.0/24 1024-65535
                """.formatted(gate.outside(), gate.inside(), pcp ? "yes" : "no",
                upnp ? "yes" : "no"));
        programs.start(Lab.on(gate.namespace(), List.of("miniupnpd", "-d", "-f", "" + settings,
                "-P", "" + folder.resolve("pid"))).toArray(String[]::new));
        programs.says(pcp ? "Listening for NAT-PMP/PCP" : "HTTP listening on");
    }

    /// Runs a command to its end; answers what it has written.
    private static String on(String namespace, String... command) throws Exception {
        var process = new ProcessBuilder(Lab.on(namespace, List.of(command)))
                .redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }

    private static List<String> p2psip(String... words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp",
                System.getProperty("surefire.test.class.path",
                        System.getProperty("java.class.path")), "p2psip.app.p2psip.Main"));
        command.addAll(List.of(words));
        return command;
    }

    @ParameterizedTest @CsvSource({"PCP,true,false", "NAT-PMP,true,false", "UPnP,false,true"})
    void a_node_at_home_is_reached_and_lets_go(String language, boolean pcp, boolean upnp)
            throws Exception {
        var home = lab.home(Lab.Kind.CONE, false);
        var gate = lab.gate(home);
        router(gate, pcp, upnp);
        if (language.equals("NAT-PMP")) deafenToPcp(gate);
        var alices = "" + folder.resolve("alice");
        programs.start(Lab.on(home, p2psip("-s", "--home", alices, "-P", "5063"))
                .toArray(String[]::new));
        var alice = programs.last();
        programs.says("others reach this node at " + gate.address()
                + ":5063: its router lets them in (192.168.1.1 by " + language + ")",
                Duration.ofMinutes(2));
        System.out.println("miniupnpd: a port by " + language);
        assertThat(mappings(gate)).contains("dnat", "192.168.1.5:5063");
        var line = on(home.namespace(), p2psip("invite", "--home", alices)
                .toArray(String[]::new)).lines().filter(each -> each.startsWith("p2psip:join?"))
                .findFirst().orElseThrow();

        var friend = lab.open();
        var bobs = "" + folder.resolve("bob");
        programs.start(Lab.on(friend, p2psip("join", line, "--home", bobs))
                .toArray(String[]::new));
        var end = System.nanoTime() + PATIENCE.toNanos();
        String peers;
        do peers = on(friend.namespace(), p2psip("peers", "--home", bobs).toArray(String[]::new));
        while (!peers.contains("serves") && System.nanoTime() < end);
        assertThat(peers).containsPattern(Pattern.quote(gate.address() + ":5063") + "\\s+serves");

        alice.destroy();
        assertThat(alice.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(mappings(gate)).doesNotContain("dnat");
    }

    private static String mappings(Lab.Gate gate) throws Exception {
        return on(gate.namespace(), "nft", "list", "chain", "inet", "filter",
                "prerouting_miniupnpd");
    }

    /// This router speaks both, so what is of PCP (version 2) does not get to it.
    private static void deafenToPcp(Lab.Gate gate) throws Exception {
        assertThat(on(gate.namespace(), "nft", "add chain inet filter input"
                + " { type filter hook input priority 0; policy accept; }")).isEmpty();
        assertThat(on(gate.namespace(), "nft", "add rule inet filter input udp dport 5351"
                + " @th,64,8 2 drop")).isEmpty();
    }
}
