/// The state machines drawn from the code, beside the figures of the RFCs.
///
/// A `Subject` is a machine that can be told events by their names; `Explorer` finds all its
/// transitions by running it; `Diagram` draws them. `RfcFigure` is what the RFC draws, as data, and
/// `Comparison` says where the two differ and why. `Figures` lists all of them, and [FigurePage] is
/// their page.
///
/// There each can be moved by hand. `Moves` are the situations that a machine comes to and what
/// every input does there, found by running it with its classes loaded once more by `Watched`, so
/// that [Lines] hears which lines run; `Cites` has the sentences that these say they obey. `Table`
/// puts them into rows, `Stepper` writes these and the data that `stepper.js` looks up.
package p2psip.tools.figures;
