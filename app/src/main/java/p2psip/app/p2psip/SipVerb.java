package p2psip.app.p2psip;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.Validator.Verdict;
import p2psip.std.rfc4475.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `sip`: looks at SIP messages.
@Command(name = "sip", mixinStandardHelpOptions = true,
        description = "Look at SIP messages in files.", subcommands = SipVerb.Check.class)
public final class SipVerb implements Verb {
    @Spec CommandSpec spec;

    @Override public Integer call() { return Main.help(spec); }

    /// `sip check FILE...`: a message per file, and what its sender is owed.
    @Command(name = "check", mixinStandardHelpOptions = true, description = {
        "Say of the SIP message in each file whether it is right, and what its sender is owed.",
        "Each file is read as a datagram is, and gets a line: `FILE: ok METHOD|STATUS`, perhaps"
                + " with what its sender left out that nobody needs; or `FILE: 400 reason` with the"
                + " status owed to the sender, or `FILE: drop reason` if nothing can be answered."
                + " Exit code 0 if all are ok, 1 if not, 2 for a mistake."})
    static final class Check implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "FILE", description = "One SIP message each.")
        List<Path> files;
        @Spec CommandSpec spec;

        @Override public Integer call() {
            boolean ok = true;
            for (var file : files) {
                var verdict = judge(read(file));
                ok &= verdict instanceof Verdict.Fine;
                spec.commandLine().getOut().println(file + ": " + text(verdict));
            }
            return ok ? 0 : 1;
        }

        private static Verdict judge(Bytes bytes) {
            var verdict = Validator.read(bytes);
            return verdict instanceof Verdict.Fine(var message)
                    ? Fields.verdict(message) : verdict;
        }

        private static String text(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Fine(Request r) -> "ok " + r.method() + without(r);
                case Verdict.Fine(Response r) -> "ok " + r.status() + without(r);
                case Verdict.Refuse(_, int status, var reason) -> status + " " + line(reason);
                case Verdict.Drop(var why) -> "drop " + line(why);
            };
        }

        private static String without(Message message) {
            var omissions = Omissions.of(message);
            return omissions.isEmpty() ? "" : ", without " + String.join(", ", omissions);
        }

        /// What a peer sent may hold anything; what is printed holds no control characters.
        private static String line(String text) { return text.replaceAll("\\p{Cntrl}", "?"); }

        private static Bytes read(Path file) {
            try {
                return Bytes.wrap(Files.readAllBytes(file));
            } catch (IOException e) {
                throw UserMistake.reading(file, e, "name files that hold a SIP message each");
            }
        }
    }
}
