import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";

/**
 * Unpacks the Chromium that npm put under `folder` and writes `launcher`, a script that starts it with the
 * libraries and fonts of the package where the machine has none. The package would unpack itself into the shared
 * temporary folder, where any user may have put something else.
 *
 * @returns null, or why it failed
 */
export async function unpackChromium(folder: string, launcher: string): Promise<string | null> {
  const packed = join(folder, "node_modules", "@sparticuz", "chromium", "bin");
  const target = dirname(launcher);
  const building = `${target}.${process.pid}.tmp`;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  try {
    await inflate(join(packed, "chromium.br"), join(building, "chromium"));
    await chmod(join(building, "chromium"), 0o755);
    for (const archive of ["al2023", "fonts"]) await inflateTar(join(packed, `${archive}.tar.br`), building);
    await writeFile(join(building, "fonts.conf"), fontsConfiguration(target));
    await writeFile(join(building, "launch-chromium"), launchScript(target), { mode: 0o755 });
    await rm(target, { recursive: true, force: true });
    await rename(building, target);
    await rm(join(folder, "node_modules"), { recursive: true });
    return null;
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    return (error as Error).message;
  }
}

async function inflate(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

async function inflateTar(from: string, folder: string): Promise<void> {
  if (!existsSync(from)) return;
  const tar = join(folder, "unpacking.tar");
  await inflate(from, tar);
  await promisify(execFile)("tar", ["-xf", tar, "--no-same-owner", "-C", folder]);
  await rm(tar);
}

/**
 * The system's libraries and fonts come first: the package's own are only for what is missing. Where there is no font
 * at all, Chromium can't load the page's either.
 */
function launchScript(folder: string): string {
  return `#!/bin/sh
here='${folder.replaceAll("'", "'\\''")}'
fonts=$(find /usr/share/fonts /usr/local/share/fonts -name '*.[ot]t[cf]' 2>/dev/null | head -n 1)
if [ ! -e /etc/fonts/fonts.conf ] || [ -z "$fonts" ]; then export FONTCONFIG_FILE="$here/fonts.conf"; fi
if LC_ALL=C ldd "$here/chromium" 2>/dev/null | grep -q 'not found'; then
  export LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$here/lib"
fi
exec "$here/chromium" "$@"
`;
}

function fontsConfiguration(folder: string): string {
  const escaped = folder.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${escaped}/fonts</dir><cachedir>${escaped}/fontconfig</cachedir></fontconfig>
`;
}
