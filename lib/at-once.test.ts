import { describe, expect, it } from "vitest";
import { andThen, orElse } from "./at-once";

const fails = (error: string) => () => {
  throw error;
};

describe("what is there already", () => {
  it("is gone on with at once, without a promise", () => {
    expect(andThen(1, (value) => value + 1)).toBe(2);
    expect(orElse(() => 1, fails("never asked"))).toBe(1);
    expect(orElse(fails("late"), (error) => `rescued: ${error}`)).toBe("rescued: late");
  });

  it("lets pass what the next step throws", () => {
    expect(() => andThen(1, fails("no"))).toThrow("no");
    expect(() => orElse(fails("no"), fails("neither"))).toThrow("neither");
  });
});

describe("what comes later", () => {
  it("need not be a promise, so long as it can be waited for", async () => {
    // biome-ignore lint/suspicious/noThenProperty: that is what is tried here
    const query = { then: (done: (rows: number[]) => void) => done([1]) } as unknown as Promise<number[]>;
    await expect(andThen(query, (rows) => rows.length)).resolves.toBe(1);
    await expect(orElse(() => query, fails("never asked"))).resolves.toEqual([1]);
  });

  it("is waited for, and rescued like what is there", async () => {
    await expect(andThen(Promise.resolve(1), (value) => value + 1)).resolves.toBe(2);
    await expect(andThen(Promise.reject("late"), () => "never asked")).rejects.toBe("late");
    await expect(
      orElse(
        () => Promise.reject("late"),
        (error) => `rescued: ${error}`,
      ),
    ).resolves.toBe("rescued: late");
    await expect(orElse(() => Promise.resolve(1), fails("never asked"))).resolves.toBe(1);
    await expect(orElse(() => Promise.reject("late"), fails("neither"))).rejects.toBe("neither");
  });
});
