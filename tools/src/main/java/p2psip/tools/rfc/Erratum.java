package p2psip.tools.rfc;

import module java.base;
import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;

/// A verified correction of an RFC.
public record Erratum(String id, String section, String type, String original, String corrected,
        String notes) {

    /// As rfc-editor.org names the fields.
    private record Reported(
            @SerializedName("errata_id") String id,
            @SerializedName("errata_status_code") String status,
            @SerializedName("errata_type_code") String type,
            @SerializedName("section") String section,
            @SerializedName("orig_text") String original,
            @SerializedName("correct_text") String corrected,
            @SerializedName("notes") String notes) {}

    /// Reporters write `17.2.2`, `Section 17.2.2` and the like.
    private static final Pattern SECTION = Pattern.compile("(?:\\d+|\\b[A-Z]\\b)(?:\\.\\d+)*");

    /// The verified ones of the list that rfc-editor.org gives for an RFC.
    static List<Erratum> verified(String json) {
        return Arrays.stream(new Gson().fromJson(json, Reported[].class))
                .filter(e -> e.status.equals("Verified"))
                .map(e -> new Erratum(e.id, SECTION.matcher(e.section).results().findFirst()
                        .map(MatchResult::group).orElse(""), e.type, e.original, e.corrected,
                        e.notes))
                .toList();
    }
}
