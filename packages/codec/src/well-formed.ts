// ES2024, so Node.js has it from version 20 on, and the browsers since 2023; older engines take the slow way.
const { isWellFormed: native } = String.prototype as { isWellFormed?: () => boolean };

/** Whether a text has no half of a surrogate pair that stands alone, and so has a form in UTF-8. */
export const isWellFormed: (text: string) => boolean = native
  ? (text) => native.call(text)
  : // With the u flag the class matches only halves that stand alone.
    (text) => !/[\ud800-\udfff]/u.test(text);
