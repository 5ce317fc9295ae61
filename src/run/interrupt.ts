import { setTimeout } from "node:timers/promises";

type Undo = () => unknown;

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof exitCodes;
const signals = Object.keys(exitCodes) as Signal[];

const undos = new Set<Undo>();
let isEnding = false;

/** What an undo may take, in milliseconds: nothing keeps a program from ending that somebody wants to end. */
const patience = 10_000;

/**
 * Says what an interruption (Ctrl-C, SIGTERM, SIGHUP) has to put right while something is under way. The newest goes
 * first; then the process ends with 130, 143 or 129. Without any, signals do what they do by themselves.
 * @param undo may run while the work it belongs to fails for the same reason; may not throw for what is gone already
 * @returns what takes it back, to be called when the work is over
 */
export function onInterrupt(undo: Undo): () => void {
  if (undos.size === 0) for (const signal of signals) process.on(signal, end);
  undos.add(undo);
  return () => {
    undos.delete(undo);
    if (undos.size === 0 && !isEnding) for (const signal of signals) process.off(signal, end);
  };
}

/** Whether the process is about to end: failures are its consequence then, and not worth a word. */
export const isInterrupted = (): boolean => isEnding;

/** To be called between the steps of long work, and before its result takes the place of the previous one. */
export function stopIfInterrupted(): void {
  if (isEnding) throw new Error("interrupted");
}

async function end(signal: Signal): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  for (const undo of [...undos].reverse()) {
    try {
      const done = undo();
      if (done instanceof Promise) await Promise.race([done, setTimeout(patience)]); // without a wait nothing else runs in between
    } catch {
      // The others have their turn all the same.
    }
  }
  process.exit(exitCodes[signal]);
}
