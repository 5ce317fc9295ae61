/** Whether this is `npm run test:long`: more rounds of what costs much, and what a change should not wait for. */
export const isLong = process.env.TEST_MODE === "long";
