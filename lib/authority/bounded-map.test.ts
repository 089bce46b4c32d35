import { expect, it } from "vitest";
import { BoundedMap } from "./bounded-map";

const entry = () => ({ used: false });

it("never holds more than its capacity, and keeps what is in use over what is not", () => {
  const map = new BoundedMap<{ used: boolean }>(10);
  const hot = entry();
  map.set("hot", hot);
  for (let at = 0; at < 1000; at++) {
    map.set(`cold ${at}`, entry());
    hot.used = true;
    expect(map.size).toBeLessThanOrEqual(10);
  }
  expect(map.get("hot")).toBe(hot);
  expect(map.get("cold 0")).toBeUndefined();
});

it("makes room where everything is in use", () => {
  const map = new BoundedMap<{ used: boolean }>(100);
  for (let at = 0; at < 500; at++) map.set(String(at), { used: true });
  expect(map.size).toBe(100);
  expect(map.get("499")).toBeDefined();
});

it("writes an entry anew in its place", () => {
  const map = new BoundedMap<{ used: boolean }>(2);
  map.set("a", entry());
  map.set("b", entry());
  const newer = entry();
  map.set("a", newer);
  expect(map.size).toBe(2);
  expect(map.get("a")).toBe(newer);
  expect(map.get("b")).toBeDefined();
});
