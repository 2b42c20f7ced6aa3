export { solveBankerFile } from "./banker-cases.ts";
export type {
  SolvedCase,
  SolvedDetection,
  SolvedRequest,
  StateDescription,
} from "./banker-cases.ts";
export { compareStartUp } from "./compare.ts";
export type { StartUp } from "./compare.ts";
export { avoidByOrder, avoidByTimeLimit, makeDeadlock } from "./deadlock.ts";
export type {
  DeadlockReport,
  LockOrderReport,
  TimeLimitReport,
  WaitingThread,
} from "./deadlock.ts";
export { race, visibleRace } from "./race.ts";
export type { RaceOptions, RaceReport } from "./race.ts";
export { startThreads } from "./start.ts";
export type { EndedThread, ListedThread, StartReport } from "./start.ts";
export { sellTickets } from "./tickets.ts";
export type { TicketOptions, TicketReport } from "./tickets.ts";
