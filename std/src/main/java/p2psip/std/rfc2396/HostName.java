package p2psip.std.rfc2396;

import module java.base;

/// `host[:port]`, read in place: a host name, an IPv4 address, or `[IPv6]`.
///
/// @param name as written; an IPv6 address with its brackets
/// @param port if one is written
/// @param end  the index behind it
public record HostName(String name, OptionalInt port, int end) {
    private static final int IPV6_GROUPS = 8;

    private static final Pattern NUMBER = Pattern.compile("([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    /// Reads the host that begins at an index and ends at a character that no host has.
    public static HostName at(String text, int from) {
        int end = from < text.length() && text.charAt(from) == '['
                ? endOfIpv6(text, from) : endOfName(text, from);
        if (end == from) throw new SyntaxException("no host: " + text);
        var name = text.substring(from, end);
        if (!isIpv4(name) && endsInNumber(name))
            throw new SyntaxException("bad address: " + text);
        if (end == text.length() || text.charAt(end) != ':')
            return new HostName(name, OptionalInt.empty(), end);
        int port = 0, i = end + 1;
        for (; i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9'; i++)
            if ((port = port * 10 + text.charAt(i) - '0') > 65535)
                throw new SyntaxException("port over 65535: " + text);
        if (port == 0) throw new SyntaxException("bad port: " + text);
        return new HostName(name, OptionalInt.of(port), i);
    }

    /// Four decimal numbers; without leading zeros, for which some read them as octal.
    private static boolean isIpv4(String name) {
        int numbers = 1, number = 0, digits = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.' && digits > 0) {
                numbers++;
                number = digits = 0;
            } else if (c >= '0' && c <= '9' && (digits == 0 || number > 0)) {
                digits++;
                number = number * 10 + c - '0';
                if (number > 255) return false;
            } else {
                return false;
            }
        }
        return numbers == 4 && digits > 0;
    }

    /// As no name does, but what some take for an address: `127.1`, `2130706433`, `0x7f000001`.
    private static boolean endsInNumber(String name) {
        int from = name.lastIndexOf('.', name.length() - 2) + 1;
        //= rfc3261#19.1.1¶7 a host is a domain name, whose last label is none, or an address
        return name.charAt(from) <= '9' && NUMBER.matcher(name.substring(from)).matches();
    }

    private static int endOfName(String text, int i) {
        while (i < text.length() && isNameChar(text.charAt(i))) i++;
        return i;
    }

    private static boolean isNameChar(char c) {
        //= rfc3261#19.1.2-6 an escape in the host component is not taken for what it stands for
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                || c == '.' || c == '-' || c == '_';
    }

    private static int endOfIpv6(String text, int from) {
        int end = text.indexOf(']', from) + 1;
        if (end == 0 || literal(text.substring(from, end)).isEmpty()
                || text.substring(from, end).indexOf('%') >= 0)
            throw new SyntaxException("bad IPv6 address: " + text);
        return end;
    }

    /// The address that a literal names, brackets or not; empty for a host name. Asks no DNS.
    public static Optional<InetAddress> literal(String name) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        if (name.indexOf(':') < 0 && !isIpv4(name)) return Optional.empty();
        try {
            return Optional.of(InetAddress.ofLiteral(
                    bracketed ? name.substring(1, name.length() - 1) : name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The one spelling by which hosts are compared: an IPv6 address by its value, a name in lower
    /// case and without the dot of the root. An IPv4 address has only one.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-19.1.4 RFC 3261 §19.1.4
    public static String canonical(String name) {
        if (name.startsWith("[")) return literal(name).map(HostName::text).orElse(name);
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /// An address as a host is written: IPv6 in brackets.
    public static String text(InetAddress address) {
        return address instanceof Inet6Address ? "[" + numeric(address) + "]" : numeric(address);
    }

    /// An address without brackets and without a zone, IPv6 as RFC 5952 wants it: the longest run
    /// of zeros is `::`.
    public static String numeric(InetAddress address) {
        if (!(address instanceof Inet6Address)) return address.getHostAddress();
        var groups = ByteBuffer.wrap(address.getAddress()).asShortBuffer();
        int gap = 0, length = 1;
        for (int i = 0; i < IPV6_GROUPS; i++) {
            int end = i;
            while (end < IPV6_GROUPS && groups.get(end) == 0) end++;
            if (end - i > length) {
                gap = i;
                length = end - i;
            }
        }
        if (length == 1) return hex(groups, 0, IPV6_GROUPS);
        return hex(groups, 0, gap) + "::" + hex(groups, gap + length, IPV6_GROUPS);
    }

    private static String hex(ShortBuffer groups, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> Integer.toHexString(groups.get(i) & 0xffff))
                .collect(Collectors.joining(":"));
    }

    /// An address and port as `host:port`.
    public static String text(InetSocketAddress address) {
        return text(address.getAddress()) + ":" + address.getPort();
    }
}
