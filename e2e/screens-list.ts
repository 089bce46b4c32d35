import { expect, type Page } from "@playwright/test";
import type { Preset } from "@/lib/tokens/token-presets";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";

/** One picture for each theme and width. */
export interface Screen {
  /** The file's name: lower case and hyphens, unique. */
  name: string;
  /** Whose session; null for nobody's. */
  account: string | null;
  path: string;
  /** What to do before the picture, such as opening a dialog. Runs anew in each theme and width. */
  steps?: (page: Page) => Promise<unknown>;
  /** The steps end in a loading state, which is the picture. */
  unsettled?: boolean;
  /** Takes the whole page and not only the window. */
  fullPage?: boolean;
}

const TOKENS = "/settings/api-tokens";
const POLICY = "/settings/token-policy";
const COPIED = "OK, I've copied token";

/** Every page and state, in the order in which a person meets them. */
export const SCREENS: readonly Screen[] = [
  { name: "sign-in", account: null, path: "/sign-in" },
  {
    name: "reference",
    account: null,
    path: "/docs",
    steps: (page) => page.getByRole("heading", { level: 1 }).waitFor(),
  },
  {
    name: "reference-call",
    account: null,
    path: "/docs",
    steps: async (page) => {
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page
        .getByRole("button", { name: /^Test Request.*get \/api\/v1\/me\)/ })
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "guide", account: null, path: "/docs/guide", fullPage: true },
  { name: "problems", account: null, path: "/docs/problems" },
  { name: "problems-searched", account: null, path: "/docs/problems?q=401" },
  { name: "problems-searched-in-vain", account: null, path: "/docs/problems?q=no+such+words" },
  { name: "problem", account: null, path: "/docs/problems/insufficient_scope", fullPage: true },
  { name: "api-tokens", account: "admin@acme.example", path: TOKENS, fullPage: true },
  { name: "api-tokens-own", account: "user@acme.example", path: TOKENS, fullPage: true },
  { name: "api-tokens-filtered", account: "admin@acme.example", path: `${TOKENS}?status=expired`, fullPage: true },
  { name: "api-tokens-filtered-to-nothing", account: "admin@acme.example", path: `${TOKENS}?q=no-token-has-this-name` },
  {
    name: "api-tokens-ignored-filter",
    account: "admin@acme.example",
    path: `${TOKENS}?status=active,sold&cursor=from-elsewhere`,
  },
  {
    name: "api-tokens-filter-open",
    account: "admin@acme.example",
    path: `${TOKENS}?status=active`,
    steps: async (page) => {
      const chip = page.getByRole("button", { name: /^Issued by/ });
      if (await chip.isVisible()) await chip.click();
      else await page.getByRole("button", { name: /^Filters/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "api-tokens-row-menu",
    account: "admin@acme.example",
    path: `${TOKENS}?status=deleted`,
    steps: async (page) => {
      await page
        .getByRole("button", { name: /^Actions for/ })
        .first()
        .click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "command-palette",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog", { name: "Search or run a command" }).waitFor();
    },
  },
  {
    name: "person-menu",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await page.getByRole("button", { name: /^Account of/ }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  { name: "notifications", account: "admin@acme.example", path: "/notifications", steps: untilTold, fullPage: true },
  { name: "notifications-none", account: "user@meridian.example", path: "/notifications" },
  {
    name: "notifications-filtered-to-nothing",
    account: "admin@acme.example",
    path: "/notifications?event=token_leaked",
  },
  { name: "notifications-hub", account: "partner@harbor.example", path: "/hub/notifications" },
  {
    name: "profile-notifications",
    account: "user@acme.example",
    path: "/profile",
    steps: (page) => page.getByRole("switch", { name: "Expires soon, by email" }).click(),
    fullPage: true,
  },
  { name: "notification-settings", account: "admin@acme.example", path: "/settings/notifications", fullPage: true },
  { name: "notification-settings-no-permission", account: "user@acme.example", path: "/settings/notifications" },
  {
    name: "api-tokens-expiring",
    account: "admin@acme.example",
    path: `${TOKENS}?expires=unacknowledged&sort=expires_at`,
    fullPage: true,
  },
  { name: "api-tokens-not-an-issuer", account: "user@fairground.example", path: TOKENS },
  { name: "api-tokens-own-limit-reached", account: "admin@ironvault.example", path: TOKENS },
  { name: "profile-api-token", account: "engineer@ironvault.example", path: "/profile", fullPage: true },
  {
    name: "profile-api-token-revoke",
    account: "engineer@ironvault.example",
    path: "/profile",
    steps: async (page) => {
      await page.getByRole("region", { name: "API token" }).getByRole("button", { name: "Revoke" }).click();
      await page.getByRole("region", { name: "What breaks" }).waitFor();
    },
  },
  { name: "api-tokens-client-credentials", account: "admin@meridian.example", path: TOKENS },
  { name: "api-tokens-hub", account: "partner@harbor.example", path: "/hub/api-tokens" },
  { name: "token-policy", account: "admin@acme.example", path: POLICY, fullPage: true },
  { name: "token-policy-changed", account: "admin@acme.example", path: POLICY, steps: changeRules },
  {
    name: "token-policy-preview",
    account: "admin@acme.example",
    path: POLICY,
    steps: async (page) => {
      await changeRules(page);
      await page.getByRole("button", { name: "Preview changes" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "token-policy-preview-list",
    account: "admin@acme.example",
    path: POLICY,
    steps: async (page) => {
      await changeRules(page);
      await page.getByRole("button", { name: "Preview changes" }).click();
      await page.getByRole("button", { name: "Show which outside the policy" }).click();
      await page.getByRole("dialog").getByRole("listitem").filter({ hasText: "lk_" }).first().waitFor();
    },
  },
  {
    name: "token-policy-preview-unused",
    account: "admin@acme.example",
    path: POLICY,
    steps: async (page) => {
      await page.getByRole("textbox", { name: "Delete unused tokens" }).fill("90");
      await page.getByRole("button", { name: "Preview changes" }).click();
      await page.getByRole("button", { name: "Show which are unused" }).click();
    },
  },
  {
    name: "token-policy-wrong",
    account: "admin@acme.example",
    path: POLICY,
    steps: async (page) => {
      await page.getByRole("radio", { name: /^Fixed/ }).click();
      await page.getByRole("textbox", { name: "Longest life" }).fill("many");
    },
  },
  { name: "token-policy-not-permitted", account: "user@acme.example", path: POLICY },
  { name: "operator", account: "operator@latchkey.example", path: "/operator" },
  {
    name: "operator-organization",
    account: "operator@latchkey.example",
    path: "/operator",
    steps: openOrganization,
    fullPage: true,
  },
  {
    name: "operator-tokens-switch",
    account: "operator@latchkey.example",
    path: "/operator",
    steps: async (page) => {
      await openOrganization(page);
      await page.getByRole("button", { name: "Switch off" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "operator-plan-without-tokens",
    account: "operator@latchkey.example",
    path: "/operator",
    steps: async (page) => {
      await openOrganization(page);
      await page.getByRole("radio", { name: /^Starter/ }).click();
    },
    fullPage: true,
  },
  { name: "operator-jobs", account: "operator@latchkey.example", path: "/operator/jobs", fullPage: true },
  {
    name: "operator-jobs-run",
    account: "operator@latchkey.example",
    path: "/operator/jobs",
    steps: async (page) => {
      await page.getByRole("button", { name: "Run now clear-old" }).click();
      await page.getByRole("alertdialog").waitFor();
    },
  },
  { name: "operator-outbox", account: "operator@latchkey.example", path: "/operator/outbox", fullPage: true },
  {
    name: "operator-outbox-filtered-to-nothing",
    account: "operator@latchkey.example",
    path: "/operator/outbox?q=nobody-has-this-address",
  },
  { name: "mailbox", account: null, path: "/dev/mailbox" },
  { name: "mailbox-message", account: null, path: "/dev/mailbox", steps: openMessage },
  {
    name: "mailbox-headers",
    account: null,
    path: "/dev/mailbox",
    steps: async (page) => {
      await openMessage(page);
      await page.getByRole("button", { name: "Headers" }).click();
    },
  },
  {
    name: "organization-switcher",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await page.getByRole("button", { name: /: switch organization$/ }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  { name: "general", account: "admin@acme.example", path: "/settings/general", fullPage: true },
  {
    name: "general-groups-on",
    account: "admin@acme.example",
    path: "/settings/general",
    steps: (page) => page.getByRole("radio", { name: /^Bound what members see/ }).click(),
    fullPage: true,
  },
  { name: "general-no-permission", account: "user@acme.example", path: "/settings/general" },
  { name: "members", account: "admin@acme.example", path: "/members", fullPage: true },
  { name: "members-no-permission", account: "user@acme.example", path: "/members" },
  { name: "members-filtered", account: "admin@acme.example", path: "/members?status=deactivated" },
  { name: "members-filtered-to-nothing", account: "admin@acme.example", path: "/members?q=nobody-has-this-name" },
  {
    name: "members-invite",
    account: "admin@acme.example",
    path: "/members",
    steps: async (page) => {
      await page.getByRole("button", { name: "Invite member" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "members-service-account",
    account: "admin@acme.example",
    path: "/members",
    steps: async (page) => {
      await page.getByRole("button", { name: "Add service account" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "member-deactivate",
    account: "admin@acme.example",
    path: "/members?q=mateo",
    steps: async (page) => {
      await page.getByRole("button", { name: "Actions for Mateo Silva" }).click();
      await page.getByRole("menuitem", { name: /^Deactivate/ }).click();
      await page.getByRole("region", { name: "Tokens that stop" }).waitFor();
    },
  },
  { name: "invitation-without-code", account: null, path: "/invitation" },
  { name: "not-found", account: null, path: "/nowhere" },
  { name: "api-tokens-create", account: "admin@acme.example", path: TOKENS, steps: (page) => openCreate(page) },
  { name: "api-tokens-create-as-user", account: "user@acme.example", path: TOKENS, steps: (page) => openCreate(page) },
  {
    name: "api-tokens-create-refused",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await openCreate(page);
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("radio", { name: "Date" }).click();
      await dialog.getByRole("button", { name: "Create API token" }).click();
      await dialog.getByRole("alert").first().waitFor();
    },
  },
  {
    name: "api-tokens-create-client",
    account: "admin@meridian.example",
    path: TOKENS,
    steps: (page) => openCreate(page, "client_credentials"),
  },
  {
    name: "api-tokens-secret-client",
    account: "admin@meridian.example",
    path: TOKENS,
    steps: (page) => createOne(page, "client_credentials"),
  },
  {
    name: "api-tokens-revoke-client",
    account: "admin@meridian.example",
    path: `${TOKENS}?q=dbt`,
    steps: async (page) => {
      const inRow = page.getByRole("button", { name: /^Revoke / });
      if (await inRow.isVisible()) await inRow.click();
      else {
        await page.getByRole("button", { name: /^Actions for/ }).click();
        await page.getByRole("menuitem", { name: "Revoke…" }).click();
      }
      await page.getByRole("region", { name: "What breaks" }).waitFor();
    },
  },
  {
    name: "api-tokens-secret-leaving",
    account: "admin@harbor.example",
    path: TOKENS,
    steps: async (page) => {
      await createOne(page, "personal_mirror");
      await page.getByRole("button", { name: "Hide token" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Back to the token" }).waitFor();
    },
  },
  {
    name: "api-token",
    account: "admin@acme.example",
    path: `${TOKENS}?status=active&sort=-last_used_at`,
    steps: openFirst,
    fullPage: true,
  },
  {
    name: "api-token-expiring",
    account: "admin@acme.example",
    path: `${TOKENS}?expires=soon&sort=expires_at`,
    steps: openFirst,
    fullPage: true,
  },
  {
    name: "api-token-remind",
    account: "admin@acme.example",
    path: `${TOKENS}?expires=soon&sort=expires_at`,
    steps: async (page) => {
      await openFirst(page);
      await page.getByRole("button", { name: "Remind me…" }).click();
      await page.getByRole("dialog", { name: "Remind me" }).waitFor();
    },
  },
  {
    name: "api-token-extend",
    account: "admin@acme.example",
    path: `${TOKENS}?expires=soon&sort=expires_at`,
    steps: async (page) => {
      await openFirst(page);
      await page.getByRole("button", { name: "Extend expiry" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "api-token-rotate",
    account: "admin@acme.example",
    path: `${TOKENS}?status=active&sort=-last_used_at`,
    steps: async (page) => {
      await openFirst(page);
      await page.getByRole("button", { name: "Rotate", exact: true }).first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "api-token-rotate-secret", account: "admin@acme.example", path: TOKENS, steps: rotateOne },
  {
    name: "api-token-rotating",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await rotateOne(page);
      await leaveSecret(page);
      await page.getByRole("region", { name: "Secrets" }).waitFor();
    },
    fullPage: true,
  },
  {
    name: "api-token-overlap",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await useNewSecret(page);
      await page.reload();
      await page.getByRole("region", { name: "Secrets" }).getByText("Ends").waitFor();
    },
    fullPage: true,
  },
  {
    name: "api-token-rotate-again",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await rotateOne(page);
      await leaveSecret(page);
      await page.getByRole("region", { name: "Secrets" }).waitFor();
      await page.getByRole("button", { name: "Rotate", exact: true }).first().click();
      await page.getByRole("dialog").getByText("A new secret waits already").waitFor();
    },
  },
  {
    name: "api-token-acknowledged",
    account: "admin@acme.example",
    path: `${TOKENS}?expires=soon&sort=expires_at`,
    steps: async (page) => {
      await openFirst(page);
      const again = page.getByRole("button", { name: "Tell me again" });
      const acknowledge = page.getByRole("button", { name: "Acknowledge" });
      await again.or(acknowledge).first().waitFor();
      if (await acknowledge.isVisible()) await acknowledge.click();
      await again.waitFor();
    },
  },
  {
    name: "profile-token-expiring",
    account: "user@ironvault.example",
    path: "/profile#api-token",
    fullPage: true,
  },
  {
    name: "api-token-rotation-cancel",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await rotateOne(page);
      await leaveSecret(page);
      await page.getByRole("button", { name: "Cancel rotation" }).click();
      await page.getByRole("alertdialog").waitFor();
    },
  },
  { name: "refusals", account: "admin@acme.example", path: `${TOKENS}/refusals`, fullPage: true },
  {
    name: "refusals-nothing-kept",
    account: "admin@acme.example",
    path: `${TOKENS}/refusals?request=a-request-that-nobody-made`,
    fullPage: true,
  },
  {
    name: "refusals-explained",
    account: "engineer@acme.example",
    path: TOKENS,
    fullPage: true,
    steps: (page) => refuseOne(page),
  },
  {
    name: "api-token-refused-calls",
    account: "engineer@acme.example",
    path: TOKENS,
    fullPage: true,
    steps: async (page) => {
      await refuseOne(page);
      await page.getByRole("region", { name: "What is kept of the call" }).getByRole("link").first().click();
      await page
        .getByRole("region", { name: "Refused calls" })
        .getByRole("link", { name: /^Lacked/ })
        .waitFor();
    },
  },
  { name: "refusals-hub", account: "partner@harbor.example", path: "/hub/api-tokens/refusals", fullPage: true },
  {
    name: "api-token-hub",
    account: "partner@harbor.example",
    path: "/hub/api-tokens",
    steps: openFirst,
    fullPage: true,
  },
  {
    name: "api-token-edit",
    account: "admin@acme.example",
    path: `${TOKENS}?status=active`,
    steps: async (page) => {
      await openFirst(page);
      await page.getByRole("button", { name: "Edit" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "api-token-delete",
    account: "admin@acme.example",
    path: `${TOKENS}?status=active&sort=-last_used_at`,
    steps: async (page) => {
      await openFirst(page);
      await page.getByRole("button", { name: "Delete" }).click();
      await page.getByRole("region", { name: "What breaks" }).waitFor();
    },
  },
  {
    name: "api-token-expired",
    account: "admin@acme.example",
    path: `${TOKENS}?status=expired`,
    steps: openFirst,
    fullPage: true,
  },
  {
    name: "api-token-deleted",
    account: "admin@acme.example",
    path: `${TOKENS}?status=deleted`,
    steps: openFirst,
    fullPage: true,
  },
  { name: "api-tokens-deleted", account: "admin@harbor.example", path: TOKENS, steps: deleteOne },
  {
    name: "api-token-receipt",
    account: "admin@harbor.example",
    path: TOKENS,
    steps: async (page) => {
      await deleteOne(page);
      await page.getByRole("button", { name: "Receipt" }).click();
      await page.getByRole("region", { name: "Receipt" }).waitFor();
    },
    fullPage: true,
  },
  { name: "api-token-not-found", account: "admin@acme.example", path: `${TOKENS}/000000000000` },
  { name: "roles", account: "admin@acme.example", path: "/roles", fullPage: true },
  { name: "roles-as-viewer", account: "user@acme.example", path: "/roles", fullPage: true },
  {
    name: "role-add",
    account: "admin@acme.example",
    path: "/roles",
    steps: async (page) => {
      await page.getByRole("button", { name: "Add role" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "role-takes-away", account: "admin@acme.example", path: "/roles", steps: takeAway },
  {
    name: "permission-add",
    account: "admin@acme.example",
    path: "/roles",
    steps: async (page) => {
      await page.getByRole("button", { name: "Add permission" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "groups", account: "admin@fairground.example", path: "/groups" },
  { name: "groups-switched-off", account: "admin@acme.example", path: "/groups" },
  { name: "groups-own", account: "engineer@ironvault.example", path: "/groups" },
  { name: "group", account: "admin@fairground.example", path: "/groups", steps: openGroup },
  {
    name: "group-add-member",
    account: "admin@fairground.example",
    path: "/groups",
    steps: async (page) => {
      await openGroup(page);
      await page.getByRole("button", { name: "Add member" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "group-add-by-email",
    account: "teamadmin@fairground.example",
    path: "/groups",
    steps: async (page) => {
      await openGroup(page);
      await page.getByRole("button", { name: "Add member" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "audit-log", account: "admin@acme.example", path: "/audit-log", fullPage: true },
  {
    name: "audit-log-details",
    account: "admin@acme.example",
    path: "/audit-log?kind=tokens",
    steps: async (page) => {
      await page
        .getByRole("button", { name: /^Details/ })
        .first()
        .click();
    },
  },
  { name: "audit-log-no-permission", account: "user@acme.example", path: "/audit-log" },
];

/** Of a role that tokens have, a permission. Nothing is saved. */
async function takeAway(page: Page) {
  const menu = page.getByRole("button", { name: "Actions for Directory sync" });
  if (!(await menu.isVisible())) {
    await page.getByRole("combobox", { name: "Compare" }).click();
    await page.getByRole("option", { name: "Directory sync" }).click();
  }
  await menu.click();
  await page.getByRole("menuitem", { name: "Change" }).click();
  await page.getByRole("checkbox", { name: "Change groups" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("region", { name: "What this takes away" }).waitFor();
}

/** Jobs tell what is due within the first minute of a new demo world. */
async function untilTold(page: Page) {
  const told = page.getByRole("list", { name: "Notifications" });
  while (!(await told.isVisible())) {
    await page.reload();
    await page.getByRole("heading", { name: "Notifications" }).waitFor();
  }
}

/** The demo's tokens that expire soon have made some by the time that it is looked at. */
async function openMessage(page: Page) {
  const first = page.getByRole("list", { name: "Messages" }).getByRole("link").first();
  await expect(async () => {
    await page.reload();
    await first.click({ timeout: 2000 });
  }).toPass({ timeout: 120_000 });
  await page.frameLocator("iframe").getByRole("heading", { level: 1 }).waitFor();
}

async function openGroup(page: Page) {
  await page.getByRole("rowheader").first().getByRole("link").click();
  await page.getByRole("region", { name: "Members" }).waitFor();
}

/** Of a policy, some rules that bear on many tokens. Nothing is saved. */
async function changeRules(page: Page) {
  await page
    .getByRole("radiogroup", { name: "Expiry", exact: true })
    .getByRole("radio", { name: /^Required/ })
    .click();
  await page.getByRole("textbox", { name: "Longest life" }).fill("90");
  await page.getByRole("checkbox", { name: "Delete tokens when they expire" }).click();
  await page.getByRole("textbox", { name: "For each member" }).fill("2");
}

async function openCreate(page: Page, preset: Preset = "role_scoped") {
  await page.getByRole("button", { name: TOKEN_WORDS[preset].create, exact: true }).first().click();
  await page.getByRole("dialog").waitFor();
}

/** A token of its own in each picture, in an organization without a limit. */
async function createOne(page: Page, preset: Preset = "role_scoped") {
  await openCreate(page, preset);
  const dialog = page.getByRole("dialog");
  const called = dialog.getByLabel(preset === "client_credentials" ? "Description" : "Name");
  const name = `Warehouse scanner ${Date.now() % 100_000}`;
  await called.fill(name);
  const role = dialog.getByRole("radio", { name: /^Viewer/ });
  if (await role.isVisible()) await role.click();
  const roles = dialog.getByRole("radiogroup", { name: "Role" });
  if (await roles.isVisible()) await roles.getByRole("radio", { name: /^Viewer/ }).click();
  await dialog.getByRole("button", { name: TOKEN_WORDS[preset].submit, exact: true }).click();
  await dialog.getByRole("group", { name: /^Your / }).waitFor();
  return name;
}

/** A token that was made for it, in words of revoking; ends with the message that says who refuses it. */
async function deleteOne(page: Page) {
  await createOne(page, "personal_mirror");
  await page.getByRole("button", { name: COPIED }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page
    .getByRole("button", { name: /^Actions for/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Revoke…" }).click();
  const question = page.getByRole("alertdialog");
  await question.getByText("No calls in the last 24 hours").waitFor();
  await question.getByRole("button", { name: "Revoke token" }).click();
  await page.getByText(/^Refused everywhere/).waitFor();
}

/** A token that was made for it, rotated on its page; ends with the new secret shown. */
async function rotateOne(page: Page) {
  const name = await createOne(page);
  await leaveSecret(page);
  await page.getByRole("rowheader").filter({ hasText: name }).getByRole("link").click();
  await page.waitForURL(/\/api-tokens\/[0-9A-Za-z]{12}$/);
  await page.getByRole("region", { name: "History" }).waitFor();
  await page.getByRole("button", { name: "Rotate", exact: true }).first().click();
  await page.getByRole("button", { name: "Make new secret" }).click();
  await page
    .getByRole("dialog")
    .getByRole("group", { name: /^Your / })
    .waitFor();
}

/** Leaves the dialog of a secret, which is hidden at first in some organizations and asks whom it was not shown to. */
async function leaveSecret(page: Page) {
  const dialog = page.getByRole("dialog");
  const reveal = dialog.getByRole("button", { name: /^Reveal/ });
  if (await reveal.isVisible()) await reveal.click();
  await dialog.getByRole("button", { name: COPIED }).click();
  await dialog.waitFor({ state: "detached" });
}

/** A rotated token whose new secret was used once; the page is its own. */
async function useNewSecret(page: Page) {
  await rotateOne(page);
  const dialog = page.getByRole("dialog");
  const reveal = dialog.getByRole("button", { name: /^Reveal/ });
  if (await reveal.isVisible()) await reveal.click();
  const secret = await dialog
    .getByRole("group", { name: /^Your / })
    .locator("code")
    .textContent();
  await leaveSecret(page);
  const answer = await page.request.get("/api/v1/me", { headers: { Authorization: `Bearer ${secret}` } });
  expect(answer.status()).toBe(200);
}

/** A call of a new token that its role does not allow, explained. */
async function refuseOne(page: Page) {
  await createOne(page);
  const dialog = page.getByRole("dialog");
  const reveal = dialog.getByRole("button", { name: /^Reveal/ });
  if (await reveal.isVisible()) await reveal.click();
  const secret = await dialog
    .getByRole("group", { name: /^Your / })
    .locator("code")
    .textContent();
  await leaveSecret(page);
  const answer = await page.request.get("/api/v1/members?limit=10", { headers: { Authorization: `Bearer ${secret}` } });
  expect(answer.status()).toBe(403);
  await expect(async () => {
    await page.goto(`${TOKENS}/refusals?request=${answer.headers()["x-request-id"]}`);
    await page.getByRole("list", { name: "Checks of the call, in order" }).waitFor({ timeout: 1500 });
  }).toPass();
}

/** The operator's page of the first organization. */
async function openOrganization(page: Page) {
  await page.getByRole("rowheader").first().getByRole("link").click();
  await page.getByRole("region", { name: "History" }).waitFor();
}

/** The page of the first token in the list. */
async function openFirst(page: Page) {
  await page.locator('tbody a[href*="/api-tokens/"]').first().click();
  await page.waitForURL(/\/api-tokens\/[0-9A-Za-z]{12}$/);
  await page.getByRole("region", { name: "History" }).waitFor();
}
