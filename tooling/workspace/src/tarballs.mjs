// @ts-check
import { installTarballs, typeCheck, useOnNode } from "@netloom/release/tarballs";

import { members } from "./workspace.mjs";

/**
 * Installs the tarballs of all packages and apps into an empty project and uses them there.
 *
 * @param {readonly string[]} nodes Node binaries to use them on
 * @returns {Promise<{ ok: boolean, output: string, passed: number, failed: number }>}
 */
export async function checkTarballs(nodes) {
  const published = [...members("packages"), ...members("apps")];
  const project = installTarballs(published, "7.0.2");
  try {
    const failures = nodes.flatMap((node) => useOnNode(project, node));
    const uses = nodes.length * project.entries.length * 2;
    failures.push(...typeCheck(project, "nodenext"), ...typeCheck(project, "bundler"));
    const failed = failures.length;
    return { ok: failed === 0, output: failures.join("\n"), passed: uses + 2 - failed, failed };
  } finally {
    project.remove();
  }
}
