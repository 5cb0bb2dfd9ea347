/// The requirement index: which sentences of an RFC require something, what number each has, and
/// which code and tests say that they obey it.
///
/// Reading order: [Rfc], what a text becomes, and [Grammar]; `RfcReader`, `Pages`, `Layout` and
/// `Sentences`, how; [Index], what is kept of it; [Citation] and [Sources], what the code says, and
/// [LeftOut], what is not done and why; [Audit], whether that is so; [Coverage] and [Standing], how
/// far we are.
///
/// The repository holds no sentence of any RFC. The reader's own copies are found by [Library].
package p2psip.tools.rfc;
