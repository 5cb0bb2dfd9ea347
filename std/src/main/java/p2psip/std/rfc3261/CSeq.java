package p2psip.std.rfc3261;

/// The CSeq of a message: a number that orders the requests of a dialog, and the method.
///
/// @param number 0 to 2^31-1
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-20.16 RFC 3261 §20.16
public record CSeq(long number, String method) {

    /// Reads what follows the colon of `CSeq`: digits, a blank and a `Method`.
    ///
    /// @throws SyntaxException if it is none
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-25.1 RFC 3261 §25.1
    public static CSeq parse(String value) {
        int blank = 0;
        while (blank < value.length() && value.charAt(blank) > ' ') blank++;
        var digits = value.substring(0, blank);
        var method = value.substring(blank).strip();
        if (method.isEmpty() || blank > 10 || !Grammar.isNumber(digits, Long.MAX_VALUE))
            throw new SyntaxException("bad CSeq: " + value);
        long number = Long.parseLong(digits);
        //= rfc3261#8.1.1.5-2 the sequence number is less than 2**31
        if (number > Integer.MAX_VALUE) throw new SyntaxException("CSeq over 2^31-1: " + value);
        return new CSeq(number, method);
    }

    @Override public String toString() { return number + " " + method; }
}
