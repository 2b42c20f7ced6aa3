/**
 * For each mistake the cases that must catch it; all cases together, so that each of them has been
 * seen to fail.
 */
export const caughtBy: Readonly<Record<string, readonly string[]>> = {
  "loses a byte": [
    "bytes: what is written arrives",
    "bytes: writes of every size arrive in order",
    "reading: what was written before the first read is not lost",
    "reading: after the end every loop ends at once",
  ],
  "lets a chunk share the writer's memory": [
    "bytes: a chunk belongs to the reader, who may change it",
  ],
  "gives out an empty chunk": [
    "bytes: no chunk is empty, and an empty write is none",
    "bytes: only an empty write, then the end, is no chunk",
    "reading: a read waits until something is written",
    "reading: a read that waits ends with the peer's end",
  ],
  "sends the whole buffer behind a view": [
    "bytes: 1 MiB both ways at once",
    "bytes: of a view only what it shows is sent",
  ],
  "lets a later write overtake": [
    "bytes: many small writes that nobody awaits keep their order",
    "half-close: end() comes after writes that nobody awaited",
  ],
  "never gives out what was written before the first read": [
    "bytes: writes of every size arrive in order",
  ],
  "destroys itself on break": [
    "bytes: question and answer, one hundred times",
    "reading: break leaves the stream open both ways",
    "reading: return() ends a read that waits and loses nothing",
    "back-pressure: a reader that stops slows its writer down",
  ],
  "drops a chunk on break": ["reading: break loses nothing, and a later loop goes on"],
  "lets a waiting read wait on after return()": [
    "reading: return() ends a read that waits and loses nothing",
  ],
  "queues reads": ["reading: two reads by one iterator are busy as well"],
  "lets a second read end the first": ["reading: two reads by one iterator are busy as well"],
  "stays busy": [
    "reading: after busy the stream is read on as before",
    "destroy: of a stream that broke, what follows is closed",
  ],
  "waits for ever when read after the end": ["reading: after the end every loop ends at once"],
  "never tells of the peer's end": [
    "resources: no handle is open after one side closed and the other saw it",
  ],
  "ends both sides with end()": [
    "half-close: both ends at the same time",
    "back-pressure: one direction that waits does not stop the other",
  ],
  "ends its own side with the peer's": [
    "reading: an error thrown in the loop's body leaves it open too",
    "half-close: after the end this side still reads",
    "half-close: after the peer's end this side still writes, for long",
    "half-close: a request that ends, an answer that ends",
  ],
  "does not wait in end()": ["half-close: end() waits for the writes in line"],
  "drops the writes in line at end()": [
    "back-pressure: writers wait for a peer that does not read",
  ],
  "rejects a second end() or close()": [
    "half-close: end() may be called again",
    "close: may be called again, at once and later",
    "close: after end() it still resolves",
    "close: one side after the other",
  ],
  "takes writes after its end": [
    "half-close: a write after end() is closed even while that waits",
    "half-close: after a failed write past the end reading goes on",
    "half-close: a write after the own end is closed",
    "close: a write afterwards is closed",
    "destroy: a write that waits is closed",
  ],
  "destroys itself on a write after its end": ["half-close: a write after the own end is closed"],
  "has no codes": ["close: a peer that goes on writing sees the stream broken"],
  "resolves close() early": [
    "close: the writes in line are sent as well",
    "destroy: a close() that waits resolves",
  ],
  "drops what was written at close()": [
    "close: what was written arrives, then a clean end",
    "close: does not wait for the peer to end its side",
    "destroy: after close() it changes nothing",
    "close: an end() afterwards settles",
  ],
  "waits in close() for the peer's end": ["close: resolves when the peer has destroyed the stream"],
  "never resolves close()": ["close: both sides at the same time"],
  "rejects close() when broken": ["close: resolves when the peer has destroyed the stream"],
  "rejects close() when destroyed": [
    "destroy: end() and close() afterwards",
    "destroy: both sides at the same time",
  ],
  "only ends its own side at close()": ["close: a write of the peer that waits settles"],
  "destroys on disposal": ["close: `await using` closes gracefully"],
  "leaves waiting calls waiting when closed": ["destroy: what had arrived is no longer read"],
  "leaves waiting calls waiting when broken": ["close: a write of the peer that waits settles"],
  "ends its reading when closed": [
    "close: a read that waits is closed",
    "destroy: a read that waits is closed",
    "destroy: reads and writes are closed, and the cause is the reason",
    "destroy: without a reason",
    "destroy: what had arrived is no longer read",
  ],
  "ends its reading when broken": [
    "destroy: the peer's read that waits is broken",
    "destroy: the peer's reading is broken, not ended",
    "destroy: in the middle of a message the peer's reading is broken",
  ],
  "takes writes when broken": ["destroy: a write of the peer that waits is broken"],
  "resolves end() when broken or closed": [
    "destroy: an end() that waits is closed",
    "destroy: an end() of the peer that waits is broken",
  ],
  "ends its reading after it has thrown that it broke": [
    "close: a read afterwards is closed, whatever had arrived",
    "destroy: the peer's reading stays broken",
  ],
  "ends cleanly at destroy()": ["destroy: the peer's reading is broken, not ended"],
  "does nothing at destroy()": ["destroy: end() and close() afterwards"],
  "keeps the last reason": ["destroy: the first reason stays"],
  "throws at a second destroy()": ["destroy: the peer's writing is broken"],
  "still gives out what had arrived when destroyed": [
    "reading: a second reader is busy, and the first goes on",
  ],
  "never makes a writer wait": ["close: a write of the peer that waits settles"],
  "wakes writers out of order": ["back-pressure: writers go on in their order"],
  "reads only when nothing waits to be written": [
    "back-pressure: one direction that waits does not stop the other",
  ],
  "loses what a slow reader leaves": ["back-pressure: a slow reader loses nothing"],
  "ignores the signal": ["abort: already aborted, nothing is written"],
  "sends an aborted write all the same": [
    "abort: of the last write in line lets a waiting end() go on",
  ],
  "tears an aborted write": [
    "abort: already aborted, nothing is written",
    "abort: of a write in line, none of its bytes are sent",
  ],
  "is destroyed by an abort": ["abort: after the write was accepted it changes nothing"],
  "leaves its listener on the signal": [
    "abort: no listener stays on the signal, whatever the outcome",
  ],
  "leaves a handle open": [
    "resources: no handle is open after both sides closed",
    "resources: no handle is open after one side closed and the other saw it",
    "resources: no handle is open after one side was destroyed and the other closed",
    "resources: no handle is open after both sides were destroyed",
  ],
};
