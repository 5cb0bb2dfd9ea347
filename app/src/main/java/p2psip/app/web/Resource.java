package p2psip.app.web;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.std.Bytes;

/// Something that can be asked for under a path.
public interface Resource {

    /// What can be done with one.
    enum Method { GET, PUT, POST, DELETE }

    /// What somebody wants of it.
    ///
    /// @param variable what stands in the path where a resource has `*` or `**`; empty if it has
    ///                 neither
    /// @param body     of a PUT or POST one JSON object, of all others an empty one
    record Request(Method method, String variable, JsonObject body) {}

    /// What comes of it.
    sealed interface Answer {
        record Json(JsonObject object) implements Answer {}

        /// Text of a media type.
        record Text(String type, String text) implements Answer {}

        /// A page or a part of one.
        ///
        /// @param policy what the page may do: of a Content-Security-Policy
        record File(String type, Bytes bytes, String policy) implements Answer {}

        /// Events, as long as both sides like.
        record Stream(EventStream events) implements Answer {}
    }

    /// `/peers`; a last segment `*` stands for any one, `**` for any number of them.
    String path();

    /// Whether whoever is on this machine may ask for it, and not only who has the token.
    default boolean forEverybody() { return false; }

    List<Method> methods();

    /// Does what is asked, by one of the methods; it may wait, a while.
    ///
    /// @throws RuntimeException if that cannot be
    Answer answer(Request request);
}
