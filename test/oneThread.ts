import { syncBuiltinESMExports } from "node:module";
import os from "node:os";

/**
 * Databases within the tests' own processes have one thread. Several files run at the same time, and over a few rows a
 * second thread costs a fifth more work, most of it spent waiting for the first. Programs that tests start have as many
 * as the machine.
 */
os.availableParallelism = () => 1;
syncBuiltinESMExports();
