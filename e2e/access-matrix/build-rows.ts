import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { promisify } from "node:util";

export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof METHODS)[number];

/** What a dynamic part of an address names. */
export type Resource = "token" | "member" | "organization" | "group";

export interface ApiRow {
  /** As in the build, such as `/api/v1/tokens/[id]`. */
  path: string;
  method: Method;
  /** `client` asks for a client's ID and secret, `open` for nothing, `other` only says which methods there are. */
  kind: "token" | "client" | "open" | "other";
  /** Of a `token` row. */
  permission: string;
  names: Resource | null;
}

export type PageGuard = "console" | "hub" | "operator" | "signed in" | "anybody";

export interface PageRow {
  path: string;
  /** Folders of the page, groups included: what the router's state is made of. */
  segments: string[];
  guard: PageGuard;
  names: Resource | null;
}

export interface ActionRow {
  id: string;
  name: string;
  guard: "member" | "operator" | "account" | "anybody";
  /** Addresses of the pages that the build offers it on. */
  pages: string[];
}

export interface Rows {
  api: ApiRow[];
  pages: PageRow[];
  actions: ActionRow[];
  /** What the matrix cannot place, each with what to do about it. */
  unplaced: string[];
}

/** Pages that ask for nobody in particular, each with the reason. */
const OPEN_PAGES: Record<string, string> = {
  "/": "leads on and shows nothing",
  "/docs": "tells everybody how the API is used, and nothing of an organization",
  "/docs/guide": "likewise",
  "/docs/problems": "tells everybody what can be refused, and nothing of an organization",
  "/docs/problems/[code]": "likewise",
  "/sign-in": "is where people come from outside",
  "/invitation": "is opened by a code that only the browser holds, and shows its visitor their own address at most",
  "/dev/mailbox": "is the demo's mail alone, which leaves the demo nowhere, and not there otherwise",
  "/dev/mailbox/[id]": "likewise",
  "/setup": "is opened by its code, and only while there is no organization",
};

/** Where the dynamic parts lead. A new kind of address needs targets of its own in the matrix. */
const RESOURCES: Record<string, Resource> = {
  "/api/v1/tokens/[id]": "token",
  "/api/v1/tokens/[id]/receipt": "token",
  "/api/v1/tokens/[id]/rotate": "token",
  "/api/v1/tokens/[id]/rotation": "token",
  "/api/v1/tokens/[id]/extend": "token",
  "/api/v1/members/[id]": "member",
  "/api/v1/groups/[id]": "group",
  "/settings/api-tokens/[id]": "token",
  "/members/[id]": "member",
  "/groups/[id]": "group",
  "/hub/api-tokens/[id]": "token",
  "/operator/organizations/[id]": "organization",
  "/in/[organization]/[[...path]]": "organization",
  // A message, of which nobody of the matrix has one: whatever is named is none.
  "/dev/mailbox/[id]": "organization",
};

