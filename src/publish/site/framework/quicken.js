import { realpathSync } from "node:fs";
import { register } from "node:module";
import { pathToFileURL } from "node:url";

// To be imported before Framework's own modules: has some of them found elsewhere, see `resolve.js`.
const data = new URL("..", pathToFileURL(realpathSync(process.argv[1]))).href;
register("./resolve.js", { parentURL: import.meta.url, data });
