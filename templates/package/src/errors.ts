/** What went wrong: `ERR_RANGE_BOUNDS`, the bounds given are no range (a mistake of the caller). */
export type RangeErrorCode = "ERR_RANGE_BOUNDS";

/** The error of this package. */
export class BoundsError extends Error {
  override readonly name = "BoundsError";
  readonly code: RangeErrorCode;

  constructor(code: RangeErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
