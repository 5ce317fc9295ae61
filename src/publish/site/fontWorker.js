import { parentPort, workerData } from "node:worker_threads";
import subset from "subset-font";

// Packing a font takes half a second of the processor: each weight is packed beside the other.
const { font, texts } = workerData;
const packed = [];
for (const text of texts) packed.push(await subset(Buffer.from(font), text, { targetFormat: "woff2" }));
parentPort.postMessage(packed);
