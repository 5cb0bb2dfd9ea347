package p2psip.app.voip;

/// A piece of sound, 16 bits a sample.
///
/// @param rate how many samples are a second
public record Sound(int rate, short[] samples) {}
