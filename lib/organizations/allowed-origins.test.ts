import { describe, expect, it } from "vitest";
import { originListInput, parseOrigin, readOriginLines } from "./allowed-origins";

const saved = (text: string) => {
  const parsed = parseOrigin(text);
  return parsed.ok ? parsed.origin : null;
};
const sentenceOf = (text: string) => {
  const parsed = parseOrigin(text);
  return parsed.ok ? null : parsed.sentence;
};

describe("an origin", () => {
  it("is kept as a browser writes it", () => {
    expect(saved("https://app.example")).toBe("https://app.example");
    expect(saved("  HTTPS://App.Example:443/ ")).toBe("https://app.example");
    expect(saved("https://app.example:8443")).toBe("https://app.example:8443");
    expect(saved("https://bücher.example")).toBe("https://xn--bcher-kva.example");
    expect(saved("https://[2001:DB8::1]")).toBe("https://[2001:db8::1]");
  });

  it("is plain http on one's own machine alone", () => {
    for (const own of ["http://localhost:3000", "http://127.0.0.1", "http://[::1]:8080", "http://app.localhost"]) {
      expect(saved(own)).toBe(own);
    }
    for (const other of ["http://app.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example"]) {
      expect(sentenceOf(other)).toContain("Plain http:// is taken for localhost alone");
    }
  });

  it("is nothing that stands for many, for nobody, or for a part of a site", () => {
    expect(sentenceOf("*")).toContain("Name each site");
    expect(sentenceOf("https://*.example")).toContain("Name each site");
    expect(sentenceOf("null")).toContain("pages of no site");
    expect(sentenceOf("https://app.example/login")).toBe(
      "An origin ends with the host or its port: give https://app.example.",
    );
    for (const more of [
      "https://app.example?x",
      "https://app.example#",
      "https://app.example/?",
      "https://a.example\\b",
    ])
      expect(sentenceOf(more)).toContain("ends with the host");
    expect(sentenceOf("https://me:secret@app.example")).toBe("Leave out the user name: give https://app.example.");
    for (const scheme of ["app.example", "ftp://app.example", "chrome-extension://abc", "https:app.example", "//a", ""])
      expect(sentenceOf(scheme)).toContain("Begin with https://");
    for (const odd of ["https://", "https://a b", "https://app.example:99999", `https://${"a".repeat(260)}.example`])
      expect(sentenceOf(odd)).toContain("no origin");
  });
});

describe("a list of them", () => {
  it("names each fault at its line, twice the same and one too many among them", () => {
    const { origins, faults } = readOriginLines("https://a.example\n\nhttp://b.example, https://A.example/\n");
    expect(origins).toEqual(["https://a.example"]);
    expect(faults).toEqual([
      { line: 3, sentence: expect.stringContaining("Begin with https://") },
      { line: 3, sentence: "https://a.example is in the list already." },
    ]);
    const many = Array.from({ length: 21 }, (_, index) => `https://${index}.example`);
    expect(readOriginLines(many.join("\n"))).toEqual({
      origins: [],
      faults: [{ line: null, sentence: "Give at most 20 origins." }],
    });
    expect(readOriginLines(many.slice(1).join("\n")).origins).toHaveLength(20);
  });

  it("is refused as a whole by the input where one is wrong", () => {
    expect(originListInput.safeParse(["https://A.example"]).data).toEqual(["https://a.example"]);
    const refused = originListInput.safeParse(["https://a.example", "*"]);
    expect(refused.error?.issues).toMatchObject([{ path: [1], message: expect.stringContaining("Name each site") }]);
  });
});
