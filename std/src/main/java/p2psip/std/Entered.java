package p2psip.std;

/// The output of a machine that has changed its state: for trace, which shows the state, the
/// machine that entered it and the section that asked for it.
public interface Entered {

    /// The state, usually a constant of the machine's own `State`.
    Cited state();
}
