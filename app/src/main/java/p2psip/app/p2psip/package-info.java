/// The command `p2psip`: [Main] finds the verbs ([Verb]) and runs one of them, or a node
/// ([p2psip.app.node]) when no verb is given: a `NodeProgram`, made by its settings
/// ([p2psip.app.config]) and asked by other verbs ([p2psip.app.web]).
///
/// Each verb is a file; what several share are the options and readers of text beside them. A
/// user's mistake is a [UserMistake], said in one line. [DemoVerb] shows all of the project in one
/// call.
package p2psip.app.p2psip;
