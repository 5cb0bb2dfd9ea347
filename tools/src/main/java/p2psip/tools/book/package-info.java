/// The book's own machinery: its exercises, and the runs from which it takes its ladders and
/// messages. Nothing that the book shows of a call is typed by hand.
///
/// [Exercise] is one exercise as a file holds it, [Attempt] what comes of it, [ExerciseVerb] the
/// command that a reader types. [Flow] is a run in virtual time that a chapter tells of; the macros
/// of [p2psip.tools.guide] draw it or quote a message of it.
package p2psip.tools.book;
