import type { WireError } from "./wire-error.ts";

/** How a queue is named to a child: the number that its parent gave it, and what never changes. */
export interface QueueHandle {
  readonly id: number;
  readonly capacity: number;
}

/** One call of a child's queue. `value` is an item as `encodeValue` made it. */
export type QueueCall =
  | { readonly name: "put"; readonly value: Uint8Array; readonly timeoutMs?: number | undefined }
  | { readonly name: "get" | "join"; readonly timeoutMs?: number | undefined }
  | { readonly name: "tryPut"; readonly value: Uint8Array }
  | { readonly name: "close"; readonly immediate: boolean }
  | { readonly name: "tryGet" | "taskDone" | "size" | "closed" };

export type QueueRequest =
  | {
      readonly type: "queue";
      readonly id: number;
      readonly queue: number;
      readonly call: QueueCall;
    }
  /** The call's signal was aborted. It is answered all the same: the parent knows who was first. */
  | { readonly type: "cancel"; readonly id: number }
  /** The item of this answer has arrived: from now on it is the child's. */
  | { readonly type: "received"; readonly id: number };

export type QueueReply =
  | { readonly type: "answer"; readonly id: number; readonly value: QueueAnswer }
  | { readonly type: "refusal"; readonly id: number; readonly error: WireError };

/** An item for `get` and `tryGet`, else what the call returns. */
export type QueueAnswer =
  | { readonly item: Uint8Array }
  | { readonly plain: number | boolean | undefined };
