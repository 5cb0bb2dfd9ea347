package p2psip.app.why;

import module java.base;

/// Why a call fails: how it is seen, and what is to be done.
///
/// @param name     for programs: `phone-silent`
/// @param citation the sentence that asked for what did not come
/// @param missing  which packet did not come
/// @param advice   what to try
/// @param seen     what happened, if that is seen in the evidence
public record Cause(String name, String citation, String missing, String advice,
        Function<Evidence, Optional<Finding>> seen) {

    /// That it is so.
    ///
    /// @param what one sentence for people
    /// @param at   when
    /// @param by   the fact that says it
    record Finding(String what, Instant at, Fact by) {}

    Optional<Finding> seen(Evidence evidence) { return seen.apply(evidence); }
}
