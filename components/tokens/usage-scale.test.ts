import { expect, it } from "vitest";
import { axisNumber, roundTop } from "./usage-scale";

it("ends a scale at a round number that is not below the most and not far above it", () => {
  expect([0, 1, 2, 3, 5, 10, 11, 1440, 99_999, 100_001].map(roundTop)).toEqual([
    2, 2, 2, 4, 10, 10, 20, 2000, 100_000, 200_000,
  ]);
});

it("shortens the numbers of an axis", () => {
  expect([0, 5, 999, 1000, 1500, 20_000, 2_000_000, 4e9].map(axisNumber)).toEqual([
    "0",
    "5",
    "999",
    "1 k",
    "1.5 k",
    "20 k",
    "2 M",
    "4 G",
  ]);
});
