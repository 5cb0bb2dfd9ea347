package p2psip.app.web;

import module java.base;
import com.google.gson.*;
import p2psip.std.rfc2396.HostName;

/// Objects of JSON, in the order in which they are written.
final class Values {
    private final JsonObject object = new JsonObject();

    Values with(String name, Object value) {
        object.add(name, switch (value) {
            case JsonElement element -> element;
            case Number number -> new JsonPrimitive(number);
            case Boolean bool -> new JsonPrimitive(bool);
            case InetSocketAddress address -> new JsonPrimitive(HostName.text(address));
            case Enum<?> word -> new JsonPrimitive(
                    word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            case Instant time -> new JsonPrimitive("" + time.truncatedTo(ChronoUnit.MILLIS));
            default -> new JsonPrimitive("" + value);
        });
        return this;
    }

    /// Nothing if there is no value.
    Values with(String name, Optional<?> value) {
        value.ifPresent(each -> with(name, (Object) each));
        return this;
    }

    JsonObject json() { return object; }

    Resource.Answer answer() { return new Resource.Answer.Json(object); }

    /// A list, each by a function.
    static <T> JsonArray list(Collection<T> all, Function<T, Values> each) {
        var array = new JsonArray();
        all.forEach(one -> array.add(each.apply(one).json()));
        return array;
    }
}
