import { describe, expect, test } from "vitest";
import { hashPassword, PasswordsBusy, verifyPassword } from "./password";
import { passwordProblem } from "./password-rule";

describe("passwords", () => {
  test("are hashed with Argon2id at the cost that OWASP asks for, and never the same way twice", async () => {
    const [one, two] = await Promise.all([hashPassword("seven grey herons"), hashPassword("seven grey herons")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(one).not.toContain("heron");
    expect(await verifyPassword(one, "seven grey herons")).toBe(true);
    expect(await verifyPassword(one, "seven grey heron")).toBe(false);
  });

  test("match in whatever composition the keyboard sends them", async () => {
    const hash = await hashPassword("caf\u00e9 by the sea");
    expect(await verifyPassword(hash, "cafe\u0301 by the sea")).toBe(true);
  });

  test("never match where there is no account, whatever is typed", async () => {
    for (const guess of ["", "latchkey-demo", "A".repeat(22)]) expect(await verifyPassword(null, guess)).toBe(false);
  });

  test("turn a crowd away instead of queueing it without end, and work again after it", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 130 }, () => verifyPassword(null, "x")));
    const refused = answers.filter((answer) => answer.status === "rejected");
    expect(refused).toHaveLength(28);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(PasswordsBusy);
    expect(await verifyPassword(null, "x")).toBe(false);
  });
});

describe("passwordProblem", () => {
  test.each([
    ["", "Choose a password."],
    ["short", "Use at least 12 characters. A few words make a good one."],
    ["aaaaaaaaaaaaaaaa", "Use more different characters."],
    ["abababababab1212", "Use more different characters."],
    ["x".repeat(257), "Use at most 256 characters."],
    ["amara.okafor1", "That is easy to guess: it is little more than a name, an address or a common word."],
    ["Password-1234", "That is easy to guess: it is little more than a name, an address or a common word."],
    ["latchkeypassword1", "That is easy to guess: it is little more than a name, an address or a common word."],
    ["seven grey herons", null],
    ["鷺七羽灰色夕暮水辺静寂遠", null],
  ])("says of %j: %s", (password, problem) => {
    expect(passwordProblem(password, ["amara", "okafor", "acme"])).toBe(problem);
  });
});
