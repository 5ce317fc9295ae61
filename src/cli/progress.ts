import type { Language } from "../catalogue/settings.js";
import type { Progress } from "../run/progress.js";
import { told } from "../words/told.js";
import { type Wording, worded } from "../words/wording.js";
import type { Effects } from "./effects.js";
import { languageFor } from "./language.js";
import { pad } from "./print/align.js";

export interface ProgressOptions {
  quiet?: boolean;
  json?: boolean;
  lang?: Language;
  catalog?: string;
}

const bar = "━".repeat(12);

/**
 * The progress of a command on stderr: a live line a step on a terminal, a plain line a finished step elsewhere,
 * one JSON object a line with `json`, its texts in English, nothing but warnings with `quiet`.
 */
export function reportProgress(options: ProgressOptions, effects: Effects): Progress {
  const { stderr } = effects;
  const live = Boolean(stderr.isTTY) && !options.json && !options.quiet;
  const language = options.json ? "en" : languageFor(options, effects);
  let running: { name: string; began: number; rows?: number; far?: string } | undefined;

  const write = (event: string, text: string, data: Record<string, unknown> = {}) => {
    if (options.json) stderr.write(`${JSON.stringify({ event, ...data })}\n`);
    else if (!options.quiet || event === "warning") stderr.write(`${text}\n`);
  };

  const finish = () => {
    if (!running) return;
    const seconds = (effects.now().getTime() - running.began) / 1000;
    const { name, rows } = running;
    running = undefined;
    if (live) stderr.write("\r\u001b[2K");
    const count =
      rows === undefined
        ? ""
        : `  ${worded(told("progress.rows", { rows: rows.toLocaleString("en-US") }), language)}`;
    const mark = live ? `✓ ${bar} ` : "";
    write("step", `${mark}${pad(name, 34)}${seconds.toFixed(2).padStart(8)} s${count}`, {
      step: name,
      seconds,
      ...(rows === undefined ? {} : { rows }),
    });
  };

  /** What the live line says. */
  const show = () => {
    if (live && running) stderr.write(`… ${running.name}${running.far ? `  ${running.far}` : ""}`);
  };

  const interrupt = (event: string, wording: Wording, data?: Record<string, unknown>) => {
    const line = worded(wording, language);
    if (live && running) stderr.write("\r\u001b[2K");
    write(event, line, { message: line, ...data });
    show();
  };

  return {
    step(wording) {
      finish();
      const name = worded(wording, language);
      running = { name, began: effects.now().getTime() };
      show();
    },
    rows(count) {
      if (running) running.rows = (running.rows ?? 0) + count;
    },
    far(done, of) {
      if (!running) return;
      const seconds = (effects.now().getTime() - running.began) / 1000;
      const left = Math.round((seconds / done) * (of - done));
      const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      running.far = worded(told("progress.far", { done, of, left: time }), language);
      if (live) {
        stderr.write("\r\u001b[2K");
        show();
      } else if (options.json || Math.floor((done * 10) / of) > Math.floor(((done - 1) * 10) / of))
        write("progress", running.far, { done, of, seconds_left: left });
    },
    say: (line, data) => interrupt("note", line, data),
    warn: (line, data) => interrupt("warning", line, data),
    end: finish,
  };
}
