package p2psip.std.rfc3261.ua;

/// The CSeq numbers of what one side sends: in a dialog, or in requests of one Call-ID outside.
final class SequenceNumbers {
    private long last;

    /// @param last the number of the request that began it; 0 if none was sent yet
    SequenceNumbers(long last) { this.last = last; }

    /// The number of the next request.
    long next() {
        //= rfc3261#12.2.1.1-7,8,9 numbers increase by one, from one chosen freely below 2^31
        return ++last;
    }
}
