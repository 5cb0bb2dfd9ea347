package p2psip.std.rfc3428;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc5621.*;

/// Texts to and from somebody, each in a request of its own.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3428#section-4 RFC 3428 §4
/// @spec https://www.rfc-editor.org/rfc/rfc3428#section-7 RFC 3428 §7
public final class Messages implements Extension {
    public static final String METHOD = "MESSAGE";

    /// The longest text: with the header fields around it a message stays under 1300 bytes.
    //= rfc3428#8-2 a MESSAGE may not be larger than 1300 bytes: a text has at most 600 of them
    public static final int MAX_BYTES = 600;

    private static final String TEXT = "text/plain";

    /// What the program asks for.
    public sealed interface Command extends LoneRequest.Command {

        /// Send a text of at most [#MAX_BYTES]; [Event.Outcome] tells what has become of it.
        record Say(long usage, String uri, String text) implements Command {
            public Say {
                if (Bytes.utf8(text).size() > MAX_BYTES)
                    throw new IllegalArgumentException("longer than " + MAX_BYTES + " bytes");
            }

            @Override public Usage.Output request(Self self) {
                //= rfc3428#2-1 a request of no dialog, which makes none
                //= rfc3428#4-2 and has no Contact
                return new Usage.Output.Ask(self.ask(), self.request(METHOD, uri)
                        //= rfc3428#4-1 the body is of the type text/plain
                        //= rfc3428#9-1 it contains a body, with its type
                        .withBody(TEXT + ";charset=UTF-8", Bytes.utf8(text)));
            }

            //= rfc3428#4-4 the response is told, not that the recipient has read it
            //= rfc3428#4-5 nor, of a 202, that it has been delivered
            //= rfc3428#4-6 nor that it is the only UAS that has received it
            @Override public Event outcome(Response response) {
                return new Event.Outcome(usage, response.status(), response.reason());
            }
        }
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {

        /// Somebody has sent a text, which is answered already.
        record Said(long usage, Address from, String text) implements Event {}

        /// The final response to a text of ours.
        record Outcome(long usage, int status, String reason) implements Event {}
    }

    //= rfc3428#5-3,4 Request-URI, From and Route contain SIP URIs, never an IM URI
    @Override public List<String> methods() { return List.of(METHOD); }

    @Override public List<String> bodies() { return List.of(TEXT); }

    @Override public Usage begin(
            Request request, Optional<Dialog> dialog, long number, Self self) {
        return new Reception(number, self);
    }

    /// A text that has come.
    private record Reception(long number, Self self) implements Usage {

        @Override public String name() { return "message"; }

        @Override public boolean terminated() { return true; }

        @Override public List<Output> handle(Input input, Instant now) {
            if (!(input instanceof Input.Received(var id, var message, _, _))) return List.of();
            //= rfc3428#7-5 bodies of the type text/plain are shown
            var text = text(message);
            if (text.isEmpty()) return List.of(
                    new Output.Respond(id, self.reply(message, 415).with("Accept", TEXT)));
            //= rfc3428#7-1 the final response goes at once, whoever reads the text and when
            //= rfc3261#17.1-1 as to every non-INVITE request the TU responds immediately
            return List.of(
                    //= rfc3428#7-2,3 the 200 has no body, and no Contact
                    new Output.Respond(id, self.reply(message, 200)),
                    new Output.Told(new Messages.Event.Said(
                            number, message.from(), text.get().utf8())));
        }

        /// What is to be shown: of a body of several parts, or several versions, what is text.
        private static Optional<Bytes> text(Request message) {
            if (message.body().isEmpty() || !message.has("Content-Type"))
                return Optional.of(message.body());
            return Multipart.find(message, part -> part.mediaType().equals(TEXT))
                    .map(BodyPart::bytes);
        }
    }
}
