const PREFIX = "x-latchkey-";
const REQUIRED = ["organization", "token", "member", "role"];
const ALL = [...REQUIRED, "organization-slug", "permissions", "groups", "audience"];

/**
 * Who calls, by the headers that the proxy sets, or null where that is not said once and whole. Reads the lines as they came:
 * of two with one name, Node would join some and drop others.
 *
 * @param {readonly string[]} rawHeaders names and values in turn, as `request.rawHeaders` has them
 */
export function readIdentity(rawHeaders) {
  const said = new Map();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    // Some servers read X_Latchkey_Token as X-Latchkey-Token. Whoever sends that means no good.
    const name = rawHeaders[at].toLowerCase().replaceAll("_", "-");
    if (!name.startsWith(PREFIX)) continue;
    const part = name.slice(PREFIX.length);
    if (said.has(part) || !ALL.includes(part) || rawHeaders[at].includes("_")) return null;
    said.set(part, rawHeaders[at + 1]);
  }
  if (!REQUIRED.every((part) => said.get(part))) return null;
  const words = (part) => (said.get(part) ?? "").split(" ").filter(Boolean);
  return {
    organization: said.get("organization"),
    token: said.get("token"),
    member: said.get("member"),
    role: said.get("role"),
    permissions: new Set(words("permissions")),
    groups: words("groups"),
    // Whom an access token is for. Other tokens are for nobody in particular.
    audience: said.get("audience") || null,
  };
}
