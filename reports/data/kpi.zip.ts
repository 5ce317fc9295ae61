import { publish } from "../../src/publish/publish.js";

process.stdout.write(await publish(process.env));
