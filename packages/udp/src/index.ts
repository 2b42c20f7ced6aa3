export type { SocketAddress } from "./address.ts";
export { bind, type BindOptions } from "./bind.ts";
export type { Datagram } from "./datagram.ts";
export { UdpError, type UdpErrorCode } from "./errors.ts";
export type { Destination, UdpSocket } from "./udp-socket.ts";
