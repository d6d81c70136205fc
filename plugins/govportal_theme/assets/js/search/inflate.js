// RFC 1951 for browsers without DecompressionStream; plain and small rather than fast.

export const BROKEN = "the file is broken";
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const FIXED = Array.from({ length: 288 }, (_, code) => (code < 144 ? 8 : code < 256 ? 9 : code < 280 ? 7 : 8));

/** For each code what to add to its extra bits, and how many these are. */
function steps(base, group, count) {
  return Array.from({ length: count }, (_, code) => {
    const bits = Math.max(0, Math.floor(code / group) - 1);
    base += 1 << bits;
    return [base - (1 << bits), bits];
  });
}

const LENGTHS = steps(3, 4, 28).concat([[258, 0]]);
const DISTANCES = steps(1, 2, 30);

/** How many codes each length has, and the symbols in the order of their codes. */
function tree(lengths) {
  const symbols = Array.from({ length: 16 }, () => []);
  lengths.forEach((length, symbol) => symbols[length].push(symbol));
  return symbols;
}

/** The content of a raw deflate stream; what follows the stream is ignored. */
export function inflate(bytes) {
  const output = [];
  let place = 0; // in bits

  function take(count) {
    let value = 0;
    for (let bit = 0; bit < count; bit += 1) {
      if (place >> 3 >= bytes.length) throw new RangeError(BROKEN);
      value |= ((bytes[place >> 3] >> (place & 7)) & 1) << bit;
      place += 1;
    }
    return value;
  }

  function symbol(symbols) {
    let code = 0;
    let first = 0;
    for (let length = 1; length < 16; length += 1) {
      code |= take(1);
      const count = symbols[length].length;
      if (code - first < count) return symbols[length][code - first];
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new RangeError(BROKEN);
  }

  function trees() {
    const literals = take(5) + 257;
    const distances = take(5) + 1;
    const orders = new Array(19).fill(0);
    for (let code = 0, known = take(4) + 4; code < known; code += 1) orders[ORDER[code]] = take(3);
    const codes = tree(orders);
    const lengths = [];
    while (lengths.length < literals + distances) {
      const next = symbol(codes);
      const value = next < 16 ? next : next === 16 ? lengths[lengths.length - 1] : 0;
      let times = next < 16 ? 1 : next === 16 ? 3 + take(2) : next === 17 ? 3 + take(3) : 11 + take(7);
      for (; times > 0; times -= 1) lengths.push(value);
    }
    return [tree(lengths.slice(0, literals)), tree(lengths.slice(literals))];
  }

  for (let last = 0; !last;) {
    last = take(1);
    const kind = take(2);
    if (kind === 3) throw new RangeError(BROKEN);
    if (kind === 0) {
      place = (place + 7) & ~7;
      let length = take(16);
      take(16); // the same once more, turned over
      for (; length > 0; length -= 1) output.push(take(8));
    } else {
      const [literals, distances] = kind === 1 ? [tree(FIXED), tree(new Array(30).fill(5))] : trees();
      for (let next = symbol(literals); next !== 256; next = symbol(literals)) {
        if (next < 256) output.push(next);
        else {
          const [base, bits] = LENGTHS[next - 257];
          let length = base + take(bits);
          const [far, more] = DISTANCES[symbol(distances)];
          const back = far + take(more);
          if (back > output.length) throw new RangeError(BROKEN);
          for (; length > 0; length -= 1) output.push(output[output.length - back]);
        }
      }
    }
  }
  return Uint8Array.from(output);
}
