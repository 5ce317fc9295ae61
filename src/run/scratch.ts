import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { onInterrupt } from "./interrupt.js";

/** How long an interruption waits for work to write no more. */
const patienceMs = 5000;

/**
 * Works on a file or folder that is gone afterwards, if it was not moved away meanwhile; an interruption removes it, too,
 * as soon as the work has come to its end or failed: what is removed under a writer's hands comes back.
 * @param work long ones call `stopIfInterrupted` between their steps
 */
export async function withScratch<T>(path: string, work: () => Promise<T>): Promise<T> {
  const removed = () => rm(path, { recursive: true, force: true });
  const working = work();
  const settled = working.then(
    () => {},
    () => {},
  );
  const over = onInterrupt(async () => {
    await Promise.race([settled, sleep(patienceMs)]);
    await removed();
  });
  try {
    return await working;
  } finally {
    await removed();
    over();
  }
}
