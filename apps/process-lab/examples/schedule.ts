import { schedule } from "@netloom/process-lab";

const processes = [
  { id: "P1", arrival: 0, burst: 24 },
  { id: "P2", arrival: 0, burst: 3 },
  { id: "P3", arrival: 0, burst: 3 },
];

for (const quantum of [1, 4, 24]) {
  const { averages, gantt } = schedule({ algorithm: "rr", params: { quantum }, processes });
  console.log(`quantum ${quantum}: mean waiting ${averages.waiting}, ${gantt.length} dispatches`);
}
