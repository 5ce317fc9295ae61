import { raterGroups } from "../score/review360.js";
import type { AssessmentPeriod, AssessmentSummary } from "./assessmentTypes.js";

/** What is said of a period's lists as a whole, of which the period itself may have the first rows only. */
export function summaryOf({ summary, combined, reviews }: AssessmentPeriod): AssessmentSummary {
  if (summary) return summary;
  const known = combined.filter(({ total }) => total !== null);
  const grades: Record<string, number> = {};
  for (const { grade } of known) if (grade !== null) grades[grade] = (grades[grade] ?? 0) + 1;
  const groups = reviews.flatMap((review) => review.groups);
  return {
    combined: {
      count: combined.length,
      known: known.length,
      untold: combined.filter(({ between }) => between).length,
      grades,
    },
    reviews: {
      count: reviews.length,
      groups: raterGroups.filter((each) =>
        groups.some(({ group, score }) => group === each && score !== null),
      ),
      later_answers: groups.reduce((sum, { later_answers }) => sum + later_answers, 0),
    },
  };
}
