import type { QueueReply, QueueRequest } from "./queue-messages.ts";
import type { WireError } from "./wire-error.ts";
import type { WireArguments } from "./wire-arguments.ts";

/** What a parent tells its child. The first message is `boot`. */
export type ToChild =
  | {
      readonly type: "boot";
      readonly name: string;
      readonly daemon: boolean;
      /** The number of a pool's worker. */
      readonly workerId?: number | undefined;
      /** Whether the process is to end when its first call has settled. */
      readonly once: boolean;
    }
  | {
      readonly type: "call";
      readonly id: number;
      /** URL of the module, and the name of its export to call. */
      readonly module: string;
      readonly entry: string;
      readonly args: WireArguments;
    }
  /** Sent to a worker that has nothing to do: end. */
  | { readonly type: "end" }
  | QueueReply;

/** What a child tells its parent. */
export type ToParent =
  | { readonly type: "returned"; readonly id: number; readonly value: Uint8Array }
  | { readonly type: "threw"; readonly id: number; readonly error: WireError }
  | QueueRequest;
