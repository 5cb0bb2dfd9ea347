package p2psip.std.rfc3665;

import module java.base;

/// Draws what passes between hosts, as the RFCs do: a column for each, an arrow for each message.
public record Ladder(List<String> hosts) {
    private static final int WIDTH = 12;

    /// @param passed lines `alice -> p1 INVITE`
    public String draw(List<String> passed) {
        var drawn = new StringJoiner("\n", "", "\n");
        var names = new StringBuilder();
        for (var host : hosts) names.append(String.format("%-" + WIDTH + "s", title(host)));
        drawn.add(names.toString().stripTrailing());
        for (var line : passed) drawn.add(arrow(line.split(" ")));
        return drawn.toString();
    }

    private static String title(String host) {
        return switch (host) {
            case "alg" -> "ALG";
            case "server" -> "SIP Server";
            case "music" -> "Music Server";
            case "park" -> "Park Server";
            case "pc" -> "Bob's PC";
            default -> host.contains(".") ? host
                    : host.matches("p\\d") ? "Proxy " + host.substring(1)
                    : host.matches("b\\d") ? "User B" + host.substring(1)
                    : host.substring(0, 1).toUpperCase(Locale.ROOT) + host.substring(1);
        };
    }

    private String arrow(String[] words) {
        int from = hosts.indexOf(words[0]), to = hosts.indexOf(words[2]);
        int left = Math.min(from, to), right = Math.max(from, to);
        var row = new StringBuilder();
        for (int column = 0; column < hosts.size(); column++) {
            boolean arrow = column >= left && column < right;
            row.append('|').append((arrow ? "-" : " ").repeat(WIDTH - 1));
        }
        row.setLength((hosts.size() - 1) * WIDTH + 1);
        row.setCharAt(to > from ? right * WIDTH - 1 : left * WIDTH + 1, to > from ? '>' : '<');
        int begin = left * WIDTH + 1 + ((right - left) * WIDTH - 1 - words[3].length()) / 2;
        row.replace(begin, begin + words[3].length(), words[3]);
        for (int column = left + 1; column < right; column++)
            if (row.charAt(column * WIDTH) == '|') row.setCharAt(column * WIDTH, '-');
        return row.toString();
    }
}
