import type { Permission } from "@/lib/access/permission";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import type { TokenWords } from "@/lib/tokens/token-words";
import { checkOf } from "./refusal-checks";
import type { RefusedCall } from "./refusal-facts";
import { REMEDIES, type Remedy } from "./refusal-remedies";
import { isOfAccessToken, outsideScope } from "./refusal-scope";
import { isAllowedFrom, type Verdict } from "./refusal-verdict";
import { list } from "./refusal-words";

/** What can be done about a refusal: the page that does it, where it opens for the reader, or else whom to ask. */
export interface Change {
  sentence: string;
  link: { href: string; label: string } | null;
}

/** Who asks, and what of the call's surroundings bears on where a link leads. */
export interface Reader {
  portal: "console" | "hub";
  permissions: ReadonlySet<Permission>;
  words: TokenWords;
  /** Null where it is the reader's own API login. */
  token: {
    id: string;
    issuedBy: { id: string; name: string };
    /** Whether the reader may change it. */
    isLocked: boolean;
  } | null;
  /** Ids of roles that stay as they are. */
  builtInRoles: ReadonlySet<string>;
}

const ADMINISTRATOR = "Ask an administrator of your organization.";

type AskedCall = Pick<RefusedCall, "code" | "facts" | "token" | "operation">;

/**
 * What can be done as it stands now: nothing where it would be let in, unless only as long as there is room. Nothing but
 * another helps a token that is over by now, and what stops it comes before what refused it then.
 */
export function changesNow(call: AskedCall, reader: Reader, verdict: Verdict): Change[] {
  if (verdict.outcome === "let_in" && call.code !== "rate_limited") return [];
  const failed = checkOf(call.code);
  const then = changesOf(call, reader);
  if (verdict.outcome !== "refused" || verdict.by) return then;
  switch (verdict.check) {
    case "deletion":
    case "expiry":
      return [tokenInItsPlace(reader)];
    case "issuer":
      return failed === "issuer" ? then : [issuerBack(reader), ...then];
    case "organization":
      return failed === "organization" ? then : [operatorChange(reader), ...then];
    default:
      return then;
  }
}

/** All that can be done about what refused it, what is nearest first. */
export function changesOf(call: AskedCall, reader: Reader): Change[] {
  const { facts } = call;
  switch (checkOf(call.code)) {
    case "permission":
      return permissionChanges(call, reader);
    case "network":
      return [
        ...(isAllowedFrom(facts.address, facts.policy) ? [] : [policyChange(reader, "The policy names the networks.")]),
        ...(isAllowedFrom(facts.address, facts.token) ? [] : [tokenChange(reader)]),
      ];
    case "limit":
      return [policyChange(reader, "The policy sets the limit. Calling less often needs nobody.")];
    case "deletion":
    case "expiry":
      if (isOfAccessToken(call)) return [newAccessToken(call, "")];
      return [tokenInItsPlace(reader)];
    case "issuer":
      return [issuerBack(reader)];
    case "organization":
      return [operatorChange(reader)];
    case "exchange":
      return [{ sentence: "The guide shows the exchange, step by step.", link: EXCHANGE }];
    case "input":
      return [docs(call)];
    case "secret":
      return [];
    case "rule":
      return ruleChanges(call, REMEDIES[call.code as keyof typeof REMEDIES] ?? "elsewhere", reader);
  }
}

const EXCHANGE = { href: "/docs/guide#client-credentials", label: "Open the guide" };
const LOGIN = { href: "/docs/guide#login", label: "Open the guide" };

/** How another access token is had. */
const newAccessToken = ({ token }: AskedCall, which: string): Change =>
  token
    ? { sentence: `Exchange the client's ID and secret again${which}.`, link: EXCHANGE }
    : { sentence: `Log in to the API again${which}.`, link: LOGIN };

/** The same once more is allowed: an access token keeps what it was made for. */
const thenNewAccessToken = ({ token }: AskedCall): Change =>
  token
    ? {
        sentence: "After that, exchange the client's ID and secret again: an access token stays as it is.",
        link: EXCHANGE,
      }
    : { sentence: "After that, log in to the API again: an access token stays as it is.", link: LOGIN };

