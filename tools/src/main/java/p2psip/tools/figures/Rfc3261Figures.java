package p2psip.tools.figures;

/// The figures of RFC 3261 §17 and those by which RFC 6026 replaces them.
final class Rfc3261Figures {
    private Rfc3261Figures() {}

    static final RfcFigure INVITE_CLIENT = RfcFigure.of(6026, "8.4", "Figure 5", """
            begin      | INVITE from TU  | CALLING    | send INVITE
            CALLING    | Timer A         | CALLING    | send INVITE
            CALLING    | Timer B         | TERMINATED | inform TU
            CALLING    | Transport error | TERMINATED | inform TU
            CALLING    | 1xx             | PROCEEDING | response to TU
            CALLING    | 2xx             | ACCEPTED   | response to TU
            CALLING    | 300-699         | COMPLETED  | send ACK, response to TU
            PROCEEDING | 1xx             | PROCEEDING | response to TU
            PROCEEDING | 2xx             | ACCEPTED   | response to TU
            PROCEEDING | 300-699         | COMPLETED  | send ACK, response to TU
            COMPLETED  | 300-699         | COMPLETED  | send ACK
            COMPLETED  | Transport error | TERMINATED | inform TU
            COMPLETED  | Timer D         | TERMINATED | -
            ACCEPTED   | 2xx             | ACCEPTED   | response to TU
            ACCEPTED   | Timer M         | TERMINATED | -
            """, """
            PROCEEDING | Transport error | TERMINATED | inform TU | rfc3261#17.1.4-1 | \
            A failure of the transport ends the transaction in every state; the figure shows it \
            for two.
            """);

    static final RfcFigure OLD_INVITE_CLIENT = RfcFigure.of(3261, "17.1.1.2", "Figure 5", """
            begin      | INVITE from TU  | CALLING    | send INVITE
            CALLING    | Timer A         | CALLING    | send INVITE
            CALLING    | Timer B         | TERMINATED | inform TU
            CALLING    | Transport error | TERMINATED | inform TU
            CALLING    | 1xx             | PROCEEDING | response to TU
            CALLING    | 2xx             | TERMINATED | response to TU
            CALLING    | 300-699         | COMPLETED  | send ACK, response to TU
            PROCEEDING | 1xx             | PROCEEDING | response to TU
            PROCEEDING | 2xx             | TERMINATED | response to TU
            PROCEEDING | 300-699         | COMPLETED  | send ACK, response to TU
            COMPLETED  | 300-699         | COMPLETED  | send ACK
            COMPLETED  | Transport error | TERMINATED | inform TU
            COMPLETED  | Timer D         | TERMINATED | -
            """, """
            CALLING    | 2xx             | TERMINATED | response to TU | rfc6026#8.4-7 | \
            A 2xx no longer ends the transaction: it is accepted, and waits for more of them.
            PROCEEDING | 2xx             | TERMINATED | response to TU | rfc6026#8.4-7 | \
            As above, after a provisional response.
            CALLING    | 2xx             | ACCEPTED   | response to TU | rfc6026#8.4-7 | \
            The state that RFC 6026 adds.
            PROCEEDING | 2xx             | ACCEPTED   | response to TU | rfc6026#8.4-7 | \
            The state that RFC 6026 adds.
            ACCEPTED   | 2xx             | ACCEPTED   | response to TU | rfc6026#8.4-10 | \
            Each 2xx goes up: it may come from another branch of a fork.
            ACCEPTED   | Timer M         | TERMINATED | - | rfc6026#8.4-12 | \
            64*T1 later no more 2xx are expected.
            PROCEEDING | Transport error | TERMINATED | inform TU | rfc3261#17.1.4-1 | \
            A failure of the transport ends the transaction in every state; the figure shows it \
            for two.
            """);

