#!/usr/bin/python3
# GStreamer's webrtcbin as a SIP phone that calls once: carries its descriptions out of and into SIP.
#   webrtcbin_phone.py HOST:PORT HEARD.wav sip:alice@HOST:PORT
import gi, re, socket, sys, threading, time
gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

at, out, uri = sys.argv[1:]
here, there = [(a.split(":")[0], int(a.split(":")[1])) for a in (at, re.sub(".*@", "", uri))]
Gst.init(None)
pipe = Gst.parse_launch(
    "webrtcbin name=w bundle-policy=max-bundle audiotestsrc is-live=true freq=1000 ! audioconvert"
    " ! audioresample ! opusenc ! rtpopuspay pt=96"
    " ! application/x-rtp,media=audio,encoding-name=OPUS,payload=96 ! w.")
web = pipe.get_by_name("w")
threading.Thread(target=GLib.MainLoop().run, daemon=True).start()
kept = []

def offered(promise, *_):
    kept.append(promise.get_reply())
    web.emit("set-local-description", kept[-1].get_value("offer"), None)

def heard(_, pad):
    if pad.get_direction() != Gst.PadDirection.SRC:
        return
    sink = Gst.parse_bin_from_description(
        "rtpopusdepay ! opusdec ! audioconvert ! audioresample ! audio/x-raw,rate=8000,channels=1,"
        "format=S16LE ! wavenc ! filesink location=" + out, True)
    pipe.add(sink)
    sink.sync_state_with_parent()
    pad.link(sink.get_static_pad("sink"))

web.connect("on-negotiation-needed", lambda _: web.emit(
    "create-offer", None, Gst.Promise.new_with_change_func(offered)))
web.connect("pad-added", heard)
pipe.set_state(Gst.State.PLAYING)
while not (web.get_property("local-description")
           and web.get_property("ice-gathering-state").value_nick == "complete"):
    time.sleep(0.05)
sdp = web.get_property("local-description").sdp.as_text()
mid = re.search("a=mid:.*", sdp).group(0).strip()
sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sip.bind(here)
sip.settimeout(30)

def send(lines, body=""):
    lines += ["Contact: <sip:web@%s>" % at, "Content-Type: application/sdp",
              "Content-Length: %d" % len(body)]
    sip.sendto(("\r\n".join(lines) + "\r\n\r\n" + body).encode(), there)

def ask(method, to, body=""):
    send(["%s %s SIP/2.0" % (method, uri), "Via: SIP/2.0/UDP %s;branch=z9hG4bK%s" % (at, method),
          "Max-Forwards: 70", "From: <sip:web@%s>;tag=w" % at, to, "Call-ID: bin@" + at,
          "CSeq: 1 " + method], body)

ask("INVITE", "To: <%s>" % uri, sdp)
print("ready", flush=True)
while True:
    text = sip.recv(65536).decode()
    if text.startswith("SIP/2.0 200") and "1 INVITE" in text:
        answer = text.split("\r\n\r\n", 1)[1].rstrip() + "\r\n"
        # who offers one stream needs no name for it, but webrtcbin does
        _, message = GstSdp.SDPMessage.new_from_text(
            answer if "a=mid" in answer else answer + mid + "\r\n")
        web.emit("set-remote-description", GstWebRTC.WebRTCSessionDescription.new(
            GstWebRTC.WebRTCSDPType.ANSWER, message), None)
        ask("ACK", re.search("To: .*", text).group(0).strip())
    elif text.startswith("BYE"):
        send(["SIP/2.0 200 OK"] + [l for l in text.split("\r\n")
                                   if re.match("Via|From|To|Call-ID|CSeq", l)])
        print("state", web.get_property("ice-connection-state").value_nick, flush=True)
        break
pipe.send_event(Gst.Event.new_eos())
time.sleep(1)
pipe.set_state(Gst.State.NULL)
