package p2psip.app.p2psip;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.app.voip.*;
import p2psip.std.rfc2833.Dtmf;
import p2psip.std.rfc3428.Messages;
import picocli.CommandLine.*;

/// The options of a phone about what it is to do; without one of those that a script begins with,
/// that is typed.
final class TaskOptions {
    /// How many calls somebody can have at once who types, or meets others: four, and those that
    /// call while we call them.
    private static final int LINES = 8;

    /// And of who brings two together, or lets them into a call: his peer, and the other.
    private static final int THREE = 2;

    @Option(names = "--register", description = "Be found by others.")
    boolean register;

    @Option(names = "--call", paramLabel = "URI", description = "Call somebody.")
    String call;

    @Option(names = "--subject", paramLabel = "TEXT", defaultValue = "",
            description = "What our call is about.")
    String subject;

    @Option(names = "--answer", description = "Wait for a call and take it.")
    boolean answer;

    @Option(names = "--auto-respond", paramLabel = "CODE", description = "Answer every call, one"
            + " after the other, with this status, until --wait is over or interrupted: 200 takes"
            + " it, 400 to 699 refuses it. Until then it rings.")
    Integer respond;

    @Option(names = "--auto-respond-after", paramLabel = "TIME", converter = Time.class,
            defaultValue = "0s", description = "How long it rings before --answer takes it, or"
            + " --auto-respond answers (default: ${DEFAULT-VALUE}).")
    Duration respondAfter;

    @Option(names = "--auto-terminate-after", paramLabel = "TIME", converter = Time.class,
            description = "Hang up what has lasted so long; the same as --for, in a call.")
    Duration terminateAfter;

    @Option(names = "--hold", description = "Ask the peer to wait, as soon as the call is there.")
    boolean hold;

    @Option(names = "--message", paramLabel = "TEXT", description = "Send a text to --to.")
    String message;

    @Option(names = "--to", paramLabel = "URI", description = "Who gets the text.")
    String to;

    @Option(names = "--watch", paramLabel = "URI", description = "Say whether somebody can be"
            + " reached, and each time that changes, for as long as --for says (default: until"
            + " interrupted). May be given several times.")
    List<String> watch = List.of();

    @Option(names = "--approve", paramLabel = "URI|*", description = "Let somebody see whether we"
            + " can be reached, or everybody; others have to wait. May be given several times.")
    List<String> approve = List.of();

    @Option(names = "--block", paramLabel = "URI", description = "Let somebody see that nobody is"
            + " there, whoever is. May be given several times.")
    List<String> block = List.of();

