/// The state machines drawn from the code, beside the figures of the RFCs.
///
/// A `Subject` is a machine that can be told events by their names; `Explorer` finds all its
/// transitions by running it; `Diagram` draws them. `RfcFigure` is what the RFC draws, as data, and
/// `Comparison` says where the two differ and why. `Figures` lists all of them, and [FigurePage] is
/// their page.
package p2psip.tools.figures;
