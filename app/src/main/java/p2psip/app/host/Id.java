package p2psip.app.host;

/// Whose something is: what a node asks for bears the id of the part that asks, and so does what
/// comes of it. A node finds the part by it, a part its child, and nobody else is asked.
///
/// @param part   which kind of part
/// @param child  which of several alike, from 0
/// @param number the part's own; the host gives negative ones, so that the part's are not
public record Id(Part part, int child, long number) {

    /// The kinds of parts that nodes are made of.
    public enum Part {
        /// A port for SIP: its sockets, its connections, the names that it asks for.
        SIP,

        /// One way to look records up; a child is one of several.
        LOOKUP,

        /// The keys of a node's users, and which keys it believes.
        KEYS,

        /// Pipes between programs.
        PIPES,

        /// What a registrar remembers on disk.
        STORE,

        /// What must be known before anything is opened.
        STARTUP,

        /// The sound of a call: the number is the call's, the child tells RTP from RTCP.
        MEDIA,

        /// The program around the node, and a node that has but one part.
        PROGRAM
    }

    /// Of the program.
    public static final Id PROGRAM = new Id(Part.PROGRAM, 0, 0);

    /// Another of the same part and child.
    public Id with(long other) { return new Id(part, child, other); }
}