    static final RfcFigure NON_INVITE_CLIENT = RfcFigure.of(3261, "17.1.2.2", "Figure 6", """
            begin      | Request from TU | TRYING     | send request
            TRYING     | Timer E         | TRYING     | send request
            TRYING     | Timer F         | TERMINATED | inform TU
            TRYING     | Transport error | TERMINATED | inform TU
            TRYING     | 1xx             | PROCEEDING | response to TU
            TRYING     | 200-699         | COMPLETED  | response to TU
            PROCEEDING | Timer E         | PROCEEDING | send request
            PROCEEDING | Timer F         | TERMINATED | inform TU
            PROCEEDING | Transport error | TERMINATED | inform TU
            PROCEEDING | 1xx             | PROCEEDING | response to TU
            PROCEEDING | 200-699         | COMPLETED  | response to TU
            COMPLETED  | Timer K         | TERMINATED | -
            """, "");

    static final RfcFigure INVITE_SERVER = RfcFigure.of(6026, "8.6", "Figure 7", """
            begin      | INVITE          | PROCEEDING | INVITE to TU
            PROCEEDING | 200 ms pass     | PROCEEDING | send response
            PROCEEDING | INVITE          | PROCEEDING | send response
            PROCEEDING | 101-199 from TU | PROCEEDING | send response
            PROCEEDING | Transport error | PROCEEDING | inform TU
            PROCEEDING | 300-699 from TU | COMPLETED  | send response
            PROCEEDING | 2xx from TU     | ACCEPTED   | send response
            COMPLETED  | INVITE          | COMPLETED  | send response
            COMPLETED  | Timer G         | COMPLETED  | send response
            COMPLETED  | Transport error | COMPLETED  | inform TU
            COMPLETED  | ACK             | CONFIRMED  | -
            COMPLETED  | Timer H         | TERMINATED | -
            CONFIRMED  | Timer I         | TERMINATED | -
            ACCEPTED   | INVITE          | ACCEPTED   | -
            ACCEPTED   | Transport error | ACCEPTED   | inform TU
            ACCEPTED   | ACK             | ACCEPTED   | ACK to TU
            ACCEPTED   | 2xx from TU     | ACCEPTED   | send response
            ACCEPTED   | Timer L         | TERMINATED | -
            """, """
            begin      | INVITE          | PROCEEDING | INVITE to TU | rfc3261#17.2.1 | \
            The layer above, which makes the transaction, passes the request up itself.
            begin      | INVITE          | PROCEEDING | - | rfc3261#17.2.1 | \
            The layer above, which makes the transaction, passes the request up itself.
            COMPLETED  | Timer H         | TERMINATED | - | rfc3261#17.2.1-12 | \
            The figure of RFC 6026 has lost that the TU is told; the text still has it.
            COMPLETED  | Timer H         | TERMINATED | inform TU | rfc3261#17.2.1-12 | \
            The text has the TU told that no ACK came, as the figure of RFC 3261 did.
            """);

