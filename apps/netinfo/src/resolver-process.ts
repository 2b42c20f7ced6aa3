// A process of its own that asks the system's resolver: the parent's other end is `resolver.ts`.
import { lookup, lookupService } from "node:dns/promises";
import { isIP } from "node:net";

import type { Answer, Question } from "./resolver.ts";

process.on("message", ({ asked }: Question) => void reply(asked));
// The parent has gone, and nobody wants the answer any more; a pending question would keep us.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

async function reply(asked: string): Promise<void> {
  const started = performance.now();
  const found = await answersFor(asked);
  const answer: Answer = { ...found, ms: performance.now() - started };
  process.send?.(answer);
}

async function answersFor(asked: string): Promise<Omit<Answer, "ms">> {
  try {
    // Port 0 has no name: only that of the host is asked for.
    if (isIP(asked) !== 0) return { answers: [(await lookupService(asked, 0)).hostname] };
    // In the order of the system's configuration (RFC 6724, gai.conf).
    const found = await lookup(asked, { all: true, verbatim: true });
    return { answers: [...new Set(found.map(({ address }) => address))] };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { answers: [], error: code ?? message };
  }
}
