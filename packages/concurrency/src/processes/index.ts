export type { ProcessExit } from "./child.ts";
export { currentProcess } from "./current-process.ts";
export type { CurrentProcess } from "./current-process.ts";
export { Pool } from "./pool.ts";
export type { PoolOptions, RunOptions, TaskName } from "./pool.ts";
export { Process } from "./process.ts";
export type { ProcessOptions } from "./process.ts";
export { Queue } from "./queue.ts";
export type { TaskFunction } from "./task-address.ts";
