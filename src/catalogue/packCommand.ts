import type { PrintJob } from "../published/packTypes.js";
import { shellWord } from "../run/shellWord.js";

/** What is said of a print beside its pack and scope. */
export interface Said {
  lang?: string | undefined;
  period?: string | undefined;
  paper?: string | undefined;
}

/** The command that makes a print again. */
export function commandOf(pack: string, scope: PrintJob["scope"], { lang, period, paper }: Said): string {
  return [
    "npx herringbone export",
    pack,
    ...(scope ? ["--for", shellWord(`${scope.dimension}=${scope.value}`)] : []),
    ...(period ? ["--period", period] : []),
    ...(paper ? ["--paper", paper] : []),
    ...(lang ? ["--lang", lang] : []),
  ].join(" ");
}

/** What such a command says beside pack and scope, of whatever stands at its end. */
export function saidIn(command: string): Said {
  const [, period, paper, lang] =
    /(?: --period (\S+))?(?: --paper (\S+))?(?: --lang (\S+))?$/.exec(command) ?? [];
  return { period, paper, lang };
}
