import { join } from "node:path";
import type { Machine } from "./machine.js";

/** Where this program keeps a browser of its own when it installed one without root. */
export function ownBrowser(machine: Machine): string {
  return join(cacheFolder(machine), "chromium", "launch-chromium");
}

export function cacheFolder({ env, home }: Machine): string {
  return join(env.XDG_CACHE_HOME || join(home, ".cache"), "herringbone");
}

export function puppeteerCache({ env, home }: Machine): string {
  return env.PUPPETEER_CACHE_DIR || join(home, ".cache", "puppeteer");
}
