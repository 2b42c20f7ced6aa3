import { listen } from "@netloom/tcp";
import type { Connection, SocketAddress } from "@netloom/tcp";
import { answerRequest } from "./answer-request.ts";
import type { ServeRules } from "./answer-request.ts";
import { checkTimeout, checkWhole, defaultHost, defaultPort } from "./client.ts";
import type { TransferError } from "./errors.ts";
import { failure, localError } from "./failures.ts";
import { maxListedFiles } from "./protocol.ts";
import type { TransferRequest } from "./protocol.ts";
import { Session } from "./session.ts";
import { SharedFolder } from "./shared-folder.ts";

/** 1 GiB: enough for what people send each other; no disk is filled by one request. */
export const defaultMaxUploadBytes: number = 1024 ** 3;

const defaultMaxConnections = 64;
const defaultGraceMs = 3_000;
/** How long a client may take to hear that the server was stopped, and the disk to forget its upload. */
const farewellMs = 3_000;

/** What {@link serveFolder} takes. */
export interface ServeFolderOptions {
  /** The folder to share, with all folders in it. Hidden files and symbolic links are not shared. */
  readonly folder: string;
  /** Address to listen on. Default `127.0.0.1`: this machine alone. */
  readonly host?: string | undefined;
  /** Port, 0 to 65,535; 0 takes a free one. Default 7008. */
  readonly port?: number | undefined;
  /** Take files, too. Default false. */
  readonly allowUpload?: boolean | undefined;
  /** Let uploads replace files that are there. Default false. */
  readonly allowOverwrite?: boolean | undefined;
  /** Largest upload in bytes, 0 to 2^53 - 1. Default 1 GiB. */
  readonly maxUploadBytes?: number | undefined;
  /** Names that are looked at for one list, 1 to 100,000. Default 100,000. */
  readonly maxListEntries?: number | undefined;
  /** Clients at the same time, 1 to 65,535. Default 64; one more is turned away. */
  readonly maxConnections?: number | undefined;
  /** Milliseconds after which a client that does not move is dropped. Default 30,000; 1 to 2^31 - 1. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds that `close` lets transfers go on. Default 3,000; 0 to 2^31 - 1. */
  readonly graceMs?: number | undefined;
  /** Called when a request is over. Must not throw. */
  readonly onEvent?: ((event: TransferEvent) => void) | undefined;
}

/** What a server tells about one request. */
export interface TransferEvent {
  readonly type: "request";
  /** What was asked for; `none` when the client never got so far. */
  readonly op: TransferRequest["op"] | "none";
  /** The client's address and port. */
  readonly peer: string;
  /** The file's name; a list has none. It is what the client sent: print it with care. */
  readonly name?: string | undefined;
  /** Bytes of the file, or files of the list. Absent where it failed. */
  readonly size?: number | undefined;
  /** SHA-256 in hexadecimal, of a file that was moved. */
  readonly sha256?: string | undefined;
  /** Milliseconds that it took, whole. */
  readonly ms: number;
  /** Why it failed. */
  readonly error?: TransferError | undefined;
}

/** A running server. */
export interface FolderServer extends AsyncDisposable {
  /** The real path of the folder. */
  readonly folder: string;
  /** The address it listens on. */
  readonly host: string;
  /** The port it listens on. */
  readonly port: number;
  /**
   * Stops: no new client is taken, transfers may go on for `graceMs`, then both sides are told that
   * it was stopped, and what was received of unfinished uploads is deleted. Never rejects.
   */
  close(): Promise<void>;
}

/**
 * Shares a folder: whoever reaches the address may list it and fetch its files, and, where that is
 * allowed, send some.
 *
 * @throws the system's error when there is no such folder, {@link TransferError}
 *   `ERR_TRANSFER_OPTION`, and what `listen` of `@netloom/tcp` throws
 * @example
 * import { serveFolder } from "@netloom/transfer";
 * await using server = await serveFolder({ folder: "./public", port: 0 });
 * console.log(`sharing on port ${server.port}`);
 */
