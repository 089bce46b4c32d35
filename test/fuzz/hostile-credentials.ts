import type { Bytes } from "./hostile-bodies";
import { standIn } from "./schema-values";

const strength = (name: string): Bytes => `Bearer ${standIn(name)}`;

/** Values of the Authorization header: of every strength, and of every form that is none. */
export const AUTHORIZATIONS: readonly Bytes[] = [
  ...["pat_engineer", "pat_viewer", "pat_nothing", "svc", "access_narrow", "login"].map(strength),
  ...["expired", "deleted", "forged", "client_secret", "refresh", "unsigned", "access_cut", "access_mixed"].map(
    strength,
  ),
  ...[
    "Bearer",
    "Bearer ",
    "Bearer  ",
    "bearer x",
    "Bearer \xff\xfe",
    "Bearer =",
    "APIKey",
    "APIKey \x80",
    "Negotiate a",
    "",
    " ",
  ],
  ...[
    "Basic",
    "Basic ",
    "Basic a",
    "Basic Og==",
    "Basic \xff",
    "Basic YTpi",
    "Digest username=a",
    'Bearer "quoted"',
    "Bearer a.b.c",
  ],
  ...[
    "Bearer ..",
    "Bearer e30.e30.",
    "Bearer e30.e30.e30",
    "Bearer eyJhbGciOiJub25lIn0.e30.",
    "Bearer a,Bearer b",
    "Bearer a b",
  ],
  `APIKey ${standIn("pat_engineer")}`,
  `bEaReR   ${standIn("pat_engineer")}`,
  `Basic ${standIn("basic")}`,
  `Basic ${standIn("basic_wrong")}`,
  `Bearer ${standIn("pat_engineer")}, Bearer ${standIn("access")}`,
  `Bearer ${"a".repeat(9000)}`,
  `Bearer ${"a.".repeat(2000)}`,
  `Bearer e30.${"e30".repeat(1000)}.e30`,
  `Basic ${"QUFB".repeat(2000)}`,
];
