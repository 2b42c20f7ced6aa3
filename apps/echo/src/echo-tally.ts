import type { EchoReply } from "./echo-reply.ts";
import { toMicroseconds } from "./elapsed-ms.ts";

/** What became of many texts. */
export interface EchoSummary {
  readonly sent: number;
  /** Those that came back as they were sent. */
  readonly same: number;
  readonly different: number;
  readonly lost: number;
  /** Bytes of the texts that were sent. */
  readonly bytes: number;
  /** Round trips in milliseconds, unless nothing came back. */
  readonly ms?: { readonly min: number; readonly mean: number; readonly max: number } | undefined;
}

/** Counts replies, in constant memory. */
export class EchoTally {
  readonly #outcomes = { same: 0, different: 0, lost: 0 };
  #bytes = 0;
  #min = Infinity;
  #max = 0;
  #sum = 0;

  add({ outcome, bytes, ms }: EchoReply): void {
    this.#outcomes[outcome]++;
    this.#bytes += bytes;
    if (ms === undefined) return;
    this.#min = Math.min(this.#min, ms);
    this.#max = Math.max(this.#max, ms);
    this.#sum += ms;
  }

  summary(): EchoSummary {
    const { same, different, lost } = this.#outcomes;
    const received = same + different;
    const ms = { min: this.#min, mean: toMicroseconds(this.#sum / received), max: this.#max };
    return {
      sent: received + lost,
      same,
      different,
      lost,
      bytes: this.#bytes,
      ...(received > 0 ? { ms } : {}),
    };
  }
}
