import { race, visibleRace } from "@netloom/thread-lab";

const plain = await visibleRace();
const locked = await race({ mode: "mutex" });
console.log("without a lock at least 1 % was lost:", plain.lostShare >= 0.01);
console.log("with the lock:", locked.lost);
