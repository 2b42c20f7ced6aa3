import type { Text } from "@netloom/app-kit";

import { NetinfoError } from "./errors.ts";

/** What is shown of a text that is too long to be an address: the message stays one line. */
const SHOWN_CHARACTERS = 64;

/** What is wrong with a text that was to be an address. */
export interface Fault {
  /** The whole text. */
  readonly text: string;
  /** Where it stops being one: offset from 0; the length of the text when it ends too early. */
  readonly offset: number;
  /** How many characters there are wrong. Default 1. */
  readonly length?: number | undefined;
  /** What may stand there. */
  readonly expected: Text;
}

/** The error for a text that is no address: what stands where, and what was expected there. */
export function addressFault({ text, offset, length = 1, expected }: Fault): NetinfoError {
  const whole = quoted(text);
  const place = offset + 1;
  if (offset >= text.length) {
    return new NetinfoError(
      "ERR_NETINFO_ADDRESS",
      {
        en: `${whole} ends too early: at character ${place} expected ${expected.en}`,
        zh: `${whole} 过早结束：第 ${place} 个字符处应为${expected.zh}`,
      },
      { offset },
    );
  }
  const got = quoted(text.slice(offset, offset + length));
  return new NetinfoError(
    "ERR_NETINFO_ADDRESS",
    {
      en: `${whole}: at character ${place} got ${got}, expected ${expected.en}`,
      zh: `${whole}：第 ${place} 个字符处得到 ${got}，应为${expected.zh}`,
    },
    { offset },
  );
}

/** A text of the user's, in quotes, cut where it is very long. */
export function quoted(text: string): string {
  const cut = text.length > SHOWN_CHARACTERS;
  return JSON.stringify(cut ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text);
}
