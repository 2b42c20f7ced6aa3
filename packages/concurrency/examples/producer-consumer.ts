import { Queue } from "@netloom/concurrency";

const queue = new Queue<number>({ capacity: 3 });
let produced = 0;
let consumed = 0;
let furthestAhead = 0;

async function produce(): Promise<void> {
  for (let item = 1; item <= 10; item++) {
    await queue.put(item); // waits while three are stored
    produced++;
    furthestAhead = Math.max(furthestAhead, produced - consumed);
  }
  queue.close(); // no more items: the consumers take what is left, then their loops end
}

async function consume(): Promise<number> {
  let sum = 0;
  for await (const item of queue) {
    consumed++;
    await new Promise((resolve) => setTimeout(resolve, 1)); // work
    sum += item;
  }
  return sum;
}

const [, first, second] = await Promise.all([produce(), consume(), consume()]);
console.log("sum of all items:", first + second);
console.log("the producer was never more than 5 items ahead:", furthestAhead <= 5);
