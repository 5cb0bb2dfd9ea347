package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// Decides who may do what: asks for credentials, forbids.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-22 RFC 3261 §22
public interface Guard {
    Guard OPEN = (_, _, _, _) -> Optional.empty();

    /// What somebody wants of the server.
    enum Purpose {
        /// Change or see the bindings of the address of record in To.
        REGISTER,
        /// Reach somebody of a domain that the server is responsible for.
        INBOUND,
        /// Go on in a dialog that was begun through this server.
        IN_DIALOG,
        /// Reach somebody by a way that this server has offered ([Passage#back]).
        OFFERED,
        /// Reach somebody elsewhere through this server.
        OUTBOUND
    }

    /// Empty if the request may pass.
    Optional<Refusal> refuses(Request request, Flow flow, Purpose purpose, Instant now);

    /// A request that may pass, as it is to go on: without what its sender is not trusted to say.
    default Request trusted(Request request, Flow flow) { return request; }

    /// What a request gets that may not pass.
    ///
    /// @param headers challenges and the like
    record Refusal(int status, String reason, List<Header> headers) {
        /// There is too much to do; it is worth another try soon.
        static final Refusal BUSY = of(503, new Header("Retry-After", "10"));

        public Refusal { headers = List.copyOf(headers); }

        public static Refusal of(int status, Header... headers) {
            return new Refusal(status, Status.reason(status), List.of(headers));
        }

        public static Refusal of(int status, String reason) {
            return new Refusal(status, reason, List.of());
        }

        /// Why steps fail that read a request: with a 400 where one finds that it cannot be read.
        static Optional<Refusal> of(Supplier<Optional<Refusal>> steps) {
            try {
                return steps.get();
            } catch (SyntaxException e) {
                return Optional.of(of(400, e.getMessage()));
            }
        }

        /// The 420 for options that are required and not understood, if there are any.
        static Optional<Refusal> unsupported(List<String> required, List<String> understood) {
            var unknown = required.stream().filter(tag ->
                    understood.stream().noneMatch(tag::equalsIgnoreCase)).toList();
            //= rfc3261#16.3-16 one that is not understood: 420, with Unsupported
            return unknown.isEmpty() ? Optional.empty() : Optional.of(of(
                    420, new Header("Unsupported", String.join(", ", unknown))));
        }

        Response to(Request request, String tag) {
            return Reply.to(request, status, reason, tag).change(list -> list.addAll(headers));
        }
    }
}
