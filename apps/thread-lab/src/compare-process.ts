/** What the processes of `compare` run: they say when they run, and end. */
process.stdout.write(`${process.hrtime.bigint()}\n`);
