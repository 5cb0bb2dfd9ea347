package p2psip.app.voip;

import module java.base;

/// A call as it was: what this end said and what it heard, from the same moment on.
///
/// @param rate how many samples are a second
public record Recording(int rate, short[] said, short[] heard) {
    static final Recording NONE = new Recording(8000, new short[0], new short[0]);

    /// As a file with two channels: on the left what was said, on the right what was heard.
    public byte[] wav() { return Wav.encode(rate, said, heard); }
}
