export { Banker, findDeadlocked } from "./banker.ts";
export type { BankerOptions, BankerOutcome, DetectionState } from "./banker.ts";
export type {
  AnyGuard,
  AnyMutex,
  AnyQueue,
  Awaitable,
  CloseOptions,
  WaitOptions,
} from "./contract.ts";
export { ConcurrencyError } from "./errors.ts";
export type { ConcurrencyErrorCode } from "./errors.ts";
export { Mutex } from "./mutex.ts";
export type { Guard, MutexOptions } from "./mutex.ts";
export { Queue } from "./queue.ts";
export type { QueueOptions } from "./queue.ts";
