#!/usr/bin/python3
# GStreamer's webrtcbin as a SIP phone for one call: carries its descriptions in and out of SIP.
#   webrtcbin_phone.py answer HOST:PORT HEARD.wav
#   webrtcbin_phone.py call HOST:PORT HEARD.wav sip:alice@HOST:PORT
import gi, re, socket, sys, threading, time
gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

mode, at, out, uri = (sys.argv[1:] + [""])[:4]
address = lambda text: (text.split(":")[0], int(text.split(":")[1]))
sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sip.bind(address(at))
sip.settimeout(30)
Gst.init(None)
kept, needed = [], threading.Event()

def heard(_, pad):
    if pad.get_direction() != Gst.PadDirection.SRC:
        return
    sink = Gst.parse_bin_from_description(
        "rtpopusdepay ! opusdec ! audioconvert ! audioresample ! audio/x-raw,rate=8000,channels=1,"
        "format=S16LE ! wavenc ! filesink location=" + out, True)
    pipe.add(sink)
    sink.sync_state_with_parent()
    pad.link(sink.get_static_pad("sink"))

def begin(payload):
    global pipe, web
    pipe = Gst.parse_launch(
        "webrtcbin name=w bundle-policy=max-bundle audiotestsrc is-live=true freq=1000"
        " ! audioconvert ! audioresample ! opusenc ! rtpopuspay pt=%s"
        " ! application/x-rtp,media=audio,encoding-name=OPUS,payload=%s ! w." % (payload, payload))
    web = pipe.get_by_name("w")
    threading.Thread(target=GLib.MainLoop().run, daemon=True).start()
    web.connect("pad-added", heard)
    web.connect("on-negotiation-needed", lambda _: needed.set())
    pipe.set_state(Gst.State.PLAYING)

def describe(kind):
    def made(promise, *_):
        kept.append(promise.get_reply())
        web.emit("set-local-description", kept[-1].get_value(kind), None)
    web.emit("create-" + kind, None, Gst.Promise.new_with_change_func(made))
    while not (web.get_property("local-description")
               and web.get_property("ice-gathering-state").value_nick == "complete"):
        time.sleep(0.05)
    return web.get_property("local-description").sdp.as_text()

def described(text, kind, mid):
    # who offers one stream needs no name for it, but webrtcbin does
    sdp = text.split("\r\n\r\n", 1)[1].rstrip().replace("/SAVP ", "/SAVPF ") + "\r\n"
    _, message = GstSdp.SDPMessage.new_from_text(
        sdp if "a=mid" in sdp else sdp + "a=mid:%s\r\n" % mid)
    web.emit("set-remote-description", GstWebRTC.WebRTCSessionDescription.new(kind, message), None)

def send(lines, to, body=""):
    lines += ["Contact: <sip:web@%s>" % at, "Content-Type: application/sdp",
              "Content-Length: %d" % len(body)]
    sip.sendto(("\r\n".join(lines) + "\r\n\r\n" + body).encode(), to)

def ask(method, to, body=""):
    send(["%s %s SIP/2.0" % (method, uri), "Via: SIP/2.0/UDP %s;branch=z9hG4bK%s" % (at, method),
          "Max-Forwards: 70", "From: <sip:web@%s>;tag=w" % at, to, "Call-ID: bin@" + at,
          "CSeq: 1 " + method], address(re.sub(".*@", "", uri)), body)

def answer(text, to, body=""):
    kept = [l for l in text.split("\r\n") if re.match("Via|From|To|Call-ID|CSeq", l)]
    send(["SIP/2.0 200 OK"] + [l if not l.startswith("To") or "tag=" in l else l + ";tag=w"
                               for l in kept], to, body)

sdp = ""
if mode == "call":
    begin(96)
    needed.wait(10)
    sdp = describe("offer")
    ask("INVITE", "To: <%s>" % uri, sdp)
print("ready", flush=True)
while True:
    data, source = sip.recvfrom(65536)
    text = data.decode()
    if text.startswith("SIP/2.0 200") and "1 INVITE" in text:
        described(text, GstWebRTC.WebRTCSDPType.ANSWER,
                  re.search("a=mid:(.*)", sdp).group(1).strip())
        ask("ACK", re.search("To: .*", text).group(0).strip())
    elif text.startswith("INVITE"):
        if not sdp:
            begin(re.search("(?i)a=rtpmap:([0-9]+) opus", text).group(1))
            described(text, GstWebRTC.WebRTCSDPType.OFFER, "0")
            sdp = describe("answer").replace("/SAVPF ", "/SAVP ")
        answer(text, source, sdp)
    elif text.startswith("BYE"):
        answer(text, source)
        print("state", web.get_property("ice-connection-state").value_nick, flush=True)
        break
pipe.send_event(Gst.Event.new_eos())
time.sleep(1)
pipe.set_state(Gst.State.NULL)
