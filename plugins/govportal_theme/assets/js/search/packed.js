// Bytes on the wire: the reader of products/search/packed.py, whose docstring is the format.

import { BROKEN, inflate } from "./inflate.js";

const decoder = new TextDecoder();

/** The bytes of a file, unpacked if they are gzip. */
export async function unpack(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  if (typeof DecompressionStream === "undefined") return inflate(bytes.subarray(10));
  const stream = new DecompressionStream("gzip");
  const writer = stream.writable.getWriter();
  writer.write(bytes).then(() => writer.close()).catch(() => {}); // what fails here fails for the reader too
  return new Uint8Array(await new Response(stream.readable).arrayBuffer());
}

/** Reads numbers and pieces from bytes; running past the end is an error. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.place = 0;
  }

  number() {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (this.place >= this.bytes.length) break;
      const byte = this.bytes[this.place];
      this.place += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new RangeError(BROKEN);
  }

  piece(length) {
    const end = this.place + length;
    if (end > this.bytes.length) throw new RangeError(BROKEN);
    const found = this.bytes.subarray(this.place, end);
    this.place = end;
    return found;
  }

  text(length) {
    return decoder.decode(this.piece(length));
  }

  texts() {
    const length = this.number();
    return length ? this.text(length).split("\n") : [];
  }
}
