/// What can be chosen about a node, by its user: on the command line, or for good in the file
/// `config.properties` of its home.
///
/// A [Key] has a name, a [Kind] of values and an option of the command line, which overrides the
/// file. [ConfigFile] is the file as text, which keeps what people have written into it; [Config]
/// is what a node is to do, of both. [Store] has the file on disk, and [Settings] are those of a
/// node that runs: shown, and changed.
///
/// Whatever is wrong is a [ConfigMistake]: one line that says where it is and what to write.
///
/// Left out: escapes, values of several lines, comments behind a value. What belongs to one run
/// alone is no key: `--home`, `--pcap`.
package p2psip.app.config;
