import { AppError, integerBetween } from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";

import { sellTickets } from "./tickets.ts";
import type { TicketReport } from "./tickets.ts";

/** Adds `netloom-thread-lab tickets`. */
export function addTicketsCommand({ program, output, t }: App): void {
  program
    .command("tickets")
    .description(
      t({
        en: "threads sell the same tickets: some twice, or none with a lock",
        zh: "多个线程卖同一批票：有的卖了两次，加锁则不会",
      }),
    )
    .option(
      "--tickets <n>",
      t({ en: "how many there are", zh: "票数" }),
      integerBetween(1, 500),
      20,
    )
    .option(
      "--sellers <n>",
      t({ en: "how many threads sell", zh: "售票线程个数" }),
      integerBetween(2, 16),
      3,
    )
    .option("--mutex", t({ en: "look and sell under a mutex", zh: "在互斥锁内查票并售票" }))
    .action(async (options) => {
      const report = await sellTickets(options);
      for (const { name, sold } of report.sellers) {
        output.result({ type: "seller", name, sold }, () =>
          t({ en: `${name} sold ${sold.length}`, zh: `${name} 卖出 ${sold.length} 张` }),
        );
      }
      const { sellers: _, ...summary } = report;
      output.result({ type: "tickets", ...summary }, () => t(reportText(report)));
      if (report.oversold > 0 !== report.mutex) return;
      throw new AppError({
        en: `this run shows the opposite of what was to be seen: ${report.oversold} oversold`,
        zh: `这次运行与预期相反：超卖 ${report.oversold} 张`,
      });
    });
}

function reportText({ tickets, mutex, sold, oversold, soldTwice }: TicketReport): Text {
  if (mutex) {
    return {
      en: `${tickets} tickets, ${sold} sold, none twice: who looks holds the mutex until the sale is made.`,
      zh: `共 ${tickets} 张票，卖出 ${sold} 张，没有重复：从查票到售出一直持有互斥锁。`,
    };
  }
  const several = soldTwice.length;
  return {
    en: `${tickets} tickets, ${sold} sold: ${oversold} too many, ${several} tickets more than once. Between a look and the sale other sellers had looked too, and had seen the same ticket.`,
    zh: `共 ${tickets} 张票，卖出 ${sold} 张：超卖 ${oversold} 张，${several} 张票被重复出售。在查票与售出之间，别的售票员也查到了同一张票。`,
  };
}
