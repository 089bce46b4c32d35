import { expect, it } from "vitest";
import { TOKEN_PRESETS } from "@/lib/tokens/token-presets";
import { changesInWords } from "./policy-words";

it("tells what differs between two policies in the words of the page, and nothing else", () => {
  const policy = TOKEN_PRESETS.role_scoped;
  const before = { policy, preset: "role_scoped" } as const;
  expect(changesInWords(before, before)).toEqual([]);
  expect(
    changesInWords(before, {
      policy: { ...policy, description: "required", maxPerIssuer: 7, noticeDays: [] },
      preset: "admin_issued",
    }),
  ).toEqual([
    { label: "Preset", before: "Role-scoped", after: "Admin-issued" },
    { label: "Description", before: "Optional", after: "Required" },
    { label: "For each member", before: "No limit", after: "7 tokens" },
    { label: "Notices to the issuer", before: policy.noticeDays.join(", "), after: "None" },
  ]);
});
