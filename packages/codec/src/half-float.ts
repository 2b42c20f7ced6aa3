// IEEE 754 half precision (binary16) in plain arithmetic: 1 sign bit, 5 exponent bits, 10 of fraction.
// Rounding through Math.fround first would round twice and be wrong for some doubles.

const scratch = new DataView(new ArrayBuffer(8));

/** The double with the value of a half's 16 bits. */
export function halfToNumber(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const magnitude =
    exponent === 0
      ? fraction * 2 ** -24
      : exponent === 0x1f
        ? fraction === 0
          ? Infinity
          : NaN
        : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -magnitude : magnitude;
}

/** The 16 bits of the half nearest to a double, ties to even; undefined when it is too large. */
export function numberToHalf(value: number): number | undefined {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return sign | 0x7c00;
  // 65504 is the largest half; from the middle to the next step on it would round to infinity.
  if (magnitude >= 65520) return undefined;
  // Below 2^-14 halves are evenly spaced by 2^-24. A carry to 1024 is the smallest normal half.
  if (magnitude < 2 ** -14) return sign | roundHalfEven(magnitude * 2 ** 24);
  scratch.setFloat64(0, magnitude);
  const exponent = (scratch.getUint16(0) >> 4) - 1023;
  // 1024..2048: a carry out of the fraction runs into the exponent, which is what it should do.
  const significand = roundHalfEven(magnitude * 2 ** (10 - exponent));
  return sign | (((exponent + 15) << 10) + (significand - 1024));
}

// Doubles from 2^52 on are integers, so the addition itself rounds, ties to even.
function roundHalfEven(value: number): number {
  return value + 2 ** 52 - 2 ** 52;
}
