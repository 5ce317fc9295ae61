import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, connect as open, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A database server of a test's own, on a free port of the loopback. */
export interface Server {
  port: number;
  folder: string;
  /** The folder as the server sees it, where it is mounted for the server alone. */
  inside: string;
  stop(): void;
}

/** The path of a program, also where distributions hide servers; undefined where the machine has none. */
export function program(name: string): string | undefined {
  const versions = "/usr/lib/postgresql";
  const hidden = existsSync(versions) ? readdirSync(versions).map((each) => join(versions, each, "bin")) : [];
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", ...hidden.sort().reverse()];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Servers refuse to run as root: whom they run as then. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (option: string) => Number(execFileSync("id", [option, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** A folder that the server may read and write. */
export function serverFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "herringbone-server-"));
  const { uid, gid } = unprivileged();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  chmodSync(folder, 0o755);
  return folder;
}

/** Runs a program of a server's to its end. */
export const runAs = (path: string, args: readonly string[]): void => {
  execFileSync(path, args, { ...unprivileged(), stdio: "pipe", env: { ...process.env, LC_ALL: "C.UTF-8" } });
};

/** Starts a program whose folder, as it is, lies on a small disk that nobody else sees; the process is the program's. */
function onDiskOfItsOwn(size: string, folder: string, command: readonly string[]): ChildProcess {
  const { uid, gid } = unprivileged();
  const script = `before=$(mktemp -d) && cp -a "$0/." "$before" && mount -t tmpfs -o size=${size},mode=755 tmpfs "$0" \
    && chown ${uid}:${gid} "$0" && cp -a "$before/." "$0" && rm -r "$before" && cd "$0" \
    && exec setpriv --reuid=${uid} --regid=${gid} --clear-groups "$@"`;
  return spawn("unshare", ["-m", "sh", "-c", script, folder, ...command], { stdio: "ignore" });
}

/**
 * Starts a server and waits until it takes connections.
 * @param disk how large a disk of its own its folder is to lie on (`tmpfs`), which only root can give
 */
export async function startServer(
  path: string,
  args: readonly string[],
  port: number,
  folder: string,
  disk?: string,
): Promise<Server> {
  const server =
    disk === undefined
      ? spawn(path, args, { ...unprivileged(), cwd: folder, stdio: "ignore" })
      : onDiskOfItsOwn(disk, folder, [path, ...args]);
  await listening(server, port);
  return {
    port,
    folder,
    inside: `/proc/${server.pid}/root${folder}`,
    stop() {
      server.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function listening(server: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error("the server ended");
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = open(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.unref();
      setTimeout(() => socket.destroy(), 100);
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the server does not listen");
}

/**
 * Starts work that a lock keeps waiting, does something as soon as it waits there, and lets it go on, however long each takes.
 * @param isWaiting whether somebody waits for the lock
 */
export async function whileHeld<T>(
  work: () => Promise<T>,
  isWaiting: () => Promise<boolean>,
  meanwhile: () => Promise<void>,
  release: () => Promise<void>,
): Promise<T> {
  let isOver = false;
  const done = work().finally(() => {
    isOver = true;
  });
  // What fails is thrown below, once nothing is held any longer.
  done.catch(() => undefined);
  try {
    while (!isOver && !(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 20));
    if (!isOver) await meanwhile();
    else throw await done.then(() => new Error("it did not wait for the lock"));
  } finally {
    await release();
  }
  return done;
}

/** A port of the loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Stands between: after so many bytes from the server it cuts the connection, or gives nothing more. */
export async function throughProxy<T>(
  target: number,
  after: number,
  then: "cut" | "silence",
  use: (port: number) => Promise<T>,
): Promise<T> {
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = open(target, "127.0.0.1");
    let passed = 0;
    for (const socket of [client, server]) sockets.add(socket.on("error", () => undefined));
    client.pipe(server);
    client.on("close", () => server.destroy());
    server.on("data", (data) => {
      passed += data.length;
      if (passed <= after) client.write(data);
      else if (then === "cut") client.destroy();
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  try {
    return await use((proxy.address() as { port: number }).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  }
}

/** A certificate that signs itself, of another name than that of the loopback, and its key, which only its server reads. */
export function makeCertificate(folder: string): { certificate: string; key: string } {
  const certificate = join(folder, "server.crt");
  const key = join(folder, "server.key");
  const name = ["-subj", "/CN=db.example", "-addext", "subjectAltName=DNS:db.example"];
  runAs("openssl", [
    "req",
    "-x509",
    "-nodes",
    "-newkey",
    "rsa:2048",
    "-days",
    "2",
    ...name,
    "-out",
    certificate,
    "-keyout",
    key,
  ]);
  chmodSync(certificate, 0o644);
  return { certificate, key };
}