    @Option(names = "--watchers", description = "Be told, too, who watches us or wants to by way of"
            + " a server that tells our presence in our place, if there is one (RFC 3857).")
    boolean watchers;

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "",
            description = "What those who may see it read of us.")
    String note;

    @Option(names = "--dtmf", paramLabel = "KEYS", description = "Keys to press during the call.")
    String keys;

    @Option(names = "--transfer", paramLabel = "URI", description = "Ask the peer to call somebody"
            + " else, as soon as the call is there: how that gets on is said, status line by status"
            + " line, and the call ends if it has been taken.")
    String transfer;

    @Option(names = "--attended", description = "With --transfer: ask the peer to wait, call that"
            + " somebody first, and bring the two together once that call has been taken.")
    boolean attended;

    @Option(names = "--join", description = "With --transfer: as --attended, but the peer comes"
            + " into the call with that somebody, in which all three talk then (RFC 3911); it lasts"
            + " as long as --for says.")
    boolean join;

    @Option(names = "--allow-joins", description = "Let those into a call of ours whom its peer"
            + " sends, so that all hear each other (default: ask where you type, else they find us"
            + " busy).")
    boolean joins;

    @Option(names = "--follow-transfers", description = "Call whom the peer of a call asks us to"
            + " call, and let that call go on in the place of the first (default: ask at a"
            + " terminal, else decline).")
    boolean follow;

    @Option(names = "--mesh", description = "Meet others in a conference of up to five, in which"
            + " each talks with each: whom --call and --invite name, or with --answer whoever"
            + " calls. The last lines say what was heard of each; exit code 1 if one was not.")
    boolean mesh;

    @Option(names = "--invite", paramLabel = "URI", description = "With --mesh: call somebody else"
            + " into the conference. May be given up to three times.")
    List<String> invite = List.of();

    @Option(names = "--for", paramLabel = "TIME", converter = Time.class, description =
            "How long the call lasts: 500ms, 5s, 2m (default: 5s if we call, else until the caller"
            + " hangs up). Without a call: how long to stay registered.")
    Duration time;

    @Option(names = "--wait", paramLabel = "TIME", converter = Time.class,
            description = "How long to wait for a call (default: as long as it takes).")
    Duration wait;

    /// Whether anything is to be done without being typed.
    boolean scripted() {
        return register || call != null || answer || respond != null || message != null
                || !watch.isEmpty();
    }

    /// Whom it is about to reach.
    Stream<String> peers() { return Stream.of(call, to).filter(Objects::nonNull); }

    /// The same phone, able to do this, once it is clear that the options fit each other.
    ///
    /// @throws UserMistake if they do not
    PhoneSetup of(PhoneSetup phone) {
        checkCalls();
        checkTexts();
        int calls = !scripted() || mesh ? LINES : attended || join || joins ? THREE : 1;
        return phone.with(new PhoneSetup.Manners(calls, mesh && answer, follow, mesh, joins));
    }

    /// Replaces names by what they stand for.
    ///
    /// @param address of an option, and of what follows it
    void resolve(BinaryOperator<String> address) {
        if (call != null) call = address.apply("--call", call);
        if (to != null) to = address.apply("--to", to);
        if (transfer != null) transfer = address.apply("--transfer", transfer);
        invite = invite.stream().map(uri -> address.apply("--invite", uri)).toList();
        watch = watch.stream().map(uri -> address.apply("--watch", uri)).toList();
        approve = approve.stream().map(uri -> uri.equals("*") ? uri
                : address.apply("--approve", uri)).toList();
        block = block.stream().map(uri -> address.apply("--block", uri)).toList();
        if (terminateAfter != null && time == null) time = terminateAfter;
    }

    private void checkCalls() {
        if (!invite.isEmpty() && !(mesh && call != null) || mesh && call == null && !answer)
            throw new UserMistake("a conference takes --mesh with --call, and --invite for more;"
                    + " or --mesh with --answer");
        if ((transfer != null || hold) && call == null && !answer && respond == null)
            throw new UserMistake((hold ? "--hold" : "--transfer")
                    + " needs a call: give --call or --answer");
        if ((attended || join) && transfer == null) throw new UserMistake(
                (join ? "--join" : "--attended") + " is a way to transfer: give --transfer URI");
        if (attended && join) throw new UserMistake(
                "--attended leaves the two alone, --join stays with them: give one");
        if (respond != null && respond != 200 && (respond < 400 || respond > 699))
            throw new UserMistake("--auto-respond " + respond
                    + ": 200 takes a call, 400 to 699 refuses it");
        if (respond != null && (answer || call != null)) throw new UserMistake(
                "--auto-respond answers all calls: leave --answer and --call out");
    }

    private void checkTexts() {
        if (keys != null && !Dtmf.areKeys(keys))
            throw new UserMistake("--dtmf " + keys + ": keys are 0 to 9, *, # and A to D");
        if ((message == null) != (to == null))
            throw new UserMistake("--message and --to belong together: give both");
        if (message != null) text("--message", message);
        if (!subject.isEmpty() && call == null) throw new UserMistake(
                "--subject is of a call that we place: give --call, or say it with call");
        if (subject.chars().anyMatch(Character::isISOControl))
            throw new UserMistake("--subject is one line: leave control characters out");
    }

    /// A text that is short enough to be sent.
    ///
    /// @param said by what it was given
    static String text(String said, String text) {
        if (text.getBytes(UTF_8).length <= Messages.MAX_BYTES) return text;
        throw new UserMistake(said + " is longer than " + Messages.MAX_BYTES
                + " bytes: send it in parts");
    }

    /// A time as it is written after an option.
    static final class Time implements ITypeConverter<Duration> {
        private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|)");

        @Override public Duration convert(String text) {
            var parts = TEXT.matcher(text);
            if (!parts.matches())
                throw new TypeConversionException(text + ": give a time such as 500ms, 5s or 2m");
            long n = Long.parseLong(parts.group(1));
            return switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(n);
                case "m" -> Duration.ofMinutes(n);
                case "h" -> Duration.ofHours(n);
                default -> Duration.ofSeconds(n);
            };
        }
    }
}
