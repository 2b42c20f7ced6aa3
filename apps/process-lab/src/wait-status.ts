import { constants } from "node:os";

import type { ProcessExit } from "@netloom/concurrency/processes";

/**
 * The 16 bits that `wait` gives a parent in C: the exit status in the upper byte, or the number of the
 * signal in the lower seven bits. Node takes it apart; the flag 0x80, a core was dumped, is lost there.
 *
 * @see wait(2), the macros `WEXITSTATUS` and `WTERMSIG`
 */
export function waitStatusWord({ code, signal }: ProcessExit): number {
  return signal === null ? ((code ?? 0) & 0xff) << 8 : constants.signals[signal] & 0x7f;
}
