package p2psip.std.rfc3327;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;

/// A registrar that remembers by which proxies a contact is reached.
///
/// @param tolerant whether a path is taken too that the user agent does not know of: somebody may
///                 have put himself on its way
/// @spec https://www.rfc-editor.org/rfc/rfc3327#section-5.3 RFC 3327 §5.3
public record PathRegistrar(boolean tolerant) implements RegistrarExtension {

    @Override public List<String> options() { return List.of(PathHeader.OPTION); }

    @Override public Optional<Refusal> refuses(Request register, Flow flow) {
        var path = PathHeader.of(register);
        if (!PathHeader.readable(path)) return Optional.of(Refusal.of(400, "Bad Path"));
        //= rfc3327#5.3-2 unless local policy supports the extension without Supported
        return path.isEmpty() || tolerant || PathHeader.isKnown(register) ? Optional.empty()
                //= rfc3327#5.3¶2 a Path that the user agent does not support: 420, as recommended
                : Optional.of(Refusal.of(420, new Header("Unsupported", PathHeader.OPTION)));
    }

    @Override public List<Header> notes(Request register, Address contact) {
        //= rfc3327#5.3¶1 the path vector is stored with the binding, its order preserved
        return PathHeader.of(register).stream()
                .map(value -> new Header(PathHeader.NAME, value)).toList();
    }

    @Override public Response accepted(Response ok, Request register, List<Binding> bindings) {
        var path = PathHeader.of(register);
        //= rfc3327#5.3¶1 and copied into the successful response
        return path.isEmpty() ? ok : ok.with(PathHeader.NAME, String.join(", ", path));
    }
}
