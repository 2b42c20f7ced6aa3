export type { SocketAddress } from "./address.ts";
export { connect, type ConnectOptions } from "./connect.ts";
export type { Connection } from "./connection.ts";
export { TcpError, type TcpErrorCode } from "./errors.ts";
export { listen, type ListenOptions } from "./listen.ts";
export type { CloseOptions, ConnectionHandler, Listener } from "./listener.ts";
export type { ConnectionOptions } from "./options.ts";
