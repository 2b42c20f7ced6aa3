/** What a child process runs: waits for calls from its parent and answers them. */
import { Worker } from "node:worker_threads";

import { ConcurrencyError } from "../errors.ts";
import { setIdentity } from "./current-process.ts";
import type { ToChild } from "./messages.ts";
import { ParentLink } from "./parent-link.ts";
import { QueueClient } from "./queue-client.ts";
import type { WireArguments } from "./wire-arguments.ts";
import { encodeError } from "./wire-error.ts";
import { decodeValue, encodeValue } from "./wire-value.ts";

const link = new ParentLink();
let running = 0;
let once = true;
let finished = false;

process.on("message", (message: ToChild) => {
  switch (message.type) {
    case "boot":
      once = message.once;
      setIdentity(message);
      if (message.daemon) watchParent();
      break;
    case "call":
      void answer(message);
      break;
    case "end":
      process.exit();
      break;
    case "answer":
    case "refusal":
      link.settle(message);
      break;
  }
});

process.on("disconnect", () => {
  link.break();
  // Nobody is left to ask for work. A function that runs may go on: its process is no daemon.
  if (running === 0 && !finished) process.exit();
});

async function answer({ id, module, entry, args }: ToChild & { type: "call" }): Promise<void> {
  running++;
  let failed = false;
  try {
    const task = await load(module, entry);
    const value = await task(...decodeArguments(args));
    await link.send({ type: "returned", id, value: encodeValue(value, `the result of ${entry}`) });
  } catch (error) {
    failed = true;
    await link.send({ type: "threw", id, error: encodeError(error) });
  }
  running--;
  if (!once) {
    if (!process.connected) process.exit();
    return;
  }
  // The answer has left this process by now. It ends as every Node.js process does, when its event loop
  // has nothing left to do: the channel is no reason to stay, children of its own are.
  finished = true;
  if (failed) process.exitCode ??= 1;
  process.channel?.unref();
}

async function load(module: string, entry: string): Promise<(...args: unknown[]) => unknown> {
  const namespace = (await import(module)) as Readonly<Record<string, unknown>>;
  const task = Object.hasOwn(namespace, entry) ? namespace[entry] : undefined;
  if (typeof task === "function") return task as (...args: unknown[]) => unknown;
  throw new ConcurrencyError(
    "ERR_CONCURRENCY_OPTION",
    `"${entry}" is no function that the module exports; ${module} exports ${Object.keys(namespace).join(", ") || "nothing"}`,
  );
}

function decodeArguments({ values, queues }: WireArguments): unknown[] {
  const args = decodeValue(values) as unknown[];
  for (const { path, handle } of queues) {
    let place = args as unknown as Record<string, unknown>;
    for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
    place[path.at(-1) ?? ""] = new QueueClient(link, handle);
  }
  return args;
}

function watchParent(): void {
  // Without the program's own flags: a loader among them would be loaded again for nothing.
  new Worker(new URL("./parent-watch.js", import.meta.url), { execArgv: [] }).unref();
}
