import type { ChildProcess } from "node:child_process";

const flag = "HERRINGBONE_DATA_FOLLOWS";

/** Tells a Framework build that its data is still being published: it is to call `dataPlaced` before it needs any. */
export const followedData: NodeJS.ProcessEnv = { [flag]: "true" };

/** Tells the Framework process when the data lies in its place; ends the process if that fails. */
export function announce(data: Promise<void>, child: ChildProcess): void {
  data.then(
    () => {
      if (child.connected) child.send("placed");
    },
    () => child.kill(),
  );
}

/**
 * Waits, in the Framework process, until the process that started it has placed the data; returns at once in a
 * build or a preview that was not told to wait.
 *
 * @throws Error when the other process ends first
 */
export async function dataPlaced(): Promise<void> {
  if (process.env[flag] === undefined) return;
  if (!process.connected) throw new Error("the data was not published");
  await new Promise<void>((done, fail) => {
    process.once("message", () => done());
    process.once("disconnect", () => fail(new Error("the data was not published")));
  });
  process.disconnect();
}
