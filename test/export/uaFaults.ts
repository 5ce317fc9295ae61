import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ownFolder, thisMachine } from "../../src/export/machine.js";

/** A rule of PDF/UA-1 that a file breaks. */
export interface UaFault {
  /** The clause of ISO 14289-1 and the number of the test, like `7.18.5-2`. */
  rule: string;
  description: string;
  count: number;
  /** The first places, each with what is wrong there. */
  places: string[];
}

/** What the validator found in each file, in their order, or why it could not be asked. */
export type UaResult = { faults: UaFault[][] } | { skipped: string };

const version = "1.28.2";
const copy = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy";
const run = promisify(execFile);

/**
 * Validates PDFs against PDF/UA-1 with veraPDF, all in one run: it takes seconds to start. Java and Maven have to be there;
 * Maven fetches veraPDF once, which may take two minutes. Say `context.skip(result.skipped)` in a test where it could not be.
 */
export async function uaFaults(files: readonly string[]): Promise<UaResult> {
  let jar: string;
  try {
    await run("java", ["-version"]);
    jar = await validator();
  } catch (error) {
    return { skipped: `veraPDF needs Java, and Maven to fetch it: ${firstLine(error)}` };
  }
  const { jobs } = await validate(jar, files);
  return {
    faults: files.map((file) => {
      const job = jobs.find(({ itemDetails }) => itemDetails.name === file);
      const [result] = job?.validationResult ?? [];
      if (!result) throw new Error(`veraPDF could not read ${file}: ${JSON.stringify(job)}`);
      return result.details.ruleSummaries
        .filter(({ failedChecks }) => failedChecks > 0)
        .map(({ clause, testNumber, description, failedChecks, checks }) => ({
          rule: `${clause}-${testNumber}`,
          description,
          count: failedChecks,
          places: checks.slice(0, 3).map(({ context, errorMessage }) => `${context}: ${errorMessage}`),
        }));
    }),
  };
}

interface Report {
  jobs: {
    itemDetails: { name: string };
    validationResult?: { details: { ruleSummaries: Rule[] } }[];
  }[];
}

interface Rule {
  clause: string;
  testNumber: number;
  description: string;
  failedChecks: number;
  checks: { context: string; errorMessage: string }[];
}

async function validate(jar: string, files: readonly string[]): Promise<Report> {
  const quick = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
  const command = [
    ...quick,
    "-cp",
    jar,
    "org.verapdf.apps.GreenfieldCliWrapper",
    "-f",
    "ua1",
    "--format",
    "json",
  ];
  const options = { maxBuffer: 2 ** 28 };
  // It exits with 1 where a file breaks a rule.
  const { stdout } = await run("java", [...command, ...files], options).catch((error) => error);
  const begin = String(stdout).indexOf("{");
  if (begin < 0) throw new Error("veraPDF gave no report");
  return (JSON.parse(String(stdout).slice(begin)) as { report: Report }).report;
}

/** The path of veraPDF, fetched if it is not there yet. */
async function validator(): Promise<string> {
  const folder = join(ownFolder(thisMachine), "verapdf");
  const jar = `greenfield-apps-${version}.jar`;
  const place = join(folder, jar);
  if (existsSync(place)) return place;
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(join(folder, "fetching-"));
  try {
    const what = [`-Dartifact=org.verapdf.apps:greenfield-apps:${version}`, `-DoutputDirectory=${scratch}`];
    await run("mvn", ["--batch-mode", "--quiet", copy, ...what], { timeout: 120_000 });
    await rename(join(scratch, jar), place);
    return place;
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function firstLine(error: unknown): string {
  const { stdout = "", message = "" } = error as { stdout?: string; message?: string };
  return /\[ERROR\] (.+)/.exec(stdout)?.[1] ?? message.split("\n")[0] ?? "";
}
