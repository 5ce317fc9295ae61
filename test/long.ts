/** Whether this is `npm run test:long`: more rounds of what costs much, and what a change should not wait for. */
export const isLong = process.env.TEST_MODE === "long";

/** Which of many like cases a run takes: `npm test` those of its turn, `npm run test:long` the others. */
export const isTurn = (isOfTest: boolean): boolean => isOfTest !== isLong;
