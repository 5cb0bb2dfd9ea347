// The sound of one call: a microphone, WebRTC to the node, and what comes from there (RFC 8835 and
// its fellows, which are the browser's business).

/** How long addresses are gathered: those of this machine are there at once. */
const GATHERING = 1000;

export class Sound {
  #connection = new RTCPeerConnection({ iceServers: [] });
  #player; #microphone = null; #muted = false; #closed = false;

  /** @param player the element that plays */
  constructor(player) {
    this.#player = player;
    this.#connection.ontrack = ({ track }) => {
      player.srcObject = new MediaStream([track]);
      player.play().catch(() => {});
    };
  }

  get connection() { return this.#connection; }

  async #open() {
    if (this.#microphone) return;
    this.#microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
    if (this.#closed) return this.#stop();
    for (const track of this.#microphone.getTracks()) {
      track.enabled = !this.#muted;
      this.#connection.addTrack(track, this.#microphone);
    }
  }

  #stop() { this.#microphone?.getTracks().forEach(track => track.stop()); }

  async #described() {
    const connection = this.#connection;
    await connection.setLocalDescription();
    if (connection.iceGatheringState !== 'complete') await new Promise(done => {
      setTimeout(done, GATHERING);
      connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && done();
    });
    return connection.localDescription.sdp;
  }

  async offer() {
    await this.#open();
    return this.#described();
  }

  async answer(sdp) {
    await this.#connection.setRemoteDescription({ type: 'offer', sdp });
    await this.#open();
    return this.#described();
  }

  /** The other side has answered; early, if it may answer otherwise yet. */
  accept(sdp, early) { return this.#connection.setRemoteDescription({ type: early ? 'pranswer' : 'answer', sdp }); }

  get muted() { return this.#muted; }

  set muted(muted) {
    this.#muted = muted;
    this.#microphone?.getTracks().forEach(track => { track.enabled = !muted; });
  }

  /** Presses keys: 0 to 9, * and #. */
  press(keys) { this.#connection.getSenders().find(each => each.dtmf)?.dtmf.insertDTMF(keys); }

  close() {
    this.#closed = true;
    this.#stop();
    this.#connection.close();
    this.#player.srcObject = null;
  }
}

/** A ring, until the function that it answers is called. */
export function ring() {
  const audio = new AudioContext(), gain = audio.createGain(), tone = audio.createOscillator();
  gain.gain.value = 0;
  tone.frequency.value = 440;
  tone.connect(gain).connect(audio.destination);
  tone.start();
  const once = () => [0, 0.4].forEach(at => {
    gain.gain.setTargetAtTime(0.15, audio.currentTime + at, 0.02);
    gain.gain.setTargetAtTime(0, audio.currentTime + at + 0.25, 0.02);
  });
  once();
  const timer = setInterval(once, 3000);
  return () => { clearInterval(timer); audio.close(); };
}
