package p2psip.app.web;

import module java.base;
import p2psip.app.sipd.*;
import p2psip.app.sipd.Inquiry.Reply;

/// The numbers of a SIP server in the text form that Prometheus reads, version 0.0.4.
///
/// No label has a value that others choose: there are as many lines as there are kinds of events
/// and statuses.
final class Metrics {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String OURS = "p2psip_sipd_";

    private Metrics() {}

    static String text(Reply.Counted counted, SortedMap<String, Long> program) {
        var text = new StringBuilder();
        counted.sizes().forEach((name, size) -> gauge(text, name, "how many there are", size));
        program.forEach((name, value) -> gauge(text, name, "of the program", value));
        head(text, "events_total", "counter", "what has happened");
        counted.counters().happened().forEach((kind, times) ->
                line(text, "events_total{event=\"" + kind + "\"}", times));
        head(text, "refused_total", "counter", "requests refused, by status");
        counted.counters().refused().forEach((status, times) ->
                line(text, "refused_total{status=\"" + status + "\"}", times));
        return text.toString();
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        head(text, name, "gauge", help);
        line(text, name, value);
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(OURS).append(name).append(' ').append(help).append('\n')
                .append("# TYPE ").append(OURS).append(name).append(' ').append(type)
                .append('\n');
    }

    private static void line(StringBuilder text, String name, long value) {
        text.append(OURS).append(name).append(' ').append(value).append('\n');
    }
}
