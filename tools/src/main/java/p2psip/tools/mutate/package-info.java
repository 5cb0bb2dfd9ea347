/// Whether a test would notice: each line that cites a rule is broken in every small way, and the
/// tests that run it must fail.
///
/// Reading order: [Mutant], one line broken in one way; `Mutants`, how they are found in the trees
/// of the compiler; `Worker`, a process that compiles one and runs tests against it, in a `Loader`
/// of its own; `Reach`, which test runs which lines; `Campaign`, who runs them all and counts;
/// [Scores], what is kept of it. Where no behaviour changes a test cannot notice: such mutants are
/// named in `docs/src/mutation-equal.txt`, a line each with its reason.
package p2psip.tools.mutate;
