package p2psip.tools.mutate;

import p2psip.tools.mutate.Worker.Verdict;

/// What came of a mutant.
record Result(Mutant mutant, Verdict verdict) {}
