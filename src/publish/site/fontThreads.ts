import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { onInterrupt } from "../../run/interrupt.js";
import { fontPackage, fontWeights } from "./bundles.js";
import { needed } from "./installed.js";

/** Threads that make fonts, one for each weight. */
export interface FontThreads {
  /** Has them load what they need, where it is likely that fonts will be wanted. */
  begin(): void;
  /**
   * Fonts of the characters of some kinds that a weight has; none of a kind of which it has none.
   * @param kinds code points
   */
  make(weight: number, kinds: Record<string, number[]>): Promise<Record<string, MadeFont>>;
}

export interface MadeFont {
  codes: number[];
  /** In WOFF2. */
  font: Uint8Array;
}

interface Thread {
  worker: Worker;
  failed: Promise<never>;
}

/** Lends threads, none of which runs before it is needed, and ends them afterwards. */
export async function withFontThreads<T>(
  project: string,
  use: (threads: FontThreads) => Promise<T>,
): Promise<T> {
  const threads = new Map<number, Promise<Thread>>();
  const threadOf = (weight: number): Promise<Thread> => {
    const thread = threads.get(weight) ?? start(project, weight);
    threads.set(weight, thread);
    return thread;
  };
  const end = async () => {
    const begun = await Promise.allSettled(threads.values());
    await Promise.all(begun.map((each) => each.status === "fulfilled" && each.value.worker.terminate()));
  };
  const over = onInterrupt(end);
  try {
    return await use({
      begin() {
        for (const weight of fontWeights) threadOf(weight).catch(() => {}); // who makes fonts is told
      },
      async make(weight, kinds) {
        const { worker, failed } = await threadOf(weight);
        worker.postMessage(kinds);
        const [made] = await Promise.race([once(worker, "message"), failed]);
        return made;
      },
    });
  } finally {
    over();
    await end();
  }
}

async function start(project: string, weight: number): Promise<Thread> {
  const file = join(await fontSource(project), `noto-sans-sc-chinese-simplified-${weight}-normal.woff2`);
  const worker = new Worker(new URL("./fontWorker.js", import.meta.url), { workerData: file });
  const failed = once(worker, "error").then(([error]) => {
    throw error;
  });
  failed.catch(() => {}); // it may be found before anybody waits
  return { worker, failed };
}

/** The folder of the font's files. */
export const fontSource = async (project: string): Promise<string> =>
  join((await needed(fontPackage, project)).folder, "files");
