/** Linux, `rename(2)`: paths are those of the process, and both names stay, each with the other's folder. */
const [ofProcess, exchanging] = [-100, 2];

/** Gives two folders each other's names in one step, and says whether it did: else nothing has changed. */
export type Exchange = (one: string, other: string) => boolean;

/** The system call for it, which Node does not have; not every system, file system and machine has one. */
export async function folderExchange(): Promise<Exchange> {
  if (process.platform !== "linux") return () => false;
  try {
    const { default: koffi } = await import("koffi");
    const rename = koffi.load(null).func("int renameat2(int, const char *, int, const char *, unsigned int)");
    return (one, other) => rename(ofProcess, one, ofProcess, other, exchanging) === 0;
  } catch {
    // The package has no build for this machine, or its C library does not know the call.
    return () => false;
  }
}
