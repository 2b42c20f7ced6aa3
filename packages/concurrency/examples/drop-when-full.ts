import { Queue } from "@netloom/concurrency";

// Where the sender cannot be slowed down (datagrams, sensor readings), drop what does not fit.
const readings = new Queue<number>({ capacity: 4 });
let dropped = 0;
for (let reading = 0; reading < 10; reading++) {
  if (!readings.tryPut(reading)) dropped++;
}
console.log(`${readings.size} stored, ${dropped} dropped`);

for (let item = readings.tryGet(); item !== undefined; item = readings.tryGet()) {
  console.log("reading", item.value);
}
