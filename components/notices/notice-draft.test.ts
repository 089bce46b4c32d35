import { describe, expect, it } from "vitest";
import type { NoticeBox, NoticeLine } from "@/lib/notices/notice-preferences";
import { boxesOf, changesOf, restored, toggled } from "./notice-draft";

const line = (event: NoticeLine["event"], inApp: Partial<NoticeBox>, email: Partial<NoticeBox>): NoticeLine => ({
  event,
  mandatory: "no",
  channels: [
    { channel: "in_app", enabled: true, chosen: null, standard: true, ...inApp },
    { channel: "email", enabled: true, chosen: null, standard: true, ...email },
  ],
});

describe("the matrix of notices", () => {
  it("saves what differs, with what stood there before, and nothing of a switch that was pressed twice", () => {
    const lines = [line("token_expiring", {}, { enabled: false, chosen: false }), line("token_deleted", {}, {})];
    const once = toggled(lines, {}, "token_expiring in_app");
    expect(changesOf(lines, once)).toEqual([{ event: "token_expiring", channel: "in_app", was: null, to: false }]);
    expect(changesOf(lines, toggled(lines, once, "token_expiring in_app"))).toEqual([]);
    expect(changesOf(lines, toggled(lines, {}, "token_expiring email"))).toEqual([
      { event: "token_expiring", channel: "email", was: false, to: true },
    ]);
  });

  it("shows what holds once a choice is given back, and gives back what was chosen alone", () => {
    const lines = [line("token_expiring", {}, { enabled: true, chosen: true, standard: false })];
    const draft = restored(lines, { "token_expiring in_app": false }, "token_expiring");
    expect(boxesOf(lines, draft)["token_expiring email"]).toEqual({ enabled: false, chosen: null });
    expect(changesOf(lines, draft)).toEqual([{ event: "token_expiring", channel: "email", was: true, to: null }]);
  });

  it("keeps what somebody touched where the server says something new meanwhile", () => {
    const before = [line("token_expiring", {}, {})];
    const draft = toggled(before, {}, "token_expiring email");
    const after = [line("token_expiring", { enabled: false, chosen: false }, {})];
    expect(boxesOf(after, draft)).toMatchObject({
      "token_expiring in_app": { enabled: false, chosen: false },
      "token_expiring email": { enabled: false, chosen: false },
    });
    expect(changesOf(after, draft)).toEqual([{ event: "token_expiring", channel: "email", was: null, to: false }]);
    const saved = [line("token_expiring", {}, { enabled: false, chosen: false })];
    expect(changesOf(saved, draft)).toEqual([]);
  });
});
