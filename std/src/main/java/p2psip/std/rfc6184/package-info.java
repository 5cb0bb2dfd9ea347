/// H.264 in RTP: pictures that somebody has coded, cut into packets and put together again without
/// being opened.
///
/// What a coder makes are NAL units, one or more for each picture. A unit that fits a packet is its
/// payload; of a larger one each packet has a fragment. All packets of a picture have its
/// timestamp, and the last one has the marker bit.
///
/// | section | file |
/// |---|---|
/// | 1.3 units, and where a picture begins | [NalUnits] |
/// | 5.6, 5.8, 6.3 sending | [NalPacketizer] |
/// | 5.6 to 5.8, 7.1 receiving | [NalAssembler] |
///
/// An example that `NalPacketizerTest` runs:
/// ```java
/// var payloads = new NalPacketizer(1200).payloads(units);      // marker on the last one
/// assembler.received(packet).forEach(picture -> picture.units());
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): the
/// interleaved mode, packets of several units are read and not made, parameters are those of who
/// has made the film, and nothing is decoded.
package p2psip.std.rfc6184;
