import { silent } from "../../src/run/progress.js";
import { buildWarehouse } from "../../src/warehouse/build.js";

/** A build that keeps nothing for the next one, as its file is too small for that. */
const [dataDir = "", warehouse = "", catalog = ""] = process.argv.slice(2);
await buildWarehouse(
  {
    dataDir,
    warehouse,
    catalogDir: [catalog],
    full: true,
    keptFrom: Number.POSITIVE_INFINITY,
    now: new Date(),
  },
  silent,
);
