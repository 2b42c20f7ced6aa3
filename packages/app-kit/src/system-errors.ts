import type { Text } from "./language.ts";

/** What is known about a failed system call. */
export interface SystemFailure {
  /** The address, host name or path, made printable; absent where the error names none. */
  readonly place?: string | undefined;
  /** The system call, such as `listen`, `connect` or `open`. */
  readonly syscall?: string | undefined;
  /** The port, where the error has one. */
  readonly port?: number | undefined;
}

type Describe = (failure: SystemFailure) => Text;

const file = ({ place }: SystemFailure): Text =>
  place === undefined ? { en: "the file", zh: "该文件" } : { en: place, zh: ` ${place} ` };
const peer = ({ place }: SystemFailure): Text =>
  place === undefined ? { en: "the other side", zh: "对方" } : { en: place, zh: ` ${place} ` };
const address = ({ place }: SystemFailure): Text =>
  place === undefined ? { en: "the address", zh: "该地址" } : { en: place, zh: ` ${place} ` };

const notPermitted: Describe = (failure) => {
  const { syscall, port, place } = failure;
  if (syscall === "bind" || syscall === "listen") {
    return port !== undefined && port > 0 && port < 1024
      ? {
          en: `no permission to listen on ${place}: ports below 1024 need more rights, choose 1024 or above`,
          zh: `没有权限在 ${place} 上监听：1024 以下的端口需要更高权限，请选 1024 或以上的端口`,
        }
      : {
          en: `no permission to listen on ${address(failure).en}: choose another address or port`,
          zh: `没有权限在${address(failure).zh}上监听：请换一个地址或端口`,
        };
  }
  if (syscall === "connect" || syscall === "send") {
    return {
      en: `this system does not permit sending to ${peer(failure).en}: check the address and the firewall`,
      zh: `系统不允许向${peer(failure).zh}发送：请检查地址和防火墙`,
    };
  }
  return {
    en: `no permission for ${file(failure).en}: check its owner and mode, or choose another place`,
    zh: `没有权限访问${file(failure).zh}：请检查其所有者和权限，或换一个位置`,
  };
};

const noSuchHost: Describe = ({ place }) => ({
  en: `host ${place ?? "name"} not found: check the spelling`,
  zh: `找不到主机 ${place ?? "名"}：请检查拼写`,
});

const tooManyFiles: Describe = () => ({
  en: "too many open files and connections: raise the limit (ulimit -n) or do less at once",
  zh: "打开的文件和连接过多：请提高上限（ulimit -n）或减少同时进行的工作",
});

