/** One end of a connection. */
export interface SocketAddress {
  /** The IP address as text: `"127.0.0.1"`, `"::1"`. */
  readonly address: string;
  /** 0 to 65,535. */
  readonly port: number;
  readonly family: "IPv4" | "IPv6";
}

/** `127.0.0.1:80`, `[::1]:80`, `localhost:80`: for messages. */
export function hostPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
