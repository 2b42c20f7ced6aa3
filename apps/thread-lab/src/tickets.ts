import { Barrier, Mutex, Thread } from "@netloom/concurrency/threads";

import { joinAll, sharedNumber } from "./crew.ts";
import type { sell } from "./tickets-work.ts";

export interface TicketOptions {
  /** How many tickets there are. Default: 20. */
  readonly tickets?: number | undefined;
  /** How many threads sell them. Default: 3. */
  readonly sellers?: number | undefined;
  /** Whether a seller holds a mutex from the look to the sale. Default: false. */
  readonly mutex?: boolean | undefined;
}

export interface TicketReport {
  readonly tickets: number;
  readonly mutex: boolean;
  /** How many were sold, all sellers together. */
  readonly sold: number;
  /** How many more were sold than there are. */
  readonly oversold: number;
  /** The tickets that were sold more than once. */
  readonly soldTwice: readonly number[];
  /** What each seller sold, by the seller's name. */
  readonly sellers: readonly { readonly name: string; readonly sold: readonly number[] }[];
}

const pauseMs = 2;

const work = new URL("./tickets-work.js", import.meta.url);

/** Lets threads sell the same tickets: each looks whether one is left, and then sells it. */
export async function sellTickets({
  tickets = 20,
  sellers: count = 3,
  mutex = false,
}: TicketOptions = {}): Promise<TicketReport> {
  const left = sharedNumber(tickets);
  const start = new Barrier(count).handle;
  const lock = mutex ? new Mutex().handle : undefined;
  const crew = Array.from({ length: count }, (_, at) =>
    Thread.start<typeof sell>(work, "sell", [{ left, start, mutex: lock, pauseMs }], {
      name: `seller-${at + 1}`,
    }),
  );
  const lists = await joinAll(crew);
  const sellers = crew.map(({ name }, at) => ({ name, sold: lists[at] ?? [] }));
  const seen = new Map<number, number>();
  for (const ticket of lists.flat()) seen.set(ticket, (seen.get(ticket) ?? 0) + 1);
  const sold = lists.flat().length;
  const soldTwice = [...seen].filter(([, times]) => times > 1).map(([ticket]) => ticket);
  return {
    tickets,
    mutex,
    sold,
    oversold: sold - tickets,
    soldTwice: soldTwice.toSorted((a, b) => a - b),
    sellers,
  };
}
