/**
 * A thread of its own in every daemon: ends the process when its parent ends, however that ends.
 *
 * The parent holds the other end of a pipe (file descriptor 4) and never writes to it. When the parent
 * is gone, SIGKILL included, the kernel closes that end, and this thread reads the end of the stream.
 * The main thread may be in an endless loop at that moment: neither its `disconnect` event nor a timer
 * would ever come, which is why a thread reads. It sleeps in the kernel and polls nothing.
 *
 * The precedents were turned down: a parent that ends its children in an `exit` handler (Python's
 * daemon) leaves them running after SIGKILL; PR_SET_PDEATHSIG cannot be called from Node, and its
 * signal comes when the starting thread ends, not the process; comparing `process.ppid` has to poll.
 */
import { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";

export const watchedDescriptor = 4;

if (!isMainThread) {
  const pipe = new Socket({ fd: watchedDescriptor, readable: true, writable: false });
  const end = (): void => void process.kill(process.pid, "SIGKILL");
  pipe.on("end", end);
  pipe.on("error", end);
  pipe.resume();
}