export async function serveFolder(options: ServeFolderOptions): Promise<FolderServer> {
  const { host = defaultHost, port = defaultPort } = options;
  const { maxConnections = defaultMaxConnections, graceMs = defaultGraceMs, onEvent } = options;
  const timeoutMs = checkTimeout(options.timeoutMs);
  checkWhole("maxConnections", maxConnections, 1, 65_535);
  checkWhole("graceMs", graceMs, 0, 2 ** 31 - 1);
  const rules = rulesOf(options);
  const folder = await SharedFolder.open(options.folder);
  const clients = new Set<Session>();
  /** Those that have not asked for anything yet: nothing is lost when they are stopped. */
  const idle = new Set<Session>();
  let closing: Promise<void> | undefined;

  const serve = async (connection: Connection): Promise<void> => {
    const session = new Session(connection, { timeoutMs });
    clients.add(session);
    idle.add(session);
    if (closing !== undefined) session.interrupt(stoppedError());
    const peer = addressText(connection.remoteAddress);
    const onRequest = (): void => void idle.delete(session);
    await serveClient({ session, peer, folder, rules, onRequest, onEvent });
    idle.delete(session);
    clients.delete(session);
  };
  // Our own time limit counts; that of the connection would be a second one.
  const listener = await listen({ host, port, maxConnections, idleTimeoutMs: Infinity }, serve);

  const close = async (): Promise<void> => {
    for (const session of idle) session.interrupt(stoppedError());
    const grace = setTimeout(() => {
      for (const session of clients) session.interrupt(stoppedError());
    }, graceMs);
    await listener.close({ deadlineMs: Math.min(graceMs + farewellMs, 2 ** 31 - 1) });
    clearTimeout(grace);
  };
  return {
    folder: folder.root,
    host: listener.address.address,
    port: listener.port,
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}

function stoppedError(): TransferError {
  return failure("ERR_TRANSFER_STOPPED");
}

function addressText({ address, port }: SocketAddress): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function rulesOf(options: ServeFolderOptions): ServeRules {
  const { allowUpload = false, allowOverwrite = false } = options;
  const { maxUploadBytes = defaultMaxUploadBytes, maxListEntries = maxListedFiles } = options;
  checkWhole("maxUploadBytes", maxUploadBytes, 0, Number.MAX_SAFE_INTEGER);
  checkWhole("maxListEntries", maxListEntries, 1, maxListedFiles);
  return { allowUpload, allowOverwrite, maxUploadBytes, maxListEntries };
}

/** One client, and what it is served with. */
interface Served {
  readonly session: Session;
  readonly peer: string;
  readonly folder: SharedFolder;
  readonly rules: ServeRules;
  /** Called when it has asked for something. */
  readonly onRequest: () => void;
  readonly onEvent: ServeFolderOptions["onEvent"];
}

/** Answers the one request of a client and ends its connection. Never rejects. */
async function serveClient(served: Served): Promise<void> {
  const { session, peer, folder, rules, onRequest, onEvent } = served;
  const started = performance.now();
  let request: TransferRequest | undefined;
  let outcome: Partial<TransferEvent>;
  try {
    request = await session.expect("request");
    onRequest();
    if (request.op !== "list") session.subject = request.name;
    outcome = await answerRequest(session, request, folder, rules);
    await session.close();
  } catch (error) {
    await session.fail(error);
    const failed = localError(error, session.subject);
    // Who connects and says nothing (a port scan, a health check) is no failed request.
    if (request === undefined && silent.has(failed.code)) return;
    outcome = { error: failed };
  }
  const op = request?.op ?? "none";
  const name = request === undefined || request.op === "list" ? {} : { name: request.name };
  const ms = Math.round(performance.now() - started);
  onEvent?.({ type: "request", op, peer, ...name, ms, ...outcome });
}

const silent: ReadonlySet<string> = new Set(["ERR_TRANSFER_LOST", "ERR_TRANSFER_STOPPED"]);
