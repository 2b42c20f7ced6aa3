/** The largest code point. */
const LAST = 0x10_ffff;

/** An immutable set of code points, as sorted ranges that neither touch nor overlap. */
export class CodePointSet {
  /** First and last of each range, one after the other. */
  readonly #bounds: readonly number[];
  #complement: CodePointSet | undefined;

  private constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
  }

  /** The set of ranges in any order, each as its first and its last member. */
  static of(ranges: readonly (readonly [number, number])[]): CodePointSet {
    const sorted = ranges.toSorted((a, b) => a[0] - b[0]);
    const bounds: number[] = [];
    for (const [first, last] of sorted) {
      const end = bounds.at(-1);
      if (end === undefined || first > end + 1) bounds.push(first, last);
      else if (last > end) bounds[bounds.length - 1] = last;
    }
    return new CodePointSet(bounds);
  }

  ranges(): [number, number][] {
    const ranges: [number, number][] = [];
    for (let i = 0; i < this.#bounds.length; i += 2) {
      ranges.push([this.#bounds[i] ?? 0, this.#bounds[i + 1] ?? 0]);
    }
    return ranges;
  }

  /** How many ranges there are. */
  get size(): number {
    return this.#bounds.length / 2;
  }

  /** The range that holds `codePoint`, if one does. */
  rangeOf(codePoint: number): [number, number] | undefined {
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const first = this.#bounds[middle * 2] ?? 0;
      const last = this.#bounds[middle * 2 + 1] ?? 0;
      if (codePoint < first) high = middle - 1;
      else if (codePoint > last) low = middle + 1;
      else return [first, last];
    }
    return undefined;
  }

  has(codePoint: number): boolean {
    return this.rangeOf(codePoint) !== undefined;
  }

  union(...others: readonly CodePointSet[]): CodePointSet {
    return CodePointSet.of([this, ...others].flatMap((set) => set.ranges()));
  }

  /** Every code point that is not in this set. */
  complement(): CodePointSet {
    return (this.#complement ??= this.#others());
  }

  #others(): CodePointSet {
    const bounds: number[] = [];
    let next = 0;
    for (const [first, last] of this.ranges()) {
      if (first > next) bounds.push(next, first - 1);
      next = last + 1;
    }
    if (next <= LAST) bounds.push(next, LAST);
    return new CodePointSet(bounds);
  }
}

export const EMPTY_SET: CodePointSet = CodePointSet.of([]);
