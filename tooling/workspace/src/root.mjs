// @ts-check
import { fileURLToPath } from "node:url";

/** The folder of the workspace's root. */
export const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/[\\/]$/, "");
