import { type Command, CommanderError, Option } from "commander";
import { personKinds } from "../contract/personKinds.js";
import { papers } from "../published/packTypes.js";
import { CliError } from "../run/error.js";
import { isInterrupted, onInterrupt } from "../run/interrupt.js";
import { machineFailure } from "../run/machineFailure.js";
import { version } from "../run/version.js";
import { type Language, languages } from "../words/languages.js";
import { told } from "../words/told.js";
import { visibleLines } from "../words/visible.js";
import { worded } from "../words/wording.js";
import { CommandLine, choice } from "./commandLine.js";
import { defaultEffects, type Effects } from "./effects.js";
import { languageOf, languageOfFailure } from "./language.js";
import { whereOptions } from "./options/connected.js";
import type { PlaceOptions } from "./places.js";

const collect = (value: string, before: string[] = []) => [...before, value];

const example = (command: Command, line: string) => command.addHelpText("after", `\nExample:\n  $ ${line}\n`);

/** The commands of `herringbone`; each is loaded only when it runs. */
function program(effects: Effects): Command {
  const root = new CommandLine("herringbone")
    .description("customer KPIs from CRM extracts: a checked warehouse, a site to explore, a PDF to sign")
    .version(version)
    .option("--debug", "where in the program a failure came from")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => effects.stdout.write(text),
      writeErr: (text) => effects.stderr.write(text),
    });

  const command = (name: string, description: string, line: string) => {
    const made = root.command(name).description(description).copyInheritedSettings(root);
    return example(made, line);
  };
  const places = (made: Command) =>
    made.option("--warehouse <file>", "the warehouse (default: data/warehouse/herringbone.duckdb)");
  const catalogue = (made: Command) =>
    made.option(
      "--catalog <dir>",
      "the KPI team's catalogue (default: catalog beside the extracts over data/catalog)",
    );
  const talk = (made: Command) =>
    made.option("--quiet", "warnings and errors only").option("--json", "machine-readable log lines");
  const language = () => choice("--lang <language>", "zh-CN or en; default: settings.yaml", languages);
  const format = () => choice("--format <format>", "", ["table", "csv", "json"]).default("table");
  const excel = () =>
    new Option(
      "--excel",
      "csv for a spreadsheet: a byte order mark, and no text that it would run as a formula",
    );
  const input = (made: Command) =>
    catalogue(made)
      .option(
        "--data <dir>",
        "extracts: sources.yaml, or files named after tables (default: data/extracts, else data/sample)",
      )
      .option("--as-of <date>", "nothing at or after the end of this day has happened")
      .option(
        "--allow-outside",
        "files that sources.yaml names, or links lead to, may lie outside the folder",
      )
      .option("--accept-drift", "build once from sources that are not as expected, where settings block that")
      .option("--full", "read and compute everything anew, whatever earlier builds kept");

  talk(
    places(input(command("build", "extracts → warehouse → marts", "herringbone build --data data/sample"))),
  )
    .option("--restore <build>", "no new build: one that is kept is the warehouse's again (see builds)")
    .addOption(language())
    .action(async ({ restore, ...options }, command: Command) => {
      if (restore === undefined) await (await import("./build.js")).buildCommand(options, effects);
      else await restored(restore, options, command);
    });
  const restored = async (build: string, options: PlaceOptions & { lang?: Language }, command: Command) => {
    const other = ["data", "catalog", "asOf", "allowOutside", "acceptDrift", "full"].find((name) =>
      command.getOptionValueSource(name),
    );
    const option = `--${(other ?? "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (other !== undefined) throw new CliError(told("builds.restoreAlone", { option }), 2);
    await (await import("./kept/builds.js")).restoreCommand(build, options, effects);
  };
  places(
    command(
      "builds",
      "the build that the warehouse holds and those it replaced, which build --restore brings back",
      "herringbone builds --format json",
    ),
  )
    .addOption(format())
    .addOption(excel())
    .addOption(language())
    .action(async (options) => (await import("./kept/builds.js")).buildsCommand(options, effects));
  places(
    command(
      "diff",
      "the figures in which two builds differ, old and new, with the rows that came, went or changed",
      "herringbone diff 20261130-092938-a97770e0 --kpi churn_rate --from 2026-01",
    ),
  )
    .argument("<older>", "a build (see builds)")
    .argument("[newer]", "the build it is compared with; default: the warehouse's")
    .option("--kpi <id>", "only this KPI; repeats", collect)
    .option("--from <month>", "first period, inclusive: YYYY-MM")
    .option("--to <month>", "last period, inclusive: YYYY-MM")
    .option("--groups", "the table lists the figures of groups, too")
    .option("--all", "the table lists all figures, not only those that moved furthest")
    .addOption(format())
    .addOption(excel())
    .addOption(language())
    .action(async (older, newer, options) =>
      (await import("./kept/diff.js")).diffCommand(older, newer, options, effects),
    );
  places(
    command(
      "check",
      "what the last build read, loaded and refused, and which KPIs have no data",
      "herringbone check",
    ),
  )
    .option("--last-attempt", "the same of a build that failed since the last good one")
    .addOption(choice("--format <format>", "", ["table", "json"]).default("table"))
    .addOption(language())
    .action(async (options) => (await import("./check.js")).checkCommand(options, effects));
  places(
    command(
      "kpi",
      "values of KPIs",
      "herringbone kpi churn_rate --grain quarter --by region --compare year --format json",
    ),
  )
    .argument("[id...]", "KPI ids; default: all")
    .addOption(choice("--grain <grain>", "", ["month", "quarter", "half", "year"]).default("month"))
    .addOption(
      new Option("--period <period>", "one period: 2026-05, 2026-Q2, 2026-H1 or 2026").conflicts([
        "grain",
        "from",
        "to",
      ]),
    )
    .option("--from <month>", "first period, inclusive: YYYY-MM")
    .option("--to <month>", "last period, inclusive: YYYY-MM")
    .option("--by <dimensions>", "split by dimensions, comma-separated")
    .option("--where <dimension=value>", "only these cases; repeats", collect)
    .addOption(choice("--compare <with>", "", ["previous", "year"]))
    .option(
      "--explain",
      "split the change between two periods by each dimension, or by those of --by crossed: the last period (default: the newest whose value is final) against the one --compare names (default: previous), or --from against --to",
    )
    .addOption(format())
    .addOption(excel())
    .addOption(language())
    .action(async (ids, options) => (await import("./kpi.js")).kpiCommand(ids, options, effects));
  places(
    command(
      "reconcile",
      "explains the difference to the CRM's own figure or list of cases, case by case",
      "herringbone reconcile first_response_time --with tickets-march.csv --period 2026-03",
    ),
  )
    .argument("<kpi>", "a KPI's id")
    .option("--with <file>", "their list of cases, one row a case, or their sheet of figures")
    .option("--value-of <figure>", "their figure in the place of a file: 0.0213, 2.13%")
    .option("--period <period>", "2026-05, 2026-Q2, 2026-H1 or 2026")
    .option("--where <dimension=value>", "only these cases; repeats", collect)
    .option("--id <column>", "their column of ids; default: the one that holds ids of the cases")
    .option("--value <column>", "their column of each case's value, to be compared as well, or of the figure")
    .option("--row <name>", "the row of a sheet of figures, by what a cell of it says")
    .option(
      "--encoding <name>",
      "of their list, as sources.yaml knows it: windows-1252, gb18030; default: told by its bytes",
    )
    .option("--time-zone <zone>", "in which their periods begin; default: the one that explains most")
    .addOption(choice("--page <whether>", "show it on the site, or no longer", ["show", "hide"]))
    .addOption(format())
    .addOption(excel())
    .addOption(language())
    .action(async (kpi, options) => (await import("./reconcile.js")).reconcileCommand(kpi, options, effects));
  places(
    command(
      "score",
      "weighted totals, grades and ranking by the scorecards",
      "herringbone score customer_relations --period 2026-Q2 --for team",
    ),
  )
    .argument("[scorecard]", "a scorecard's id, review_360 or combined; default: all scorecards")
    .option(
      "--period <period>",
      "2026-05, 2026-Q2, 2026-H1 or 2026; default: the scorecard's last complete period",
    )
    .addOption(
      choice("--for <subjects>", "whom to score", ["company", "team", "employee"]).default("company"),
    )
    .option("--weights <date>", "what if: the weights in force on this day, beside those of the period")
    .option("--trace", "what every value is made of, and the command that gives it")
    .addOption(format())
    .addOption(excel())
    .addOption(language())
    .action(async (id, options) => (await import("./score.js")).scoreCommand(id, options, effects));
  places(
    command(
      "assess",
      "benefit assessment: whether initiatives helped, how sure that is, what it was worth",
      "herringbone assess I01 --format json",
    ),
  )
    .argument("[initiative...]", "initiatives' ids; default: all")
    .option(
      "--plan",
      "the smallest change that each follow-up could find, and the length that the expected one needs",
    )
    .option("--explain", "what stands beside each verdict: other methods, other times, other scopes, months")
    .addOption(format())
    .addOption(excel())
    .addOption(language())
    .action(async (ids, options) => (await import("./assess.js")).assessCommand(ids, options, effects));
  places(
    command(
      "weights",
      "history of scorecards' weights, what flips a grade or a rank, and what other weights would give",
      "herringbone weights customer_relations --for team --set nps=20% --lang en",
    ),
  )
    .argument("[scorecard]", "a scorecard's id; default: all scorecards")
    .option(
      "--period <period>",
      "2026-05, 2026-Q2, 2026-H1 or 2026; default: the scorecard's last complete period",
    )
    .addOption(
      choice("--for <subjects>", "whose grade (company) or ranks", ["company", "team", "employee"]).default(
        "company",
      ),
    )
    .option("--set <kpi=weight>", "what if: this weight, the others rescaled; repeats", collect)
    .addOption(format())
    .addOption(excel())
    .addOption(language())
    .action(async (id, options) => (await import("./weights.js")).weightsCommand(id, options, effects));
  places(
    command(
      "feedback",
      "feedback sheets of employees: strengths, what is below target, changes, agreed improvements",
      "herringbone feedback E00009 --period 2026-H1 --lang en",
    ),
  )
    .argument("[employee...]", "employees' ids; default: all with a scorecard or a 360° review")
    .option(
      "--period <period>",
      "2026-05, 2026-Q2, 2026-H1 or 2026; default: the last complete assessment period",
    )
    .addOption(choice("--format <format>", "", ["text", "json"]).default("text"))
    .addOption(language())
    .action(async (employees, options) =>
      (await import("./feedback.js")).feedbackCommand(employees, options, effects),
    );
  places(
    command(
      "close",
      "freezes the signed figures of a period with their build; builds then list what they would restate",
      "herringbone close 2026-03",
    ),
  )
    .argument("[period]", "2026-05, 2026-Q2, 2026-H1 or 2026")
    .option("--list", "the closed periods, and what became of them")
    .option("--reopen <period>", "open a period again; what was closed is kept")
    .option("--why <text>", "why it is opened again")
    .addOption(format())
    .addOption(excel())
    .addOption(language())
    .action(async (period, options) =>
      (await import("./kept/close.js")).closeCommand(period, options, effects),
    );
  places(
    command(
      "forget",
      "erases a person from the warehouse, its kept builds and closed periods, for builds to come, too",
      "herringbone forget C0000320",
    ),
  )
    .argument("[id]", "a customer's, employee's, lead's or contact's")
    .addOption(choice("--kind <kind>", "whose id it is, where several have it", personKinds))
    .option("--list", "when how many were forgotten")
    .addOption(format())
    .addOption(excel())
    .addOption(language())
    .action(async (id, options) => (await import("./kept/forget.js")).forgetCommand(id, options, effects));
  talk(places(command("site", "warehouse → dist/, the static site", "herringbone site")))
    .option("--out <dir>", "where the site goes", "dist")
    .addOption(language())
    .action(async (options) => (await import("./site.js")).siteCommand(options, effects));
  command(
    "serve",
    "the built site on this machine, until Ctrl-C; prints its address",
    "herringbone serve --port 8000",
  )
    .argument("[dist]", "the built site (default: dist)")
    .option("--port <port>", "default: one that is free")
    .addOption(language())
    .action(async (dist, options) => (await import("./serve.js")).serveCommand(dist, options, effects));
  talk(
    places(
      input(
        command("dev", "live preview that follows pages, models, catalogue and extracts", "herringbone dev"),
      ),
    ),
  )
    .option("--port <port>", "port of the preview", "3000")
    .addOption(language())
    .action(async (options) => (await import("./dev.js")).devCommand(options, effects));
  talk(
    places(
      command(
        "export",
        "packs of the built site as PDF into out/",
        "herringbone export leadership --for region=East",
      ),
    ),
  )
    .argument("[pack...]", "packs of reports/packs; default: kpi-report")
    .option("--for <dimension=value>", "only the figures of one region, team, employee …")
    .option("--each <dimension>", "a set for each value of a dimension")
    .option("--period <period>", "2026-05, 2026-Q2, 2026-H1 or 2026; default: the latest that is over")
    .addOption(choice("--paper <paper>", "default: the pack's own", Object.keys(papers)))
    .option("--password-env <variable>", "lock the files with the password that this variable holds")
    .option("--concurrency <count>", "files printed at a time; default: as many as there are cores")
    .option("--build <build>", "of a build that is kept (see builds), instead of the built site")
    .option("--dist <dir>", "the built site (default: dist)")
    .option("--out <dir>", "where the files go", "out")
    .addOption(language())
    .action(async (packs, options) => (await import("./export.js")).exportCommand(packs, options, effects));
  places(
    command(
      "verify",
      "the figures that a PDF carries worked out anew, and whether its pages are those that were printed",
      "herringbone verify out/leadership.pdf",
    ),
  )
    .argument("<file>", "a PDF of herringbone export")
    .option("--password-env <variable>", "of a locked file: the variable that holds its password")
    .addOption(choice("--format <format>", "", ["table", "json"]).default("table"))
    .addOption(language())
    .action(async (file, options) => (await import("./verify.js")).verifyCommand(file, options, effects));
  talk(
    places(
      input(
        command("report", "build + site + export, the main job", "herringbone report --data data/extracts"),
      ),
    ),
  )
    .addOption(language())
    .action(async (options) => (await import("./report.js")).reportCommand(options, effects));
  catalogue(
    places(command("doctor", "checks Node, DuckDB, browser, fonts, disk and settings", "herringbone doctor")),
  )
    .addOption(language())
    .action(async (options) => (await import("./doctor.js")).doctorCommand(options, effects));
  const initialise = command(
    "init",
    "looks at a folder of files, a database or an account and writes how they are read: sources.yaml, vocabulary.yaml and a neutral catalogue",
    "herringbone init path/to/extracts",
  );
  for (const option of whereOptions()) initialise.addOption(option);
  initialise
    .argument("[dir]", "the folder (default: data/extracts)")
    .option("--force", "where there is a sources.yaml: it is kept as sources.yaml.bak and written anew")
    .option("--allow-outside", "links may lead to files outside the folder")
    .addOption(language())
    .action(async (folder, options) => (await import("./init.js")).initCommand(folder, options, effects));
  command(
    "sample",
    "writes generated extracts with planted truths",
    "herringbone sample --customers 400 --months 30 --seed 7 --dirt 0.01 --out data/extracts",
  )
    .option("--customers <count>", "customers")
    .option("--months <count>", "months of history")
    .option("--seed <number>", "the same seed gives the same bytes")
    .option("--dirt <share>", "share of rows broken on purpose")
    .option("--tickets <count>", "tickets")
    .option("--orders <count>", "orders; about 1.3 lines each")
    .option("--answers <count>", "survey answers")
    .option("--contacts <count>", "contacts")
    .option("--employees <count>", "employees")
    .option("--variety <share>", "share of cells in another notation of the contract")
    .option("--tables <names>", "only these tables, comma-separated")
    .option("--out <dir>", "where the files go", "data/extracts")
    .option("--force", "overwrite files of the same names that are no earlier sample")
    .action(async (options) => (await import("./sample.js")).sampleCommand(options, effects));
  return root;
}

/**
 * Runs the command line.
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage or configuration, 3 data beyond its limit
 */
export async function main(argv: string[], effects: Effects = defaultEffects): Promise<number> {
  let over = () => {};
  try {
    const root = program(effects).hook("preAction", (_root, command) => {
      const { excel, format } = command.opts();
      if (excel && format !== "csv") throw new CliError(told("excel.otherFormat", { format }), 2);
      // What runs until it is interrupted has then done its work.
      if (!["dev", "serve"].includes(command.name()))
        over = onInterrupt(() => tellInterruption(argv, effects));
    });
    await root.parseAsync(argv);
    return 0;
  } catch (error) {
    if (isInterrupted()) await new Promise(() => {}); // the process ends when all is put right
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return tell(error, argv, effects, await languageOfFailure(argv, effects));
  } finally {
    over();
  }
}

function tellInterruption(argv: readonly string[], effects: Effects): void {
  const line = worded(told("program.says", { said: told("program.interrupted") }), languageOf(argv, effects));
  effects.stderr.write(`${effects.stderr.isTTY ? "\r\u001b[2K" : ""}${line}\n`);
}

/**
 * Says what went wrong, in a sentence; with `--debug` also where in the program.
 * @returns the exit code
 */
export function tell(
  error: unknown,
  argv: readonly string[],
  effects: Effects = defaultEffects,
  language: Language = languageOf(argv, effects),
): number {
  const failure = machineFailure(error) ?? faultOfProgram(error);
  const line = worded(told("program.says", { said: failure.wording }), language);
  effects.stderr.write(`${line}\n`);
  if (argv.includes("--debug")) effects.stderr.write(visibleLines(traceOf(error)));
  return failure.exitCode;
}

/** What nobody expected. */
function faultOfProgram(error: unknown): CliError {
  const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return new CliError(told("program.fault", { reason }));
}

/** Where it happened, and what it came from. */
function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return `${error.stack ?? error.message}\n${traceOf(error.cause)}`;
}
