package p2psip.app.crypto;

import module java.base;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

/// JSON as a signature needs it, and whoever lets others in: strictly parsed, no name twice,
/// nothing after the end.
public final class Json {
    private static final int DEPTH = 8;

    private Json() {}

    /// @throws SyntaxException if this is anything but one JSON object
    public static JsonObject object(String text) {
        try (var in = new JsonReader(new StringReader(text))) {
            //= rfc7515#10.12-1 what does not conform to the syntax of JSON is rejected entirely
            in.setStrictness(Strictness.STRICT);
            in.setNestingLimit(DEPTH);
            var element = read(in);
            //= rfc7515#10.12-4 input with significant characters behind the JSON is invalid
            if (in.peek() != JsonToken.END_DOCUMENT) throw new SyntaxException("text after JSON");
            if (element instanceof JsonObject object) return object;
            throw new SyntaxException("not a JSON object");
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new SyntaxException("not JSON", e);
        }
    }

    private static JsonElement read(JsonReader in) throws IOException {
        return switch (in.peek()) {
            case BEGIN_OBJECT -> {
                var object = new JsonObject();
                in.beginObject();
                while (in.hasNext()) {
                    var name = in.nextName();
                    //= rfc7515#10.12-2,3 names of an object are unique, or the JWS is rejected
                    //= rfc7515#4-1 a header parameter with a duplicate name is rejected
                    if (object.has(name)) throw new SyntaxException("twice in JSON: " + name);
                    object.add(name, read(in));
                }
                in.endObject();
                yield object;
            }
            case BEGIN_ARRAY -> {
                var array = new JsonArray();
                in.beginArray();
                while (in.hasNext()) array.add(read(in));
                in.endArray();
                yield array;
            }
            case STRING -> new JsonPrimitive(in.nextString());
            case NUMBER -> new JsonPrimitive(new LazilyParsedNumber(in.nextString()));
            case BOOLEAN -> new JsonPrimitive(in.nextBoolean());
            case NULL -> {
                in.nextNull();
                yield JsonNull.INSTANCE;
            }
            case NAME, END_OBJECT, END_ARRAY, END_DOCUMENT ->
                    throw new SyntaxException("JSON cut short");
        };
    }

    /// @throws SyntaxException if it has no string of that name
    public static String string(JsonObject object, String name) {
        return string(object.get(name), name);
    }

    static String string(JsonElement element, String name) {
        if (element instanceof JsonPrimitive p && p.isString()) return p.getAsString();
        throw new SyntaxException("not a string: " + name);
    }

    /// A number of seconds or the like: digits only, so never negative and never a fraction.
    public static long integer(JsonObject object, String name) {
        if (object.get(name) instanceof JsonPrimitive p && p.isNumber()
                && p.getAsString().matches("\\d{1,18}")) return p.getAsLong();
        throw new SyntaxException("not a whole number: " + name);
    }

    static JsonObject object(JsonObject object, String name) {
        if (object.get(name) instanceof JsonObject inner) return inner;
        throw new SyntaxException("not an object: " + name);
    }

    static JsonArray array(JsonObject object, String name) {
        if (object.get(name) instanceof JsonArray array) return array;
        throw new SyntaxException("not an array: " + name);
    }
}
