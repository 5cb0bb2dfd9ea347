package p2psip.app.p2psip;

import p2psip.app.sipd.Logbook;

/// How much a line matters, as journald reads it at its beginning; for nobody else.
///
/// @param listens whether it is journald that reads what is printed
record Journald(boolean listens) {
    /// As systemd says it to those whom it has started.
    static Journald here() { return new Journald(System.getenv("JOURNAL_STREAM") != null); }

    /// `<6>` before what is for information, by the levels of syslog.
    String line(Logbook.Level level, String text) {
        return listens ? "<" + switch (level) {
            case WARNING -> 4;
            case NOTICE -> 5;
            case INFO -> 6;
        } + ">" + text : text;
    }
}
