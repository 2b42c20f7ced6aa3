import { Queue } from "@netloom/concurrency";

const jobs = new Queue<string>();
const results: string[] = [];

async function worker(): Promise<void> {
  for await (const name of jobs) {
    await new Promise((resolve) => setTimeout(resolve, name.length));
    results.push(name.toUpperCase());
    jobs.taskDone();
  }
}
const workers = [worker(), worker(), worker()];

for (const name of ["pear", "apple", "fig", "cherry"]) await jobs.put(name);
await jobs.join(); // taken and done, not only taken
console.log(results.toSorted().join(" "));

jobs.close();
await Promise.all(workers);
