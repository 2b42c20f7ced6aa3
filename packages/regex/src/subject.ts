/** How many UTF-16 units lie between two known positions. */
const STEP = 1024;

/** A text whose positions are converted between code points, as Python counts, and UTF-16 units. */
export class Subject {
  readonly text: string;
  /** Code points before each STEP units; undefined where both counts are the same. */
  readonly #points: readonly number[] | undefined;
  /** In code points. */
  readonly length: number;

  constructor(text: string) {
    this.text = text;
    if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) {
      this.#points = undefined;
      this.length = text.length;
      return;
    }
    const points: number[] = [];
    let count = 0;
    for (let unit = 0; unit < text.length; unit++) {
      if (unit % STEP === 0) points.push(count);
      if (!isSecondHalf(text, unit)) count++;
    }
    this.#points = points;
    this.length = count;
  }

  /** The position in code points of one in units, which is not inside of a pair. */
  pointOf(unit: number): number {
    if (this.#points === undefined) return unit;
    const index = Math.min(Math.floor(unit / STEP), this.#points.length - 1);
    let count = this.#points[index] ?? 0;
    for (let i = index * STEP; i < unit; i++) if (!isSecondHalf(this.text, i)) count++;
    return count;
  }

  /** The position in units of one in code points, from 0 to `length`. */
  unitOf(point: number): number {
    const points = this.#points;
    if (points === undefined) return point;
    let low = 0;
    let high = points.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((points[middle] ?? 0) <= point) low = middle;
      else high = middle - 1;
    }
    let unit = low * STEP;
    let count = points[low] ?? 0;
    // A pair may lie across the step: its second half belongs to the code point before.
    for (; unit < this.text.length; unit++) {
      if (isSecondHalf(this.text, unit)) continue;
      if (count === point) break;
      count++;
    }
    return unit;
  }

  /** The position behind the code point at a position, both in units. */
  after(unit: number): number {
    return unit + ((this.text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1);
  }

  /** The position `count` code points before a position, or 0, both in units. */
  before(unit: number, count: number): number {
    let start = unit;
    for (let i = 0; i < count && start > 0; i++)
      start -= isSecondHalf(this.text, start - 1) ? 2 : 1;
    return start;
  }
}

function isSecondHalf(text: string, unit: number): boolean {
  if (unit === 0) return false;
  const code = text.charCodeAt(unit);
  if (code < 0xdc00 || code > 0xdfff) return false;
  const before = text.charCodeAt(unit - 1);
  return before >= 0xd800 && before <= 0xdbff;
}
