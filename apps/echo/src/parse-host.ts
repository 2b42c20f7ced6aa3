import { AppError } from "@netloom/app-kit";

/** Parses `--host`: anything but nothing, which would mean another machine to each system call. */
export function parseHost(value: string): string {
  if (value.trim() !== "") return value;
  throw new AppError(
    {
      en: `got "${value}", expected a name or an IP address`,
      zh: `得到“${value}”，应为名称或 IP 地址`,
    },
    { code: "ERR_APP_USAGE" },
  );
}
