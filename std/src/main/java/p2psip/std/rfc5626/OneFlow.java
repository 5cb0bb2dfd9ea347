package p2psip.std.rfc5626;

import module java.base;

/// The instances of which a flow is being tried: of each one at a time. What is no flow is in
/// nobody's way.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-7 RFC 5626 §7
public final class OneFlow {
    private final Set<String> busy = new HashSet<>();

    /// Whether no other flow of its instance is being tried.
    public boolean isFree(Optional<FlowNote> flow) {
        //= rfc5626#7-1 one contact of an instance-id at a time
        return flow.map(FlowNote::instance).filter(busy::contains).isEmpty();
    }

    public void begins(Optional<FlowNote> flow) {
        flow.map(FlowNote::instance).ifPresent(busy::add);
    }

    /// One has given its final response, or counts as if. Answers whether that ends the trying of
    /// its instance.
    public boolean ended(Optional<FlowNote> flow, int status) {
        flow.map(FlowNote::instance).ifPresent(busy::remove);
        //= rfc5626#11.5-1 a 430 says that another flow may succeed
        //= rfc5626#7-2 after a 430 another flow of the same instance is tried
        //= rfc5626#7-3 but after no final response other than 408 and 430
        return flow.isPresent() && status != 430 && status != 408;
    }
}
