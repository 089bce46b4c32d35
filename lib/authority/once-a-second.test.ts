import { expect, it } from "vitest";
import { onceASecond } from "./once-a-second";

it("tells the first at once, nothing more within a second, and goes on afterwards", () => {
  const told: string[] = [];
  let now = 5000;
  const tell = onceASecond<string>(
    (about) => told.push(about),
    () => now,
  );
  tell("first");
  tell("again");
  now = 5999;
  tell("still");
  expect(told).toEqual(["first"]);
  now = 6000;
  tell("later");
  tell("again");
  expect(told).toEqual(["first", "later"]);
});
