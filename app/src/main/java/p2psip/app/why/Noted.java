package p2psip.app.why;

/// What a part of a node tells the node for its [Journal], as
/// [p2psip.app.host.Effect.Tell] does for its program.
///
/// @param callId of the call that it is about; empty if it is about none
public record Noted(String callId, Fact fact) {
    public Noted(Fact fact) { this("", fact); }
}
