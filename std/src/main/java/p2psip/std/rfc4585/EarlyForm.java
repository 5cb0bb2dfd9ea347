package p2psip.std.rfc4585;

import module java.base;
import p2psip.std.rfc3550.*;

/// In what form feedback goes out between two reports: with a short report, or alone.
public interface EarlyForm {
    /// As RFC 4585 has it, with a report and the CNAME.
    //= rfc4585#3.1-7 the minimal format whenever feedback goes out early
    EarlyForm MINIMAL = (_, _) -> ReportTiming.Turn.MINIMAL;

    ReportTiming.Turn form(List<RtcpPacket> packets, Instant now);

    /// A report with all that belongs to it has gone out.
    default void reported() { }
}
