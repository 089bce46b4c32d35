import { expect, it } from "vitest";
import { envFileName, envLines } from "./env-file";

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

it("holds a token in one variable, and both halves of a client's credentials", () => {
  expect(envLines({ id: "1m9YQ2zk7hVd", kind: "pat", name: "CI" }, "lk_pat_whole")).toBe(
    "LATCHKEY_TOKEN=lk_pat_whole\n",
  );
  expect(envLines({ id: "1m9YQ2zk7hVd", kind: "cls", name: "CI" }, "lk_cls_whole")).toBe(
    "LATCHKEY_CLIENT_ID=1m9YQ2zk7hVd\nLATCHKEY_CLIENT_SECRET=lk_cls_whole\n",
  );
});
