package p2psip.app.p2psip;

/// A verb of the command `p2psip`, found by `ServiceLoader`: an implementation is a picocli
/// `@Command` with the verb's name, listed in `META-INF/services/p2psip.app.p2psip.Verb`.
///
/// `call` answers the exit code: 0 when what was asked happened, 1 when it did not, 2 for a mistake
/// of the user's (best thrown as [UserMistake]).
public interface Verb extends java.util.concurrent.Callable<Integer> {}
