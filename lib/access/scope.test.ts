import { expect, it } from "vitest";
import { scopeInWords } from "./scope";

it("names the permissions of a scope, some of many, and says nothing again that has not the form of one", () => {
  const many = Array.from({ length: 11 }, (_, n) => `area${n}:read`);
  const said = (names: string[]) => scopeInWords(names);
  expect(said(["members:write"])).toBe("members:write");
  expect(said(["a:b", "lk_pat_ThePublicId1_secret"])).toBe("a:b and 1 more");
  expect(said(["lk_pat_ThePublicId1_secret"])).toBe("what is no permission");
  expect(said(["x", "Y:z"])).toBe("2 things that are no permissions");
  expect(said(many)).toBe(`${many.slice(0, 8).join(", ")} and 3 more`);
});
