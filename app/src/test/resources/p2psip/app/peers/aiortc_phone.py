#!/usr/bin/python3
# aiortc as a SIP phone for one call: carries its descriptions in and out of SIP, by UDP.
#   aiortc_phone.py answer HOST:PORT TONE.wav HEARD.wav
#   aiortc_phone.py call HOST:PORT TONE.wav HEARD.wav sip:alice@HOST:PORT
import asyncio, re, socket, sys
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaPlayer, MediaRecorder

async def main(mode, at, tone, out, uri=""):
    loop, (host, port) = asyncio.get_event_loop(), at.split(":")
    sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sip.bind((host, int(port)))
    sip.setblocking(False)
    pc, recorder = RTCPeerConnection(), MediaRecorder(out)
    pc.on("track", lambda track: recorder.addTrack(track))
    pc.addTrack(MediaPlayer(tone).audio)
    peer = re.sub(".*@", "", uri).split(":")

    def send(lines, sdp=""):
        head = lines + ["Contact: <sip:web@%s>" % at, "Content-Type: application/sdp",
                        "Content-Length: %d" % len(sdp)]
        sip.sendto(("\r\n".join(head) + "\r\n\r\n" + sdp).encode(), (peer[0], int(peer[1])))

    def ask(method, number, to, sdp=""):
        send(["%s %s SIP/2.0" % (method, uri), "Via: SIP/2.0/UDP %s;branch=z9hG4bK%s%d" % (
            at, method, number), "Max-Forwards: 70", "From: <sip:web@%s>;tag=w" % at, to,
            "Call-ID: web@%s" % at, "CSeq: %d %s" % (number, method)], sdp)

    def answer(status, text, sdp=""):
        kept = [l for l in text.split("\r\n") if re.match("Via|From|Call-ID|CSeq", l)]
        to = re.search("To: .*", text).group(0).strip()
        send(["SIP/2.0 " + status] + kept + [to + ("" if "tag=" in to else ";tag=w")], sdp)

    # the stream has no other name where only one is offered
    named = lambda sdp: sdp if "a=mid" in sdp else sdp.rstrip() + "\r\na=mid:0\r\n"
    described = lambda text, kind: RTCSessionDescription(named(text.split("\r\n\r\n", 1)[1]), kind)
    if mode == "call":
        await pc.setLocalDescription(await pc.createOffer())
        ask("INVITE", 1, "To: <%s>" % uri, pc.localDescription.sdp)
    print("ready", flush=True)
    while True:
        data, source = await asyncio.wait_for(loop.run_in_executor(None, receive, sip), 30)
        text, peer = data.decode(), source
        if text.startswith("INVITE") and pc.remoteDescription is None:
            await pc.setRemoteDescription(described(text, "offer"))
            await pc.setLocalDescription(await pc.createAnswer())
            answer("200 OK", text, pc.localDescription.sdp.replace("/SAVPF", "/SAVP"))
            await recorder.start()
        elif text.startswith("SIP/2.0 200") and "INVITE" in text and pc.remoteDescription is None:
            to = re.search("To: .*", text).group(0).strip()
            await pc.setRemoteDescription(described(text, "answer"))
            ask("ACK", 1, to)
            await recorder.start()
        elif text.startswith("BYE"):
            answer("200 OK", text)
            print("state", pc.connectionState, flush=True)
            break
    await recorder.stop()
    await pc.close()

def receive(sip):
    sip.settimeout(30)
    return sip.recvfrom(65536)

asyncio.run(main(*sys.argv[1:]))
