/// What a capture holds, judged by our own parsers: the verb `trace`, and a test of everything that
/// is sent, by whomever.
///
/// [PcapngWriter] writes a capture of what was sent, and [Capture] reads one, ours or another
/// program's: a [Frame] each, and in it a [Packet], or a piece of one, which `Fragments` put
/// together; [Assembly] makes streams of packets again.
///
/// [Inspector] reads a [Capture]: ports that speak SIP are known by what is said
/// there ([SipStream] if by TCP), those of media by the session descriptions ([Descriptions]), STUN
/// and the overlay by their first bytes ([FirstBytes]). What one of these ports hears is of its
/// protocols, or is refused as plain data; what passes between other ports is only counted.
/// [Report] says how many packets of each [Protocol] were in order, and what was wrong with the
/// others ([Problem]). `Telling` notes all of it as trace values, as if the hosts had, so that
/// [p2psip.app.trace] can draw and show it; `Undescribed` finds media of which no session
/// description speaks, for who shows them.
///
/// Not looked into: what is encrypted (SRTP, TLS, the frames of the overlay).
package p2psip.app.capture;
