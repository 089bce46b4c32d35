import { expect, test } from "vitest";
import { isOwnOrigin } from "./own-origin";

test.each([
  ["https://tokens.example.com", "https://tokens.example.com", true],
  ["https://tokens.example.com:443", "https://tokens.example.com", true],
  ["http://tokens.example.com", "https://tokens.example.com", false],
  ["https://tokens.example.com.evil.example", "https://tokens.example.com", false],
  ["https://evil.example", "https://tokens.example.com", false],
  ["https://tokens.example.com:8443", "https://tokens.example.com", false],
  ["http://127.0.0.1:3000", "http://localhost:3000", true],
  ["http://[::1]:3000", "http://localhost:3000", true],
  ["http://localhost:3001", "http://localhost:3000", false],
  ["http://localhost.evil.example:3000", "http://localhost:3000", false],
  ["http://localhost:3000", "https://tokens.example.com", false],
  ["null", "http://localhost:3000", false],
  ["", "http://localhost:3000", false],
  [null, "http://localhost:3000", false],
])("a form from %s at %s counts as own: %s", (origin, publicUrl, own) => {
  expect(isOwnOrigin(origin, publicUrl)).toBe(own);
});
