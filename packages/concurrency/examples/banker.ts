import { Banker, findDeadlocked } from "@netloom/concurrency";

// Ten units. The first task says that it needs at most eight at the same time, the second seven.
const banker = new Banker({ available: [10], maximum: [[8], [7]] });
console.log(banker.request(0, [5]));
console.log(banker.request(1, [4])); // one would be left, and each may ask for three more
console.log(banker.request(1, [2]), banker.safeSequence());

banker.release(0, [5]);
console.log(banker.request(1, [4]));

// Without a banker: who waits for each other for ever?
const state = {
  available: [0, 0],
  allocation: [
    [1, 0],
    [0, 1],
  ],
  request: [
    [0, 1],
    [1, 0],
  ],
};
console.log("deadlocked:", findDeadlocked(state));
