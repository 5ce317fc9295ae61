import { publish } from "../../src/site/publish/publish.js";

process.stdout.write(await publish(process.env));
