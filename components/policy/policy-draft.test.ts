import { expect, it } from "vitest";
import { PRESETS, TOKEN_PRESETS } from "@/lib/tokens/token-presets";
import { draftOf, readDraft, rebased, withPreset } from "./policy-draft";

it.each(PRESETS)("reads %s back as it was", (preset) => {
  expect(readDraft(draftOf({ policy: TOKEN_PRESETS[preset], preset }))).toEqual({
    policy: TOKEN_PRESETS[preset],
    errors: null,
  });
});

const start = draftOf({ policy: TOKEN_PRESETS.role_scoped, preset: "role_scoped" });

it("says at its field what cannot be read", () => {
  const draft = { ...start, maxPerIssuer: "many", maxPerOrganization: "0", noticeDays: "7, soon" };
  expect(readDraft(draft).errors).toEqual({
    maxPerIssuer: "Give a number of tokens, or leave it empty for no limit.",
    maxPerOrganization: "Give at least 1, or leave it empty for no limit.",
    noticeDays: "Give whole days from 1 to 365, with commas between them.",
  });
});

it("forgets what no longer applies", () => {
  const draft = { ...start, expiryDays: "30", deleteExpired: true, expiry: "never" as const, noticeDays: "" };
  expect(readDraft(draft).policy).toMatchObject({
    expiryDays: null,
    deleteExpired: false,
    noticeAdministrators: false,
  });
});

it.each(PRESETS)("takes every rule of %s that presets set, and leaves those alone that none does", (preset) => {
  const kept = { inactiveDays: "90", allowedNetworks: "10.0.0.0/8", callsPerToken: "60", callsPerOrganization: "600" };
  const draft = { ...start, ...kept, maxPerIssuer: "7", descriptionLength: "8", mailOnCreate: true };
  expect(withPreset(draft, preset)).toEqual({ ...draftOf({ policy: TOKEN_PRESETS[preset], preset }), ...kept });
});

it("keeps one's own changes on top of another's, and takes theirs elsewhere", () => {
  const mine = { ...start, maxPerIssuer: "3" };
  const theirs = { ...start, maxPerIssuer: "9", description: "required" as const };
  expect(rebased(mine, start, theirs)).toEqual({ ...start, maxPerIssuer: "3", description: "required" });
});