    static final RfcFigure OLD_INVITE_SERVER = RfcFigure.of(3261, "17.2.1", "Figure 7", """
            begin      | INVITE          | PROCEEDING | INVITE to TU
            PROCEEDING | 200 ms pass     | PROCEEDING | send response
            PROCEEDING | INVITE          | PROCEEDING | send response
            PROCEEDING | 101-199 from TU | PROCEEDING | send response
            PROCEEDING | Transport error | TERMINATED | inform TU
            PROCEEDING | 300-699 from TU | COMPLETED  | send response
            PROCEEDING | 2xx from TU     | TERMINATED | send response
            COMPLETED  | INVITE          | COMPLETED  | send response
            COMPLETED  | Timer G         | COMPLETED  | send response
            COMPLETED  | Transport error | TERMINATED | inform TU
            COMPLETED  | ACK             | CONFIRMED  | -
            COMPLETED  | Timer H         | TERMINATED | inform TU
            CONFIRMED  | Timer I         | TERMINATED | -
            """, """
            begin      | INVITE          | PROCEEDING | INVITE to TU | rfc3261#17.2.1 | \
            The layer above, which makes the transaction, passes the request up itself.
            begin      | INVITE          | PROCEEDING | - | rfc3261#17.2.1 | \
            The layer above, which makes the transaction, passes the request up itself.
            PROCEEDING | Transport error | TERMINATED | inform TU | rfc6026#8.8-1 | \
            A failure of the transport no longer ends it: the INVITE may come again.
            COMPLETED  | Transport error | TERMINATED | inform TU | rfc6026#8.8-1 | \
            As above.
            PROCEEDING | 2xx from TU     | TERMINATED | send response | rfc6026#8.5-2 | \
            A 2xx no longer ends the transaction: it is accepted.
            PROCEEDING | Transport error | PROCEEDING | inform TU | rfc6026#8.8-1 | \
            The TU is told, the state remains.
            COMPLETED  | Transport error | COMPLETED  | inform TU | rfc6026#8.8-1 | \
            The TU is told, the state remains.
            PROCEEDING | 2xx from TU     | ACCEPTED   | send response | rfc6026#8.5-2 | \
            The state that RFC 6026 adds.
            ACCEPTED   | Transport error | ACCEPTED   | inform TU | rfc6026#8.8-1 | \
            The TU is told, the state remains.
            ACCEPTED   | ACK             | ACCEPTED   | ACK to TU | rfc6026#7.1-4 | \
            The ACK of a 2xx finds the transaction still there, and goes up.
            ACCEPTED   | 2xx from TU     | ACCEPTED   | send response | rfc6026#7.1-3 | \
            The TU repeats its 2xx until there is an ACK.
            ACCEPTED   | Timer L         | TERMINATED | - | rfc6026#7.1-5 | \
            64*T1 later no more INVITEs are expected.
            """);

    static final RfcFigure NON_INVITE_SERVER = RfcFigure.of(3261, "17.2.2", "Figure 8", """
            begin      | Request         | TRYING     | request to TU
            TRYING     | 1xx from TU     | PROCEEDING | send response
            TRYING     | 200-699 from TU | COMPLETED  | send response
            PROCEEDING | Request         | PROCEEDING | send response
            PROCEEDING | 1xx from TU     | PROCEEDING | send response
            PROCEEDING | Transport error | TERMINATED | inform TU
            PROCEEDING | 200-699 from TU | COMPLETED  | send response
            COMPLETED  | Request         | COMPLETED  | send response
            COMPLETED  | Transport error | TERMINATED | inform TU
            COMPLETED  | Timer J         | TERMINATED | -
            """, """
            begin      | Request         | TRYING     | request to TU | rfc3261#17.2.2 | \
            The layer above, which makes the transaction, passes the request up itself.
            begin      | Request         | TRYING     | - | rfc3261#17.2.2 | \
            The layer above, which makes the transaction, passes the request up itself.
            TRYING     | 1xx from TU     | PROCEEDING | send response | rfc4320#4.1 | \
            RFC 4320 leaves no provisional response but 100, and that one late.
            PROCEEDING | 1xx from TU     | PROCEEDING | send response | rfc4320#4.1 | \
            As above.
            TRYING     | 100 from TU     | PROCEEDING | send response | rfc4320#4.1 | \
            What is left of 1xx: over UDP not before the client asks every T2 only.
            PROCEEDING | 100 from TU     | PROCEEDING | send response | rfc4320#4.1 | \
            As above.
            TRYING     | 408 from TU     | COMPLETED  | - | rfc4320#4.2 | \
            A 408 always comes too late, and is not sent.
            PROCEEDING | 408 from TU     | COMPLETED  | - | rfc4320#4.2 | \
            As above.
            PROCEEDING | Transport error | TERMINATED | inform TU | rfc6026#8.8-1 | \
            A failure of the transport no longer ends it.
            COMPLETED  | Transport error | TERMINATED | inform TU | rfc6026#8.8-1 | \
            As above.
            TRYING     | Transport error | TRYING     | inform TU | rfc6026#8.8-1 | \
            The TU is told, the state remains.
            PROCEEDING | Transport error | PROCEEDING | inform TU | rfc6026#8.8-1 | \
            The TU is told, the state remains.
            COMPLETED  | Transport error | COMPLETED  | inform TU | rfc6026#8.8-1 | \
            The TU is told, the state remains.
            """);
}
