// @ts-check
import { defineStep } from "@netloom/tour";

export default defineStep({
  title: {
    en: "threads lose updates, oversell tickets and block each other, and are cured",
    zh: "线程丢失更新、超卖车票、互相死锁，然后一一解决",
  },
  async run(tour) {
    const events = async (/** @type {string[]} */ ...args) => {
      const { stdout } = await tour.run([...args, "--json"]);
      return stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
    };

    const [plain] = await events("race");
    tour.check(plain.lostShare >= 0.01, `a race was to lose updates: ${JSON.stringify(plain)}`);
    const [locked] = await events("race", "--mutex");
    tour.check(locked.lost === 0, `the mutex was to lose none: ${JSON.stringify(locked)}`);
    const percent = (plain.lostShare * 100).toFixed(0);
    tour.say({
      en: `two threads added 1 to one number ${plain.added.toLocaleString("en")} times: ${percent} % were lost; under a mutex, of ${locked.added.toLocaleString("en")}, none`,
      zh: `两个线程给同一个数加 1 共 ${plain.added.toLocaleString("en")} 次，丢失 ${percent} %；加互斥锁后 ${locked.added.toLocaleString("en")} 次无一丢失`,
    });

    const free = (await events("tickets")).at(-1);
    const guarded = (await events("tickets", "--mutex")).at(-1);
    tour.check(free.oversold > 0, `tickets were to be oversold: ${JSON.stringify(free)}`);
    tour.check(guarded.oversold === 0, `none was to be oversold: ${JSON.stringify(guarded)}`);
    tour.say({
      en: `three sellers, ${free.tickets} tickets: sold ${free.sold} without a lock, ${guarded.sold} with it`,
      zh: `三个售票线程，${free.tickets} 张票：不加锁卖出 ${free.sold} 张，加锁卖出 ${guarded.sold} 张`,
    });

    const [deadlock] = await events("deadlock");
    tour.check(
      deadlock.cycle.length === 2 && deadlock.left === 0,
      `two threads were to wait for each other, and to end: ${JSON.stringify(deadlock)}`,
    );
    for (const { thread, holds, waitsFor, heldBy } of deadlock.cycle) {
      tour.say({
        en: `deadlock: ${thread} holds ${holds} and waits for ${waitsFor}, held by ${heldBy}`,
        zh: `死锁：${thread} 持有 ${holds}，等待 ${waitsFor}，而它由 ${heldBy} 持有`,
      });
    }

    const [{ results }] = await events("compare");
    /** @type {Record<string, number>} */
    const median = Object.fromEntries(
      results.map((/** @type {{ kind: string, median: number }} */ one) => [one.kind, one.median]),
    );
    const { process = NaN, thread = NaN, coroutine = NaN } = median;
    tour.check(process > thread && thread > coroutine, `medians in µs: ${JSON.stringify(median)}`);
    tour.say({
      en: `start of a process ${(process / 1000).toFixed(1)} ms, a thread ${(thread / 1000).toFixed(1)} ms, a coroutine ${coroutine.toFixed(2)} µs`,
      zh: `启动一个进程 ${(process / 1000).toFixed(1)} 毫秒，线程 ${(thread / 1000).toFixed(1)} 毫秒，协程 ${coroutine.toFixed(2)} 微秒`,
    });
    tour.byHand("race");
    tour.byHand("deadlock");
  },
});
