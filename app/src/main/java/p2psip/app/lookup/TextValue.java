package p2psip.app.lookup;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.crypto.SignedRecord;

/// What users put by hand under keys of their own: a record whose value is a text.
public final class TextValue {
    private static final String KIND = "text";

    private TextValue() {}

    /// Characters of the longest.
    public static final int MAX = 2_000;

    public static SignedRecord.Value of(String text) {
        var json = new JsonObject();
        json.addProperty(KIND, text);
        return new SignedRecord.Other(KIND, json);
    }

    /// What a record says, for people: its text, or what else it is.
    public static String text(SignedRecord.Value value) {
        return value instanceof SignedRecord.Other(var kind, var json) && kind.equals(KIND)
                && json.has(KIND) && json.get(KIND).isJsonPrimitive()
                ? json.get(KIND).getAsString() : value.kind() + " " + value.json();
    }
}
