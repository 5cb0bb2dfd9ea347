package p2psip.std.rfc6086;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc5621.*;

/// What is said within calls, by INFO requests of packages that both sides know.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6086#section-4 RFC 6086 §4
/// @spec https://www.rfc-editor.org/rfc/rfc6086#section-5 RFC 6086 §5
public final class InfoPackages implements Extension {
    public static final String METHOD = "INFO";

    private static final String PACKAGE = "Info-Package", WILLING = "Recv-Info";

    /// The disposition of the body that belongs to the package.
    private static final String DISPOSITION = "info-package";

    /// The requests that say, as their 2xx do, what the sender is willing to receive.
    private static final List<String> INTRODUCING = List.of("INVITE", "UPDATE");

    /// What the program asks for.
    public sealed interface Command extends LoneRequest.Command {

        /// Say something to the peer of a call; [Event.Outcome] tells what has become of it.
        record Send(long usage, long call, String name, Content content) implements Command {

            @Override public Usage.Output request(Self self) {
                var dialog = self.dialog(call);
                if (dialog.isEmpty()) return refused(481);
                //= rfc6086#5.2.2-4 which it says by the Recv-Info that came last
                //= rfc6086#4.2.1-7 each remote UA its own, in its dialog
                //= rfc6086#5.2.4-1 in a request or response that counts: a refused one does not
                if (dialog.get().willing().stream().map(InfoPackages::named)
                        .noneMatch(name::equals)) return refused(469);
                return new Usage.Output.Ask(self.ask(), dialog.get().request(METHOD)
                        //= rfc6086#4.2.1-1 the package is named
                        //= rfc6086#4.3.2-2 what belongs to it is said in a request, never elsewhere
                        .with(PACKAGE, name)
                        .with("Content-Disposition", "Info-Package")
                        .withBody(content.type(), content.bytes()), dialog.get());
            }

            private Usage.Output refused(int status) {
                return new Usage.Output.Told(new Event.Outcome(usage, call, status));
            }

            @Override public Event outcome(Response response) {
                //= rfc6086#4.2.1-5 a 469 is told, and is a failure of the transaction only
                //= rfc6086#4.2.2-2 nor does a 469 change the set that he is willing to receive
                return new Event.Outcome(usage, call, response.status());
            }
        }
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// The peer of a call has said something, which is answered already.
        record Said(long usage, long call, String name, Bytes body) implements Event {}

        /// The final response to what we have said. 481 if there is no such call, 469 if the peer
        /// does not want to hear of that: in both cases nothing was sent.
        record Outcome(long usage, long call, int status) implements Event {}
    }

    private final SequencedMap<String, InfoPackage> packages = new LinkedHashMap<>();

    public InfoPackages(List<InfoPackage> packages) {
        for (var each : packages) this.packages.put(each.name(), each);
    }

    //= rfc6086#5.2.2-5 INFO in Allow says that the method is served, Recv-Info that packages are
    @Override public List<String> methods() { return List.of(METHOD); }

    //= rfc6086#4.3.1-2 the types of what is said are among those in Accept
    @Override public List<String> bodies() {
        return packages.values().stream().map(InfoPackage::mediaType).distinct().toList();
    }

    //= rfc6086#10.6-1 an option tag where the package has one
    @Override public List<String> options() {
        return packages.values().stream().flatMap(each -> each.option().stream()).toList();
    }

    @Override public List<String> dispositions() { return List.of(DISPOSITION); }

    //= rfc6086#5.2.2-1 the packages that we are willing to receive
    //= rfc6086#5.2.2-2 an empty field if there are none
    private List<Header> willing() {
        return List.of(new Header(WILLING, String.join(", ", packages.keySet())));
    }

    @Override public List<Header> introduction(String method) {
        //= rfc6086#5.2.3-1 each INVITE says what can be received, if only that nothing can
        //= rfc6086#5.3-1 a REGISTER says nothing of it
        //= rfc6086#4.2.1-3 nor does an INFO
        return INTRODUCING.contains(method) ? willing() : List.of();
    }

    @Override public List<Header> introduction(Request answered) {
        //= rfc6086#5.2.3-2,3 a response has it where the request had it, and nowhere else
        //= rfc6086#5.2.3-4 and it is the same in all responses
        return answered.has(WILLING) ? willing() : List.of();
    }

    @Override public Usage begin(
            Request request, Optional<Dialog> dialog, long number, Self self) {
        return new Reception(number, self);
    }

    /// What the peer says.
    private final class Reception implements Usage {
        private final long number;
        private final Self self;

        Reception(long number, Self self) {
            this.number = number;
            this.self = self;
        }

        @Override public String name() { return "info"; }

        @Override public boolean terminated() { return true; }

        @Override public List<Output> handle(Input input, Instant now) {
            if (!(input instanceof Input.Received(var id, var info, var dialog, _)))
                return List.of();
            //= rfc6086#4.2.1-6 of several remote UAs, too, before one takes a call of ours
            var call = dialog.map(self::call).orElse(OptionalLong.empty());
            //= rfc6086#4.2.1-4 outside of a call there is none: 481
            int status = call.isEmpty() ? 481 : status(info);
            //= rfc6086#4.3.2-1 no answer has anything to do with the package in its body
            var answer = new Output.Respond(id, refined(self.reply(info, status)));
            if (status != 200 || !info.has(PACKAGE)) return List.of(answer);
            return List.of(answer, new Output.Told(new InfoPackages.Event.Said(number,
                    call.getAsLong(), named(info), part(info).bytes())));
        }

        private int status(Request info) {
            var known = Optional.ofNullable(packages.get(named(info)));
            //= rfc6086#4.2.2-1 of a package that we are not willing to receive: 469
            //= rfc6086#5.2.2-3 the set is the same for as long as there is a dialog
            if (info.has(PACKAGE) && known.isEmpty()) return 469;
            //  one of no package has nothing to say that is understood here
            boolean understood = known.map(each -> each.mediaType().equals(
                            part(info).mediaType()))
                    .orElse(info.body().isEmpty());
            //= rfc6086#4.2.2-3 another type than the package's: 415
            //= rfc6086#4.2.2-5 and else 200
            return understood ? 200 : 415;
        }

        private Response refined(Response response) {
            return switch (response.status()) {
                //= rfc6086#4.2.2-1 with those that we are willing to receive
                case 469 -> response.change(headers -> headers.addAll(willing()));
                case 415 -> response.with("Accept", String.join(", ", bodies()));
                default -> response;
            };
        }
    }

    /// The body, or of a body of several parts the one that belongs to the package.
    //= rfc6086#4.3.1-1 multipart bodies are understood as RFC 5621 says
    private static BodyPart part(Message info) {
        return Multipart.find(info, part -> part.disposition().equals(DISPOSITION))
                .orElseGet(() -> BodyPart.of(info));
    }

    /// The package of an INFO: names are compared octet by octet, parameters not at all.
    private static String named(Message info) {
        return info.first(PACKAGE).map(InfoPackages::named).orElse("");
    }

    private static String named(String value) {
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
    }
}