function permissionChanges(call: AskedCall, reader: Reader): Change[] {
  const { role, issuerRole } = call.facts;
  const narrowed = outsideScope(call.facts);
  const both = role !== null && role.id === issuerRole?.id;
  const allowed = [
    ...(role && role.lacks.length > 0 ? [roleChange(role, reader)] : []),
    ...(issuerRole && issuerRole.lacks.length > 0 && !(both && !reader.builtInRoles.has(issuerRole.id))
      ? [
          reader.token === null && !reader.builtInRoles.has(issuerRole.id)
            ? roleChange(issuerRole, reader)
            : memberChange(
                reader,
                reader.token
                  ? `Another role than ${issuerRole.name} lets the issuer, and so the ${reader.words.one}, do more.`
                  : `With another role than ${issuerRole.name} you may do more, and so may what you log in with.`,
              ),
        ]
      : []),
  ];
  if (narrowed.length === 0) return allowed;
  return allowed.length > 0
    ? [...allowed, thenNewAccessToken(call)]
    : [newAccessToken(call, `, with ${list(narrowed)} in the scope or without a scope`)];
}

function roleChange({ id, name }: { id: string; name: string }, reader: Reader): Change {
  if (reader.builtInRoles.has(id)) {
    return newToken(
      reader,
      `${name} is built in and stays as it is: make a new ${reader.words.one} with a role that allows it.`,
    );
  }
  const sentence = `The role ${name} can be given the permission.`;
  return opens(reader, "roles:write")
    ? { sentence, link: { href: "/roles", label: "Open Roles" } }
    : { sentence: `${sentence} ${ADMINISTRATOR}`, link: null };
}

function policyChange(reader: Reader, sentence: string): Change {
  return opens(reader, "organization:manage")
    ? { sentence, link: { href: "/settings/token-policy", label: "Open Token policy" } }
    : { sentence: `${sentence} ${ADMINISTRATOR}`, link: null };
}

function tokenChange(reader: Reader, sentence = `The ${reader.words.one} names networks of its own.`): Change {
  const { token } = reader;
  if (!token) return { sentence, link: null };
  if (token.isLocked) {
    return { sentence: `${sentence} Ask its issuer, ${token.issuedBy.name}, or an administrator.`, link: null };
  }
  return {
    sentence,
    link: { href: `${TOKEN_PLACES[reader.portal].list}/${token.id}`, label: `Open the ${reader.words.one}` },
  };
}

function memberChange(reader: Reader, sentence: string): Change {
  return opens(reader, "members:write") && reader.token
    ? { sentence, link: { href: `/members/${reader.token.issuedBy.id}`, label: "Open the issuer" } }
    : { sentence: `${sentence} ${ADMINISTRATOR}`, link: null };
}

const newToken = ({ portal, words }: Reader, sentence: string): Change => ({
  sentence,
  link: { href: TOKEN_PLACES[portal].list, label: `Open ${words.title}` },
});

const tokenInItsPlace = (reader: Reader): Change => newToken(reader, `A new ${reader.words.one} takes its place.`);

const issuerBack = (reader: Reader): Change =>
  memberChange(reader, `Reactivating ${reader.token ? "its issuer" : "you"} lets it work again.`);

const operatorChange = ({ portal, words }: Reader): Change => ({
  sentence: "Only whoever runs Latchkey switches them on. The page says why they are off.",
  link: { href: TOKEN_PLACES[portal].list, label: `Open ${words.title}` },
});

/** The operation itself in the reference, where it has one. */
function docs({ operation }: AskedCall): Change {
  return operation
    ? {
        sentence: `The API reference says what “${operation.title}” takes.`,
        link: { href: operation.href, label: "Open it in the reference" },
      }
    : { sentence: "The API reference lists what there is.", link: { href: "/docs", label: "Open the API reference" } };
}

function ruleChanges(call: AskedCall, remedy: Remedy, reader: Reader): Change[] {
  switch (remedy) {
    case "policy":
      return [policyChange(reader, "The token policy can be changed.")];
    case "rights":
    case "token":
      return reader.token
        ? [
            tokenChange(
              { ...reader, token: { ...reader.token, isLocked: false } },
              "Its page says what it is and may do.",
            ),
          ]
        : [];
    case "console":
      return [newToken(reader, "The console does it.")];
    case "people":
      return opens(reader, "members:read")
        ? [
            {
              sentence: "Who holds what stands on the pages of members and roles.",
              link: { href: "/members", label: "Open Members" },
            },
          ]
        : [{ sentence: ADMINISTRATOR, link: null }];
    case "input":
      return [docs(call)];
    case "operator":
      return [operatorChange(reader)];
    case "again":
    case "elsewhere":
      return [];
  }
}

/** Whether a page of the console opens for the reader. */
const opens = ({ portal, permissions }: Reader, permission: Permission) =>
  portal === "console" && permissions.has(permission);