/** What the codes of system errors mean to a user, and what helps. */
export const SYSTEM_ERRORS: Readonly<Record<string, Describe>> = {
  EADDRINUSE: (failure) => ({
    en: `${address(failure).en} is already in use: stop the program that uses it, or choose another port`,
    zh: `${address(failure).zh}已被占用：请停止占用它的程序，或换一个端口`.trimStart(),
  }),
  EADDRNOTAVAIL: (failure) => ({
    en: `${address(failure).en} is not an address of this machine: use one of its own`,
    zh: `${address(failure).zh}不是本机的地址：请使用本机的地址`.trimStart(),
  }),
  EAFNOSUPPORT: (failure) => ({
    en: `this machine has no such kind of address: ${address(failure).en}; try IPv4`,
    zh: `本机不支持这类地址：${address(failure).zh.trim()}；请试试 IPv4`,
  }),
  ENOTFOUND: noSuchHost,
  ENODATA: noSuchHost,
  EAI_NONAME: noSuchHost,
  EAI_AGAIN: ({ place }) => ({
    en: `host ${place ?? "name"} could not be looked up now: check the network, or use an IP address`,
    zh: `暂时无法解析主机 ${place ?? "名"}：请检查网络，或直接使用 IP 地址`,
  }),
  ECONNREFUSED: (failure) => ({
    en: `${peer(failure).en} refused the connection: check the address, and that the server is running`,
    zh: `${peer(failure).zh}拒绝了连接：请检查地址，并确认服务器正在运行`.trimStart(),
  }),
  ECONNRESET: (failure) => ({
    en: `${peer(failure).en} broke the connection: try again, and look at its messages`,
    zh: `${peer(failure).zh}中断了连接：请重试，并查看对方的提示`.trimStart(),
  }),
  EPIPE: (failure) => ({
    en: `${peer(failure).en} closed the connection while data was being sent: try again`,
    zh: `${peer(failure).zh}在发送途中关闭了连接：请重试`.trimStart(),
  }),
  ETIMEDOUT: (failure) => ({
    en: `${peer(failure).en} did not answer in time: check the address and the firewall`,
    zh: `${peer(failure).zh}没有及时应答：请检查地址和防火墙`.trimStart(),
  }),
  EHOSTUNREACH: (failure) => ({
    en: `${peer(failure).en} cannot be reached: check the address, and that the machine is on`,
    zh: `无法到达${peer(failure).zh}：请检查地址，并确认那台机器已开机`,
  }),
  ENETUNREACH: (failure) => ({
    en: `no network leads to ${peer(failure).en}: check this machine's connection`,
    zh: `没有网络通往${peer(failure).zh}：请检查本机的网络连接`,
  }),
  ENETDOWN: () => ({
    en: "the network is down: check this machine's connection",
    zh: "网络已断开：请检查本机的网络连接",
  }),
  EMSGSIZE: () => ({
    en: "the message is too long for one datagram: send at most 65507 bytes",
    zh: "消息太长，无法放入一个数据报：最多发送 65507 字节",
  }),
  EACCES: notPermitted,
  EPERM: notPermitted,
  ENOENT: (failure) =>
    failure.syscall?.startsWith("spawn") === true
      ? {
          en: `program ${failure.place ?? "file"} not found: check its name, and that it is installed`,
          zh: `找不到程序 ${failure.place ?? "文件"}：请检查名称，并确认已安装`,
        }
      : {
          en: `${file(failure).en} does not exist: check the path`,
          zh: `${file(failure).zh}不存在：请检查路径`.trimStart(),
        },
  ENOTDIR: (failure) => ({
    en: `${file(failure).en}: a part of this path is not a folder`,
    zh: `${file(failure).zh.trim()}：路径中有一部分不是文件夹`,
  }),
  EISDIR: (failure) => ({
    en: `${file(failure).en} is a folder: name a file`,
    zh: `${file(failure).zh}是文件夹：请指定文件`.trimStart(),
  }),
  EEXIST: (failure) => ({
    en: `${file(failure).en} exists already: choose another name, or remove it first`,
    zh: `${file(failure).zh}已存在：请换一个名称，或先删除它`.trimStart(),
  }),
  ENOTEMPTY: (failure) => ({
    en: `folder ${file(failure).en} is not empty`,
    zh: `文件夹${file(failure).zh}不是空的`,
  }),
  ENAMETOOLONG: (failure) => ({
    en: `the name is too long: ${file(failure).en}`,
    zh: `名称太长：${file(failure).zh.trim()}`,
  }),
  ELOOP: (failure) => ({
    en: `${file(failure).en}: too many symbolic links lead to one another`,
    zh: `${file(failure).zh.trim()}：符号链接互相指向，层数过多`,
  }),
  ENOSPC: ({ place }) => ({
    en: `no space left on the disk${place === undefined ? "" : ` for ${place}`}: free some, or choose another place`,
    zh: `磁盘空间不足${place === undefined ? "" : `（${place}）`}：请清理空间，或换一个位置`,
  }),
  EDQUOT: ({ place }) => ({
    en: `your disk quota is used up${place === undefined ? "" : ` for ${place}`}: free some space, or choose another place`,
    zh: `磁盘配额已用完${place === undefined ? "" : `（${place}）`}：请清理空间，或换一个位置`,
  }),
  EROFS: (failure) => ({
    en: `${file(failure).en} is on a read-only file system: choose another place`,
    zh: `${file(failure).zh}位于只读文件系统：请换一个位置`.trimStart(),
  }),
  EFBIG: (failure) => ({
    en: `${file(failure).en} is larger than this file system allows`,
    zh: `${file(failure).zh}超过了文件系统允许的大小`.trimStart(),
  }),
  EIO: (failure) => ({
    en: `the device failed to read or write ${file(failure).en}: check the disk`,
    zh: `设备读写${file(failure).zh}时出错：请检查磁盘`,
  }),
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  ENOMEM: () => ({
    en: "not enough memory: do less at once",
    zh: "内存不足：请减少同时进行的工作",
  }),
  ENOBUFS: () => ({
    en: "the system has no buffers left for the network: send more slowly",
    zh: "系统的网络缓冲区已用完：请放慢发送速度",
  }),
};
