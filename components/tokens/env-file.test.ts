import { expect, it } from "vitest";
import { envFileName } from "./env-file";

it.each([
  ["Nightly export", "nightly-export.env"],
  ["Zoë, à la carte!", "zoe-a-la-carte.env"],
  ["../../etc/passwd", "etc-passwd.env"],
  ["مفتاح الإنتاج", "token.env"],
  ["🚀", "token.env"],
  [`${"long ".repeat(40)}`, "long-long-long-long-long-long-long-long.env"],
])("names the file of %j %s", (name, file) => {
  expect(envFileName(name)).toBe(file);
});
