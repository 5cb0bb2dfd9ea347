// MD5 (RFC 1321), which browsers do not lend: many who ask for a password by digest know nothing
// better. It protects nothing but that; where SHA-256 is offered it is taken instead.

const SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
const SINES = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);
const ROUNDS = [
  (b, c, d, i) => [b & c | ~b & d, i],
  (b, c, d, i) => [b & d | c & ~d, (5 * i + 1) % 16],
  (b, c, d, i) => [b ^ c ^ d, (3 * i + 5) % 16],
  (b, c, d, i) => [c ^ (b | ~d), 7 * i % 16]];

/** Of a text in UTF-8, in hexadecimal. */
export function md5(text) {
  const bytes = new TextEncoder().encode(text), blocks = new DataView(new ArrayBuffer((bytes.length + 72 >> 6) * 64));
  bytes.forEach((byte, i) => blocks.setUint8(i, byte));
  blocks.setUint8(bytes.length, 0x80);
  blocks.setUint32(blocks.byteLength - 8, bytes.length * 8, true);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < blocks.byteLength; at += 64) {
    let [a, b, c, d] = state;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4, [mixed, word] = ROUNDS[round](b, c, d, i), by = SHIFTS[round][i % 4];
      const sum = a + mixed + SINES[i] + blocks.getInt32(at + 4 * word, true) | 0;
      [a, d, c, b] = [d, c, b, b + (sum << by | sum >>> 32 - by) | 0];
    }
    [a, b, c, d].forEach((each, i) => { state[i] = state[i] + each | 0; });
  }
  const out = new DataView(new ArrayBuffer(16));
  state.forEach((each, i) => out.setInt32(4 * i, each, true));
  return Array.from(new Uint8Array(out.buffer), byte => byte.toString(16).padStart(2, '0')).join('');
}
