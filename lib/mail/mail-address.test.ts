import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressLine, displayName, headerText, isMailAddress, readAddressLine } from "./mail-address";

/** Text that somebody would try: ends of lines, structure of headers, half characters, whatever else. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\r\n",
        "\n",
        "\r",
        "\0",
        "\u2028",
        "\u0085",
        "\u202e",
        "\ud800",
        '"',
        "\\",
        "<",
        ">",
        ",",
        ";",
        ":",
      ),
      fc.constantFrom("Bcc: eve@example.net", "\r\nBcc: eve@example.net\r\n\r\n", "<eve@example.net>", "@", "(", ")"),
      fc.string({ unit: "binary" }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

describe("what goes into a header", () => {
  it("stays on one line, whatever it is made of", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        for (const line of [headerText(text), displayName(text)]) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
          expect([...line].length).toBeLessThanOrEqual(200);
        }
      }),
    );
  });

  it("holds one address, whatever the name beside it says", () => {
    fc.assert(
      fc.property(nasty, (name) => {
        const line = addressLine({ name, address: "ada@example.com" });
        expect(line).toMatch(/^(?:"[^"\\<>@,;:]*" <ada@example\.com>|ada@example\.com)$/);
        expect(line.match(/@/g)).toHaveLength(1);
      }),
    );
  });

  it("takes as an address nothing that holds more than one", () => {
    fc.assert(
      fc.property(nasty, nasty, (before, after) => {
        const text = `${before}ada@example.com${after}`;
        if (!isMailAddress(text)) return;
        expect(text).toMatch(/^[\x21-\x7e]+$/);
        expect(text.match(/@/g)).toHaveLength(1);
        expect(text).not.toMatch(/[<>,;:()"\\]/);
      }),
    );
  });

  it.each([
    "ada@example.com\r\nBcc: eve@example.net",
    "ada@example.com, eve@example.net",
    "ada@example.com\0",
    "Ada <ada@example.com>",
    "ada@@example.com",
    "ada@exa mple.com",
    ".ada@example.com",
    "ada..b@example.com",
    "ada@-example.com",
    "@example.com",
    `${"a".repeat(65)}@example.com`,
    `ada@${"a.".repeat(130)}com`,
  ])("refuses %j as an address, and throws rather than write it", (address) => {
    expect(isMailAddress(address)).toBe(false);
    expect(() => addressLine({ name: "", address })).toThrow("not an address");
  });

  it.each(["ada@example.com", "ada+tokens@mail.example.co.uk", "a@localhost"])("takes %s", (address) => {
    expect(isMailAddress(address)).toBe(true);
  });

  it("cuts a long name at whole characters", () => {
    expect(headerText("😀".repeat(300))).toBe(`${"😀".repeat(199)}…`);
  });
});

describe("the sender's setting", () => {
  it.each([
    ["Latchkey <tokens@example.com>", { name: "Latchkey", address: "tokens@example.com" }],
    ['"Acme, Tokens" <tokens@example.com>', { name: "Acme Tokens", address: "tokens@example.com" }],
    [" tokens@example.com ", { name: "", address: "tokens@example.com" }],
  ])("reads %j", (text, expected) => {
    expect(readAddressLine(text)).toEqual(expected);
  });

  it.each(["", "Latchkey", "Latchkey <>", "a@example.com, b@example.com", "A <a@example.com> <b@example.com>"])(
    "refuses %j",
    (text) => {
      expect(readAddressLine(text)).toBeNull();
    },
  );
});
