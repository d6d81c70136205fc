// RFC 1951 for browsers without DecompressionStream; plain and small rather than fast.

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function steps(first, group, count) {
  const bases = [];
  const bits = [];
  let base = first;
  for (let code = 0; code < count; code += 1) {
    const extra = Math.max(0, Math.floor(code / group) - 1);
    bases.push(base);
    bits.push(extra);
    base += 1 << extra;
  }
  return { bases, bits };
}

const LENGTHS = steps(3, 4, 29);
LENGTHS.bases[28] = 258;
LENGTHS.bits[28] = 0;
const DISTANCES = steps(1, 2, 30);

function tree(lengths) {
  const counts = new Array(16).fill(0);
  lengths.forEach((length) => { counts[length] += 1; });
  counts[0] = 0;
  const places = [0];
  for (let length = 0; length < 15; length += 1) places.push(places[length] + counts[length]);
  const symbols = [];
  lengths.forEach((length, symbol) => {
    if (length) {
      symbols[places[length]] = symbol;
      places[length] += 1;
    }
  });
  return { counts, symbols };
}

/** The content of a raw deflate stream; what follows the stream is ignored. */
export function inflate(bytes) {
  let place = 0;
  let held = 0;
  let bits = 0;
  let size = 0;
  let output = new Uint8Array(Math.max(1024, bytes.length * 4));

  function take(count) {
    while (bits < count) {
      if (place >= bytes.length) throw new RangeError("the file ends too early");
      held |= bytes[place] << bits;
      place += 1;
      bits += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    bits -= count;
    return value;
  }

  function symbol(codes) {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length += 1) {
      code |= take(1);
      const count = codes.counts[length];
      if (code - count < first) return codes.symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new RangeError("a code is broken");
  }

  function put(byte) {
    if (size === output.length) {
      const larger = new Uint8Array(size * 2);
      larger.set(output);
      output = larger;
    }
    output[size] = byte;
    size += 1;
  }

  function trees(fixed) {
    if (fixed) {
      const lengths = [];
      for (let code = 0; code < 288; code += 1) {
        lengths.push(code < 144 ? 8 : code < 256 ? 9 : code < 280 ? 7 : 8);
      }
      return [tree(lengths), tree(new Array(30).fill(5))];
    }
    const literals = take(5) + 257;
    const distances = take(5) + 1;
    const known = take(4) + 4;
    const orders = new Array(19).fill(0);
    for (let code = 0; code < known; code += 1) orders[ORDER[code]] = take(3);
    const codes = tree(orders);
    const lengths = [];
    while (lengths.length < literals + distances) {
      const next = symbol(codes);
      if (next < 16) lengths.push(next);
      else {
        const value = next === 16 ? lengths[lengths.length - 1] : 0;
        let times = next === 16 ? 3 + take(2) : next === 17 ? 3 + take(3) : 11 + take(7);
        for (; times > 0; times -= 1) lengths.push(value);
      }
    }
    return [tree(lengths.slice(0, literals)), tree(lengths.slice(literals))];
  }

  for (let last = 0; !last;) {
    last = take(1);
    const kind = take(2);
    if (kind === 0) {
      held = 0;
      bits = 0;
      let length = bytes[place] | (bytes[place + 1] << 8);
      place += 4;
      if (place + length > bytes.length) throw new RangeError("the file ends too early");
      for (; length > 0; length -= 1) put(bytes[place++]);
    } else if (kind === 3) {
      throw new RangeError("a block is broken");
    } else {
      const [literals, distances] = trees(kind === 1);
      for (let next = symbol(literals); next !== 256; next = symbol(literals)) {
        if (next < 256) put(next);
        else {
          let length = LENGTHS.bases[next - 257] + take(LENGTHS.bits[next - 257]);
          const code = symbol(distances);
          const back = DISTANCES.bases[code] + take(DISTANCES.bits[code]);
          if (!(back <= size)) throw new RangeError("a distance is broken");
          for (; length > 0; length -= 1) put(output[size - back]);
        }
      }
    }
  }
  return output.subarray(0, size);
}
