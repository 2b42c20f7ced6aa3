export { schedule } from "./simulate.ts";
export { ALGORITHMS } from "./workload.ts";
export type {
  Algorithm,
  Job,
  JobTimes,
  Measures,
  Schedule,
  ScheduleParameters,
  Segment,
  Workload,
} from "./workload.ts";
