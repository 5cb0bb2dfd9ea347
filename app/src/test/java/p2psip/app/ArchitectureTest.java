package p2psip.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import p2psip.app.p2psip.*;

/// Nodes speak to the world through their host alone, so that a simulated world is as good.
@AnalyzeClasses(packages = "p2psip.app", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /// Where the world begins: the parts of RealHost, what both hosts know of a node, and what
    /// opens files (a phone's options too: its name, and its sound; what a laboratory finds is
    /// written to some), finds the built pages and counts seconds for the command line. Beside a
    /// running node stand the file of its settings, which any thread may change, and the server
    /// where it can be asked, with who waits there for a node, who listens, and who asks, the
    /// annotated pages where they are built, and a simulated ring that goes on by the clock; and
    /// the programs that wait at the ends of pipes, with the port where their bytes come in; and
    /// the page that is a telephone, which is asked by threads. Programs of ten lines wait in a
    /// phone or a server, which have a lock, and threads, for that. Who adds to this list opens a
    /// door: say why here.
    private static final Set<String> EDGE = Set.of("host.RealHost", "host.Datagrams",
            "host.Associations", "host.Streams", "host.TcpConnection", "host.TlsConnection",
            "host.Tls", "host.Names", "host.WebClient", "web.PhonePage",
            "host.Disk", "host.StoreFile", "host.Home", "host.Sound", "host.Identities",
            "host.Interfaces", "host.Routes", "host.Resident", "host.Why", "crypto.IdentityStore",
            "p2psip.Tracing", "p2psip.UsersOption", "p2psip.TlsOption", "p2psip.StatsOption",
            "p2psip.TrunkOptions", "p2psip.SoundOptions", "p2psip.StreamOptions",
            "p2psip.SimDhtCommand", "p2psip.SimCompareCommand", "p2psip.SimPaperCommand",
            "p2psip.SimRingCommand", "p2psip.BuiltSite", "p2psip.Running", "p2psip.NodeProgram",
            "config.Store", "config.Settings", "web.Control", "web.Asker", "web.Events",
            "web.EventStream", "web.Plate", "web.SitePages", "web.RingStage", "web.Client",
            "web.PipeDoor", "web.OpenPipe", "pipe.PipeSockets", "pipe.PipeSocket",
            "pipe.PipeServer", "voip.Telephone", "api.SipServer", "api.Realms");

    /// All but the edge and the programs: verbs of the command line, which are faces for people.
    private static final DescribedPredicate<JavaClass> NODES = describe("are no edge or program",
            each -> {
                var top = top(each);
                return !(top.isEquivalentTo(Main.class) || top.isAssignableTo(Verb.class)
                        || EDGE.contains(top.getName().replace("p2psip.app.", "")));
            });

    private static JavaClass top(JavaClass nested) {
        return nested.getEnclosingClass().map(ArchitectureTest::top).orElse(nested);
    }

    @ArchTest static final ArchRule nodes_open_no_socket = noClasses().that(NODES)
            .should().dependOnClassesThat().resideInAnyPackage("java.nio.channels..",
                    "java.net.http..", "org.xbill..", "javax.sound..",
                    "org.h2..")
            .orShould().dependOnClassesThat()
            .haveNameMatching("java\\.net\\..*(Socket|Interface|Connection)");

    @ArchTest static final ArchRule the_web_alone_serves_http = noClasses().that()
            .resideOutsideOfPackage("p2psip.app.web..")
            .should().dependOnClassesThat().resideInAPackage("com.sun.net.httpserver..");

    @ArchTest static final ArchRule nothing_but_its_programs_knows_of_the_web = noClasses().that()
            .resideOutsideOfPackages("p2psip.app.web..", "p2psip.app.p2psip..")
            .should().dependOnClassesThat().resideInAPackage("p2psip.app.web..");

    @ArchTest static final ArchRule nodes_touch_no_file = noClasses().that(NODES)
            .should().dependOnClassesThat().resideInAPackage("java.nio.file..")
            .orShould().dependOnClassesThat().haveNameMatching("java\\.io\\.(File|Random).*");

    @ArchTest static final ArchRule nodes_ask_no_name_server = noClasses().that(NODES)
            .should().callMethodWhere(target(nameMatching("getByName|getAllByName|getLocalHost"
                    + "|isReachable|getHostName|getCanonicalHostName"))
                    .and(target(owner(resideInAPackage("java.net")))))
            .orShould().callConstructor(java.net.InetSocketAddress.class, String.class, int.class);

    @ArchTest static final ArchRule nodes_read_no_clock = noClasses().that(NODES)
            .should().callMethodWhere(target(owner(resideInAPackage("java.time.."))).and(
                    target(nameMatching("now|system.*|tick.*"))))
            .orShould().callMethodWhere(target(owner(type(System.class))).and(
                    target(nameMatching("nanoTime|currentTimeMillis"))));

    @ArchTest static final ArchRule nodes_start_no_thread = noClasses().that(NODES)
            .should().dependOnClassesThat().haveFullyQualifiedName("java.lang.Thread")
            .orShould().dependOnClassesThat().resideInAnyPackage("java.util.concurrent..");

    @ArchTest static final ArchRule nodes_roll_no_dice_of_their_own = noClasses().that(NODES)
            .and(describe("are not where simulated dice come from, or dressed as secure ones",
                    each -> !Set.of("p2psip.app.host.Network", "p2psip.app.host.SimHost",
                            "p2psip.app.host.NatBox", "p2psip.app.crypto.KeyPairs",
                            "p2psip.app.crypto.MediaCertificate", "p2psip.app.sim.RingTrial",
                            "p2psip.app.sim.RingWorld")
                            .contains(top(each).getName())))
            .should().dependOnClassesThat().haveNameMatching("java\\.util\\.(Random"
                    + "|SplittableRandom)|java\\.security\\.SecureRandom")
            .orShould().callMethodWhere(target(nameMatching("random|randomUUID")).and(target(
                    owner(resideInAPackage("java..")))));

    @ArchTest static final ArchRule packages_of_app_have_no_cycles =
            slices().matching("p2psip.app.(*)..").should().beFreeOfCycles();
}
