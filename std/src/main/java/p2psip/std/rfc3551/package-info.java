/// The profile for audio and video calls: what payload type numbers mean, and the codecs every
/// telephone has.
///
/// | section | file |
/// |---|---|
/// | 4.5 what a codec is | [Codec] |
/// | 4.5.11 L16 | [L16] |
/// | 4.5.14 PCMA and PCMU (G.711) | [G711] |
/// | 6 payload type numbers | [PayloadTypes] |
///
/// An example that `G711Test` runs:
/// ```java
/// byte code = G711.PCMU.encode(1000);    // 0xce
/// short sample = G711.PCMU.decode(code); // 988, as near as it gets
/// ```
///
/// Left out: the other codecs of section 4.5 and all of video; comfort noise is heard as silence.
//= rfc3551#1.* exception a remark that asks nothing of an implementation
//= rfc3551#2-1 exception no header extension is sent
//= rfc3551#2-3 exception for those who define header extensions
//= rfc3551#2-4..6 exception the fraction of rfc3550 is used
//= rfc3551#2-7 exception receivers always report
//= rfc3551#2-9 exception CNAME is the only item sent
//= rfc3551#2-11..12 exception there is no enhanced service
//= rfc3551#3-3 exception nobody here needs more than 32 dynamic payload types
//= rfc3551#3-6 exception there are no proprietary encodings
//= rfc3551#4.1-1 exception silence is sent like speech
//= rfc3551#4.1-6..7 exception one channel
//= rfc3551#4.1-9 exception one channel
//= rfc3551#4.3-1 exception one channel
//= rfc3551#4.4.* exception no codec of frames
//= rfc3551#4.5.1.* exception the codec DVI4 is left out
//= rfc3551#4.5.2.* exception the codec G.722 is left out
//= rfc3551#4.5.3.* exception the codec G.723 is left out
//= rfc3551#4.5.4.* exception the codec G.726 is left out
//= rfc3551#4.5.5.* exception the codec G.728 is left out
//= rfc3551#4.5.6.* exception the codec G.729 is left out
//= rfc3551#4.5.7.* exception the codecs G.729D and G.729E are left out
//= rfc3551#4.5.8.* exception the codec GSM is left out
//= rfc3551#4.5.11-1 exception L16 has no parameters here: one channel, no pre-emphasis
//= rfc3551#4.5.13.* exception the format MPA is left out
//= rfc3551#5.* exception video is left out
//= rfc3551#6-5 exception DVI4 is left out: telephones have PCMU and PCMA
//= rfc3551#7.* exception RTP goes over UDP only
//= rfc3551#9.* exception what has changed since RFC 1890
//= rfc3551#10.* exception security considerations that ask nothing of an implementation
//= rfc3551#2-13 exception loss is counted and told after the call: G.711 has no lower rate to go to
//= rfc3551#4.1-3 exception silence is sent like speech: there are no talkspurts
//= rfc3551#4.1-4 exception what comes is played at once: there is no playout delay
//= rfc3551#4.2-5 exception no codec of frames
//= rfc3551#6-2 exception a phone has audio only, and telephone events are audio
//= rfc3551#8-2 exception a permission: any pair may be used, one of a range is taken
//= rfc3551#8-4..5 exception ports are always said in SDP: there is no default
package p2psip.std.rfc3551;
