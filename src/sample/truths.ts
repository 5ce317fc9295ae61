/**
 * What is planted in every sample, so that the figures have something true to find.
 * `data/README.md` tells readers how to see each; the tests measure them.
 */

/** Prices for traders rise, and traders leave: monthly hazards before and from the date. */
export const priceRise = {
  segment: "trader",
  on: "2025-10-01",
  priceFactor: 1.12,
  hazardBefore: 0.012,
  hazardAfter: 0.045,
} as const;

/** Monthly hazard of leaving in the segments whose prices stayed. */
export const churnHazard: Readonly<Record<string, number>> = {
  large_manufacturer: 0.008,
  sme_manufacturer: 0.013,
  trader: priceRise.hazardBefore,
  research_institute: 0.007,
  other: 0.016,
};

/** A dispatch desk in one region that multiplies first-response times there. */
export const dispatchDesk = { region: "华南", on: "2025-11-01", responseFactor: 0.4 } as const;

/** Twice the follow-up contacts for one segment, and no effect on its satisfaction. */
export const followUpCalls = { segment: "sme_manufacturer", on: "2025-08-01" } as const;

/** The share of e-mail among tickets: constant, then a straight line up, the same in every region. */
export const emailShare = { from: "2024-07-01", until: "2026-06-01", before: 0.12, after: 0.36 } as const;

/** Mean minutes to the first response of an ordinary ticket, constant over time within a channel. */
export const responseMinutes: Readonly<Record<string, number>> = {
  phone: 2.5,
  online: 2.5,
  wechat: 8,
  social: 30,
  email: 200,
  visit: 260,
  fax: 300,
};

/** Tickets and orders by month of the year, January first, as multiples of an average month. */
export const ticketSeason = [0.95, 0.65, 1.0, 0.95, 1.0, 1.15, 1.35, 1.3, 1.0, 0.8, 0.9, 0.95] as const;
export const orderSeason = [0.85, 0.55, 1.25, 1.05, 1.0, 1.05, 0.9, 0.85, 1.2, 0.9, 1.1, 1.3] as const;
