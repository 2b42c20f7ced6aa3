import { formatBytes, integerBetween } from "@netloom/app-kit";
import type { App } from "@netloom/app-kit";

import { compareMemory, countdown, Countdown, sendIn, steps } from "./generators.ts";

/** Adds `netloom-thread-lab generators`. */
export function addGeneratorsCommand({ program, output, t }: App): void {
  program
    .command("generators")
    .description(
      t({
        en: "iterators and generators: the end, values sent in, memory",
        zh: "迭代器与生成器：结束、送入的值、内存",
      }),
    )
    .option(
      "--count <n>",
      t({ en: "how many numbers for the memory", zh: "比较内存时用多少个数" }),
      integerBetween(1_000, 10_000_000),
      1_000_000,
    )
    .action(async ({ count }) => {
      for (const [kind, iterator] of [
        ["class", new Countdown(3)],
        ["generator", countdown(3)],
      ] as const) {
        const results = steps(iterator);
        output.result({ type: "iterator", kind, results }, () => {
          const calls = results
            .map(({ done, value }) => (done === true ? "done" : String(value)))
            .join(", ");
          return kind === "class"
            ? t({
                en: `An iterator is an object with next(). Written as a class: ${calls}.`,
                zh: `迭代器是带有 next() 的对象。写成类：${calls}。`,
              })
            : t({
                en: `The same as a generator function, which keeps its place at each yield: ${calls}.`,
                zh: `写成生成器函数，每次 yield 都记住位置：${calls}。`,
              });
        });
      }
      const exchanges = sendIn([100, 10, 20, 30]);
      output.result({ type: "sent", exchanges }, () =>
        [
          t({
            en: "Values can be sent in; this generator gives the average of them:",
            zh: "可以向生成器送入值；这个生成器给出平均数：",
          }),
          ...exchanges.map(({ sent, received }) => `  next(${sent}) → ${received}`),
          t({
            en: `The ${exchanges[0]?.sent} is lost: the first next() runs to the first yield, which nobody has reached before to take a value.`,
            zh: `${exchanges[0]?.sent} 丢失了：第一次 next() 才运行到第一个 yield，此前没有 yield 可以接收值。`,
          }),
        ].join("\n"),
      );
      const memory = await compareMemory(count);
      output.result({ type: "memory", ...memory }, () => {
        const list = formatBytes(memory.list.bytes);
        const generator = formatBytes(Math.max(0, memory.generator.bytes));
        const numbers = count.toLocaleString("en");
        return t({
          en: `${numbers} squares, half of them used: the list takes ${list} of memory, the generator ${generator}; both add up to the same.`,
          zh: `${numbers} 个平方数，用到一半时：列表占 ${list} 内存，生成器占 ${generator}；两者的和相同。`,
        });
      });
    });
}
