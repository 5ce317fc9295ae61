import { append } from "../../src/statistics/extremes.js";

interface Answer {
  nextUri?: string;
  data?: unknown[][];
  error?: { message: string };
}

/**
 * Runs one statement on a Trino server, in the schema `scratch` of its catalogue `memory`, and gives the rows it answers.
 * @throws what the server says of it
 */
export async function runOnTrino(server: string, sql: string): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  const headers = { "X-Trino-User": "test", "X-Trino-Catalog": "memory", "X-Trino-Schema": "scratch" };
  const ask = async (url: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(url, init);
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  let answer = await ask(`${server}/v1/statement`, { method: "POST", headers, body: sql });
  for (;;) {
    if (answer.error) throw new Error(answer.error.message);
    append(rows, answer.data ?? []);
    if (answer.nextUri === undefined) return rows;
    answer = await ask(answer.nextUri, { headers });
  }
}