/** Dynamic parts that name nothing of an organization. */
const NAMELESS = /\[\[?\.\.\.|\[code\]/;

/** Routes that Next or Auth.js answers by itself. The spec asks the latter's endpoints one by one. */
const OTHERS_OWN = new Set(["/_global-error/page", "/_not-found/page", "/api/auth/[...nextauth]/route"]);

const GUARDS: [RegExp, PageGuard][] = [
  [/\brequireMember\(\)/, "console"],
  [/\brequireMember\("hub"\)/, "hub"],
  [/\brequireOperator\(\)/, "operator"],
  [/\bsignedIn\(\)/, "signed in"],
];

const ACTION_GUARDS: Record<string, ActionRow["guard"]> = {
  memberAction: "member",
  operatorAction: "operator",
  accountAction: "account",
  publicAction: "anybody",
};

const read = <T>(file: string) => JSON.parse(readFileSync(`.next/${file}`, "utf8")) as T;

/** Every route, page and server action of the build in this folder, with the guard that each declares. */
export async function readRows(): Promise<Rows> {
  const paths = read<Record<string, string>>("app-path-routes-manifest.json");
  const unplaced: string[] = [];
  const place = (path: string): Resource | null => {
    if (path.includes("[") && !NAMELESS.test(path) && !RESOURCES[path]) {
      unplaced.push(`${path} names something by a part of its address: say what in RESOURCES of the access matrix.`);
    }
    return RESOURCES[path] ?? null;
  };
  const keys = Object.keys(paths).filter((key) => !OTHERS_OWN.has(key) && !isFile(key));
  const routes = await routeMethods(keys.filter((key) => key.endsWith("/route")));
  return {
    api: Object.entries(routes).flatMap(([key, methods]) => apiRows(paths[key] ?? "", methods, place, unplaced)),
    pages: keys
      .filter((key) => key.endsWith("/page"))
      .map((key) => ({ ...pageOf(key, paths[key] ?? "", unplaced), names: place(paths[key] ?? "") })),
    actions: actionRows(paths, unplaced),
    unplaced: [...unplaced, ...detours()],
  };
}

/** A picture and its like, which Next serves as it is. */
const isFile = (key: string) =>
  key.endsWith("/route") &&
  statSync(`app${key.slice(0, -"/route".length)}`, { throwIfNoEntry: false })?.isFile() === true;

type Exports = Record<string, { kind: string | null; permission: string | null }>;

async function routeMethods(keys: string[]): Promise<Record<string, Exports>> {
  const { stdout } = await promisify(execFile)(process.execPath, ["e2e/access-matrix/route-methods.mjs", ...keys]);
  return JSON.parse(stdout);
}

function apiRows(path: string, exported: Exports, place: (path: string) => Resource | null, unplaced: string[]) {
  const names = place(path);
  return METHODS.flatMap((method): ApiRow[] => {
    // Next answers HEAD with GET.
    const { kind, permission } = exported[method] ?? (method === "HEAD" ? exported.GET : undefined) ?? {};
    if (kind === "client" || kind === "open" || kind === "other")
      return [{ path, method, kind, permission: "", names }];
    if (kind === "token" && permission) return [{ path, method, kind, permission, names }];
    unplaced.push(
      `${method} ${path} has no guard that the access matrix knows: make it with withToken(permission, …), withClient or openRoute, ` +
        `and what the route does not answer with otherMethods(…).`,
    );
    return [];
  });
}

function pageOf(key: string, path: string, unplaced: string[]): Omit<PageRow, "names"> {
  const segments = key.split("/").slice(1, -1);
  const code = readFileSync(`app${key}.tsx`, "utf8");
  const declared = GUARDS.filter(([pattern]) => pattern.test(code)).map(([, guard]) => guard);
  const [guard, ...more] = OPEN_PAGES[path] ? (["anybody"] as const) : declared;
  if (guard && more.length === 0) return { path, segments, guard };
  unplaced.push(
    `${path} has ${declared.length === 0 ? "no guard" : "several guards"}: call requireMember(), requireMember("hub"), ` +
      `requireOperator() or signedIn() in the page itself (a layout is not asked again when people move within it), ` +
      `or give the reason for having none in OPEN_PAGES of the access matrix.`,
  );
  return { path, segments, guard: "operator" };
}

interface ServerReference {
  exportedName: string;
  filename: string;
  workers: Record<string, unknown>;
}

function actionRows(paths: Record<string, string>, unplaced: string[]): ActionRow[] {
  const { node, edge } = read<Record<"node" | "edge", Record<string, ServerReference>>>(
    "server/server-reference-manifest.json",
  );
  return Object.entries({ ...node, ...edge }).flatMap(([id, { exportedName: name, filename, workers }]) => {
    const made = new RegExp(`export const ${name} = (\\w+)\\(`).exec(readFileSync(filename, "utf8"))?.[1];
    const guard = ACTION_GUARDS[made ?? ""];
    if (!guard) {
      unplaced.push(
        `${name} of ${filename} has no guard that the access matrix knows: make it with memberAction, operatorAction, accountAction or publicAction.`,
      );
      return [];
    }
    const pages = Object.keys(workers).map((worker) => paths[worker.replace(/^app/, "")] ?? "");
    return [{ id, name, guard, pages }];
  });
}

/** Ways into the build that are neither a route nor an action. */
function detours(): string[] {
  const { rewrites, redirects } = read<{
    rewrites: Record<string, unknown[]>;
    redirects: { internal?: boolean; source: string }[];
  }>("routes-manifest.json");
  const pages = Object.keys(read<Record<string, string>>("server/pages-manifest.json"));
  return [
    ...Object.values(rewrites).flat(),
    ...redirects.filter(({ internal }) => !internal),
    ...pages.filter((page) => !/^\/(?:404|500)$/.test(page)),
  ].map((detour) => `${JSON.stringify(detour)} leads into the build by a way that the access matrix does not walk.`);
}
