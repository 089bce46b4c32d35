import { describe, expect, it } from "vitest";
import type { JobLine } from "@/lib/jobs/list-jobs";
import { durationText, jobCounts, jobState } from "./job-words";

const job = (facts: Partial<JobLine>) =>
  jobState({ isRunning: false, isLate: false, failure: null, runs: 5, ...facts } as JobLine).words;

describe("how a job fares", () => {
  it("says the worst of it, and never that a job is on time that fails or is late", () => {
    expect(job({})).toBe("On time");
    expect(job({ isRunning: true })).toBe("Running");
    expect(job({ failure: "57P01", isRunning: true, isLate: true })).toBe("Failing");
    expect(job({ isLate: true })).toBe("Late");
    // Begun and killed: nothing ended it.
    expect(job({ isRunning: true, isLate: true })).toBe("Late");
    expect(job({ runs: 0, isLate: true })).toBe("Not run yet");
  });

  it("counts what is not nothing, in words", () => {
    expect(jobCounts({ sent: 1200, failed: 0, tokensDeleted: 2 })).toBe("1,200 sent, 2 tokens deleted");
    expect(jobCounts({ mails: 4, notices: 6 })).toBe("4 mails, 6 tokens told of");
    expect(jobCounts({ sent: 0 })).toBeNull();
    expect(jobCounts({})).toBeNull();
  });

  it("says durations as one would", () => {
    expect([340, 2100, 59_949, 180_000].map(durationText)).toEqual(["340 ms", "2.1 s", "59.9 s", "3 min"]);
  });
});
