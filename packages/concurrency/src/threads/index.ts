export { Barrier } from "./barrier.ts";
export type { BarrierHandle } from "./barrier.ts";
export { currentThread } from "./current-thread.ts";
export type { CurrentThread } from "./current-thread.ts";
export { Mutex } from "./mutex.ts";
export type { BlockingOptions, MutexHandle, MutexInspection, MutexOptions } from "./mutex.ts";
export { activeThreads, Thread } from "./thread.ts";
export type { StopOptions, ThreadFunction, ThreadOptions } from "./thread.ts";
export type { Guard } from "../mutex.ts";
