package p2psip.std;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What protocol code may not do: the rules of the house that a compiler does not know.
@AnalyzeClasses(packages = "p2psip.std", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /// Of the JDK the module `java.base`, which the compiler sees to.
    @ArchTest static final ArchRule std_knows_only_the_jdk_and_itself = classes()
            .should().onlyDependOnClassesThat().resideInAnyPackage(
                    "java..", "javax.crypto..", "javax.security.auth.x500..", "p2psip.std..");

    @ArchTest static final ArchRule std_reads_no_clock = noClasses()
            .should().callMethodWhere(target(owner(resideInAPackage("java.time.."))).and(
                    target(nameMatching("now|system.*|tick.*"))))
            .orShould().callMethodWhere(target(owner(type(System.class))).and(
                    target(nameMatching("nanoTime|currentTimeMillis"))))
            .orShould().callConstructor(java.util.Date.class);

    @ArchTest static final ArchRule std_starts_no_thread_and_takes_no_lock = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage("java.util.concurrent..")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.Thread")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.Timer");

    @ArchTest static final ArchRule std_does_no_io = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage("java.nio.channels..",
                    "java.nio.file..", "java.net.http..")
            .orShould().dependOnClassesThat().haveNameMatching(
                    "java\\.net\\..*(Socket|Interface|Connection)|java\\.io\\.File.*");

    //= rfc4566#7-3 what parses a description, like all the rest, can start no other software
    @ArchTest static final ArchRule std_starts_no_program = noClasses()
            .should().dependOnClassesThat().haveNameMatching(
                    "java\\.lang\\.(Process|ProcessBuilder|Runtime)");

    /// [java.net.InetAddress#ofLiteral] is what parsers use; these ask a name server.
    @ArchTest static final ArchRule std_asks_no_name_server = noClasses()
            .should().callMethodWhere(target(nameMatching("getByName|getAllByName|getLocalHost"
                    + "|isReachable|getHostName|getCanonicalHostName"))
                    .and(target(owner(resideInAPackage("java.net")))))
            .orShould().callConstructor(java.net.InetSocketAddress.class, String.class, int.class);

    @ArchTest static final ArchRule std_rolls_no_dice_of_its_own = noClasses()
            .should().dependOnClassesThat().haveNameMatching(
                    "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)"
                    + "|java\\.security\\.SecureRandom")
            .orShould().callMethodWhere(target(name("random")).and(target(owner(type(Math.class)))))
            .orShould().callMethodWhere(target(name("randomUUID")))
            .orShould().callMethodWhere(target(owner(type(java.util.random.RandomGenerator.class)))
                    .and(target(nameMatching("of|getDefault"))));

    @ArchTest static final ArchRule packages_of_std_have_no_cycles =
            slices().matching("p2psip.std.(**)").should().beFreeOfCycles();

    @ArchTest static final ArchRule the_kernel_knows_no_protocol = noClasses()
            .that().resideInAPackage("p2psip.std")
            .should().dependOnClassesThat().resideInAPackage("p2psip.std.*..");

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> type(Class<?> of) {
        return JavaClass.Predicates.type(of);
    }
}
