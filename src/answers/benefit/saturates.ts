import type { InitiativeCases } from "./cases.js";
import { daysOf, type Initiative } from "./initiative.js";

/** Up to this share of customers the value of a window of another length is bent by less than a twentieth of it. */
const mostOnce = 0.1;

/**
 * Whether windows of unequal length cannot be compared: customers who stay after they are counted are counted once, so that
 * their share grows ever slower, and by customer-day the longer window looks worse than it is by half of that share.
 */
export function saturates(
  { kpi, baseline, follow_up }: Initiative,
  { cells, sides }: InitiativeCases,
): boolean {
  if (kpi.accrues !== "once" || daysOf(baseline) === daysOf(follow_up)) return false;
  return sides.some(({ place, window, customers }) => {
    const own = cells.filter((cell) => cell.place === place && cell.window === window);
    return own.reduce((events, { sum }) => events + sum, 0) > mostOnce * customers;
  });
}
