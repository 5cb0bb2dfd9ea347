package p2psip.app.web;

import module java.base;
import com.google.gson.JsonObject;

/// Something that can be asked for under a path.
public interface Resource {

    /// What can be done with one.
    enum Method { GET, PUT, POST, DELETE }

    /// What somebody wants of it.
    ///
    /// @param variable what stands in the path where a resource has `*`; empty if it has none
    /// @param body     of a PUT or POST one JSON object, of all others an empty one
    record Request(Method method, String variable, JsonObject body) {}

    /// What comes of it.
    sealed interface Answer {
        record Json(JsonObject object) implements Answer {}

        /// Text of a media type.
        record Text(String type, String text) implements Answer {}

        /// Events, as long as both sides like.
        record Stream(EventStream events) implements Answer {}
    }

    /// `/peers`; a last segment `*` stands for any one.
    String path();

    List<Method> methods();

    /// Does what is asked, by one of the methods; it may wait, a while.
    ///
    /// @throws RuntimeException if that cannot be
    Answer answer(Request request);
}
