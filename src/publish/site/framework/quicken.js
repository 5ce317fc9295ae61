import { register } from "node:module";

// To be imported before Framework's own modules: has two of them found elsewhere, see `resolve.js`.
register("./resolve.js", import.meta.url);
