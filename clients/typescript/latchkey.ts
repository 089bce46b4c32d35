// The client of Latchkey's API, whole in this one file: copy it. It needs nothing but `fetch`, so it runs in Node.js 18
// and newer, Deno, Bun and browsers. Its upper part is written by hand; what stands below the mark is made from the
// OpenAPI document by `npm run clients`.

/** Where the API is, and how patient the client is with it. */
export interface LatchkeyPlace {
  /** The origin of Latchkey, such as `https://tokens.example.com`. */
  baseUrl: string;
  /** Milliseconds that one attempt may take; 30,000 where it is left out. */
  timeout?: number | undefined;
  /** How often a call is tried again after the first attempt; 3 where it is left out, 0 for never. */
  retries?: number | undefined;
  /** Milliseconds that the client is ready to wait between two attempts; 60,000 where it is left out. */
  longestWait?: number | undefined;
  /** Headers that go with every call. */
  headers?: Record<string, string> | undefined;
  /** Called with each new session, to be kept: its refresh token is the only one that works from then on. */
  onSession?: (session: LatchkeySession) => void | Promise<void>;
  /** In place of the global `fetch`. */
  fetch?: typeof fetch | undefined;
  /** In place of a timer between attempts: resolves after so many milliseconds, rejects when the signal is aborted. */
  wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** Who calls: at most one of these. */
export interface LatchkeyCredentials {
  /** A token, or an access token that somebody else got. */
  token?: string | undefined;
  /** A client's two halves. They are exchanged for access tokens, which are kept until shortly before their end. */
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /** Asks for access tokens that may do no more than these permissions. */
  scope?: readonly string[] | undefined;
  /** For which API the access tokens are; Latchkey's own where it is left out. */
  resource?: string | undefined;
  /** A person's, to sign in with. */
  email?: string | undefined;
  password?: string | undefined;
  /** The slug of the organization to sign in to, for a person of several. */
  organization?: string | undefined;
  /** A session that was kept. It renews itself. */
  session?: LatchkeySession | undefined;
}

export type LatchkeyOptions = LatchkeyPlace & LatchkeyCredentials;

/** A person's login as it is kept between two runs of a program. Whoever has it is that person: keep it as a password. */
export interface LatchkeySession {
  accessToken: string;
  /** RFC 3339. */
  accessTokenExpiresAt: string;
  /** Works once. */
  refreshToken: string;
  /** RFC 3339. */
  refreshTokenExpiresAt?: string;
}

/** What one call may do differently. */
export interface CallOptions {
  /** Ends the call, whatever it is waiting for. */
  signal?: AbortSignal | undefined;
  /** As `timeout` of the client. */
  timeout?: number | undefined;
  /** As `retries` of the client. */
  retries?: number | undefined;
}

/** A call that makes something, under a key by which a repetition is known. */
export interface KeyedCallOptions extends CallOptions {
  /** One of your own, so that even a second run of your program repeats nothing. The client makes one otherwise. */
  idempotencyKey?: string | undefined;
}

/** An answer with its secret. Where it comes without, as a repetition does, the client throws LatchkeySecretLost. */
export type WithSecret<T> = T & { secret: string };

/** What a list answers: one page of it. */
export interface Page<T> {
  data: T[];
  /** Null on the last page. */
  next_cursor: string | null;
}

/** Awaited, one page; in `for await`, every item of this page and all that follow, fetched as they are needed. */
export type Pages<T> = Promise<Page<T>> & AsyncIterable<T>;

/** Everything that the client throws of its own accord. None of it holds a credential. */
export class LatchkeyError extends Error {
  override name = "LatchkeyError";
}

/** The API said no, and why: an answer of 400 and above. */
export class LatchkeyProblem extends LatchkeyError {
  override name = "LatchkeyProblem";
  /** What programs compare. Unknown to this version of the client only where the server is newer. */
  readonly code: KnownProblemCode | (string & {});
  /** What went wrong, for people. */
  readonly sentence: string;
  /** Of the answer, as in HTTP. */
  readonly status: number;
  /** By which the log of the server and *Explain a refused call* find the call. */
  readonly requestId: string | null;
  /** What is wrong with which field of the input. */
  readonly errors: readonly { field: string; detail: string }[];
  /** Seconds after which it is worth trying again; null where the answer does not say. */
  readonly retryAfter: number | null;
  /** A page that says what happened and how it is mended. */
  readonly type: string | null;

  constructor(answer: { status: number; headers: Headers; body: unknown }) {
    const body: Unknown = isRecord(answer.body) ? answer.body : {};
    const code = text(body.code) ?? text(body.error) ?? "unexpected_answer";
    const errors = fieldErrors(body.errors);
    const sentence = saidBy(body) ?? "That is no answer of the API.";
    const others = errors
      .filter(({ detail }) => detail !== sentence)
      .map(({ field, detail }) => ` ${field}: ${detail}`);
    const requestId = text(body.request_id) ?? answer.headers.get("x-request-id");
    super(`${code}: ${sentence}${others.join("")} (${answer.status}${requestId ? `, request ${requestId}` : ""})`);
    this.sentence = `${sentence}${others.join("")}`;
    this.code = code;
    this.status = answer.status;
    this.requestId = requestId;
    this.errors = errors;
    this.retryAfter = retryAfterSeconds(answer.headers);
    this.type = text(body.type) ?? text(body.error_uri);
  }

  /** The first thing that is wrong with each field, by its name. */
  get fields(): Record<string, string> {
    return Object.fromEntries([...this.errors].reverse().map(({ field, detail }) => [field, detail]));
  }

  /** Whether it is this problem: `problem.is("name_taken")`, which the compiler knows the codes of. */
  is(...codes: KnownProblemCode[]): boolean {
    return (codes as string[]).includes(this.code);
  }
}

/** No answer came: the network, the server or a proxy before it is away, or it took too long. */
export class LatchkeyUnreachable extends LatchkeyError {
  override name = "LatchkeyUnreachable";
  readonly reason: "network" | "timeout";

  constructor(reason: "network" | "timeout", detail: string, host: string) {
    super(reason === "timeout" ? `No answer from ${host} within ${detail}.` : `No answer from ${host}: ${detail}.`);
    this.reason = reason;
  }
}

/**
 * Something was made, but the one answer with its secret was lost on its way: the API never says a secret twice. What was
 * made is in `made`; have it rotated for a new secret, or delete it.
 */
export class LatchkeySecretLost extends LatchkeyError {
  override name = "LatchkeySecretLost";
  readonly made: unknown;

  constructor(made: unknown) {
    super("It was made, but the answer with its secret was lost. Rotate it for a new secret, or delete it.");
    this.made = made;
  }
}

/** One operation, as the methods below the mark describe it. */
interface Call {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: object;
  body?: object;
  form?: object;
  /** Whose credential goes with it; a token, where it is left out. `unless-in-body`: a token, where the body is empty. */
  as?: "client" | "unless-in-body" | "nobody";
  /** `key`: under an Idempotency-Key. `never`: a repetition would do harm. Otherwise one does none. */
  repeat?: "key" | "never";
  /** Whether the answer has a secret, once. */
  secret?: true;
}

interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

type Attempt = { answer: Answer } | { lost: LatchkeyUnreachable };

/** What an exchange, a login and a refresh answer (RFC 6749, 5.1). */
interface Grant {
  access_token: string;
  /** Seconds. */
  expires_in: number;
  refresh_token?: string;
  refresh_expires_in?: number;
}

/** An access token that the client got itself. */
interface Access {
  token: string;
  /** In milliseconds since 1970: when it is renewed, which is before its end. */
  renewAt: number;
}

/** Where credentials are exchanged. */
const ENDS = { token: "/api/v1/oauth/token", login: "/api/v1/auth/login", refresh: "/api/v1/auth/refresh" };
const DEFAULTS = { timeout: 30_000, retries: 3, longestWait: 60_000 };
/** Between the first two attempts at most, where the answer says nothing; twice that between the next two. */
const FIRST_WAIT_MS = 500;
const LONGEST_OWN_WAIT_MS = 8_000;
/** How long before its end an access token is renewed: it has to last for the call, and clocks differ. */
const RENEW_BEFORE_MS = 60_000;
/** A proxy says these where the server behind it gave no answer. */
const LOST_BEHIND_A_PROXY = [502, 504];

/** Sends calls, patiently, with the right credential. Its fields are private, so that no print of it shows a secret. */
class Transport {
  readonly baseUrl: string;
  readonly #options: LatchkeyOptions;
  readonly #fetch: typeof fetch;
  #session: LatchkeySession | undefined;
  #access: Access | undefined;
  #exchange: Promise<Access> | undefined;

  constructor(options: LatchkeyOptions) {
    this.baseUrl = originOf(options.baseUrl);
    checkCredentials(options);
    this.#options = options;
    // A global function that is called as a method of something else throws in browsers.
    const given = options.fetch;
    this.#fetch = given ? (...asked) => given(...asked) : (...asked) => fetch(...asked);
    this.#session = options.session;
    if (options.session) {
      const { accessToken, accessTokenExpiresAt } = options.session;
      this.#access = { token: accessToken, renewAt: Date.parse(accessTokenExpiresAt) - RENEW_BEFORE_MS };
    }
  }

  /** What an operation answers; throws what went wrong. */
  async send<T>(call: Call, options: KeyedCallOptions = {}): Promise<T> {
    const access = takesToken(call) ? await this.#bearer(options.signal) : undefined;
    const key = call.repeat === "key" ? (options.idempotencyKey ?? newKey()) : undefined;
    let answer = await this.#persist(call, this.#headers(call, access?.token, key), options);
    // Nobody signs in anew to sign out.
    if (answer.status === 401 && access && this.#renews() && !call.as) {
      // Whoever came first has renewed it already.
      if (this.#access === access) this.#access = undefined;
      const renewed = await this.#bearer(options.signal);
      answer = await this.#persist(call, this.#headers(call, renewed?.token, key), options);
    }
    if (answer.status >= 400) throw new LatchkeyProblem(answer);
    if (call.secret && !(isRecord(answer.body) && typeof answer.body.secret === "string"))
      throw new LatchkeySecretLost(answer.body);
    return answer.body as T;
  }

  /** A list, as a page and as everything that it has. */
  list<T>(call: Call, options: CallOptions = {}): Pages<T> {
    const page = (cursor?: string) =>
      this.send<Page<T>>(cursor === undefined ? call : { ...call, query: { ...call.query, cursor } }, options);
    const first = page();
    return Object.assign(first, {
      async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
        for (let current = await first; ; current = await page(current.next_cursor)) {
          yield* current.data;
          if (current.next_cursor === null) return;
        }
      },
    });
  }

  /** The session as it is now, of a client that a person signed in with. */
  get session(): LatchkeySession | undefined {
    return this.#session;
  }

  #renews(): boolean {
    return this.#options.token === undefined;
  }

  /** The access token to call with; one exchange for all who ask meanwhile. Undefined where nobody calls. */
  async #bearer(signal: AbortSignal | undefined): Promise<Access | undefined> {
    const { token, clientId, email } = this.#options;
    if (token !== undefined) return { token, renewAt: Number.POSITIVE_INFINITY };
    if (clientId === undefined && email === undefined && !this.#session) return undefined;
    if (this.#access && Date.now() < this.#access.renewAt) return this.#access;
    // Not bound to the signal of whoever happens to ask first: others wait for it too.
    this.#exchange ??= this.#obtain().finally(() => {
      this.#exchange = undefined;
    });
    return orAborted(this.#exchange, signal);
  }

  async #obtain(): Promise<Access> {
    const { clientId, scope, resource, email, password, organization } = this.#options;
    if (clientId !== undefined) {
      const form = { grant_type: "client_credentials", scope: scope?.join(" "), resource };
      return this.#keep(await this.send({ method: "POST", path: ENDS.token, form, as: "client" }));
    }
    if (this.#session) {
      // A second use of a refresh token ends the login, so a lost answer is not asked for again.
      const body = { refresh_token: this.#session.refreshToken };
      const call: Call = { method: "POST", path: ENDS.refresh, body, as: "nobody", repeat: "never" };
      try {
        return await this.#keep(await this.send(call));
      } catch (error) {
        // Over, and not merely out of reach for now.
        const isOver = error instanceof LatchkeyProblem && [400, 401].includes(error.status);
        if (email === undefined || !isOver) throw error;
        this.#session = undefined;
      }
    }
    const body = { email, password, organization, scope: scope?.join(" ") };
    return this.#keep(await this.send({ method: "POST", path: ENDS.login, body, as: "nobody", repeat: "never" }));
  }

  async #keep(grant: Grant): Promise<Access> {
    const life = grant.expires_in * 1000;
    // One that lives for less than that is used for half its life.
    this.#access = { token: grant.access_token, renewAt: Date.now() + life - Math.min(RENEW_BEFORE_MS, life / 2) };
    if (grant.refresh_token !== undefined) {
      this.#session = sessionOf({ ...grant, refresh_token: grant.refresh_token });
      await this.#options.onSession?.(this.#session);
    }
    return this.#access;
  }

  #headers(call: Call, bearer: string | undefined, key: string | undefined): Headers {
    const headers = new Headers(this.#options.headers);
    headers.set("Accept", "application/json");
    if (call.body) headers.set("Content-Type", "application/json");
    if (call.form) headers.set("Content-Type", "application/x-www-form-urlencoded");
    if (key !== undefined) headers.set("Idempotency-Key", key);
    const { clientId, clientSecret } = this.#options;
    // Both halves are form-encoded before they are put together (RFC 6749, 2.3.1).
    const halves = [clientId ?? "", clientSecret ?? ""].map((half) =>
      new URLSearchParams([["", half]]).toString().slice(1),
    );
    if (call.as === "client" && clientId !== undefined) headers.set("Authorization", `Basic ${btoa(halves.join(":"))}`);
    else if (bearer !== undefined) headers.set("Authorization", `Bearer ${bearer}`);
    return headers;
  }

  /** Tries until there is an answer to give, or no use in going on. */
  async #persist(call: Call, headers: Headers, options: CallOptions): Promise<Answer> {
    const retries = options.retries ?? this.#options.retries ?? DEFAULTS.retries;
    const longestWait = this.#options.longestWait ?? DEFAULTS.longestWait;
    let wasLost = false;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#attempt(call, headers, options);
      const isLost = "lost" in outcome || LOST_BEHIND_A_PROXY.includes(outcome.answer.status);
      const wait = waitBefore(attempt, "answer" in outcome ? outcome.answer.headers : null);
      const goesOn =
        attempt < retries &&
        wait <= longestWait &&
        (isLost ? call.repeat !== "never" : "answer" in outcome && isWorthRepeating(outcome.answer, wasLost));
      if (!goesOn) {
        if ("lost" in outcome) throw outcome.lost;
        return outcome.answer;
      }
      wasLost ||= isLost;
      await (this.#options.wait ?? pause)(wait, options.signal);
    }
  }

  /** Sends it once. Throws the reason of the caller's signal, and what trying again would not change. */
  async #attempt(call: Call, headers: Headers, options: CallOptions): Promise<Attempt> {
    const { signal } = options;
    signal?.throwIfAborted();
    const timeout = options.timeout ?? this.#options.timeout ?? DEFAULTS.timeout;
    const ends = new AbortController();
    const end = () => ends.abort();
    const timer = setTimeout(end, timeout);
    signal?.addEventListener("abort", end, { once: true });
    try {
      const response = await this.#fetch(`${this.baseUrl}${call.path}${queryText(call.query)}`, {
        method: call.method,
        headers,
        body: call.form ? formText(call.form) : call.body ? JSON.stringify(call.body) : null,
        signal: ends.signal,
        // A credential goes where it was meant to go, and nowhere else.
        redirect: "manual",
        cache: "no-store",
        credentials: "omit",
      });
      if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400))
        throw new LatchkeyError("The address answers with a redirect. Give the one where Latchkey itself is.");
      return { answer: await readAnswer(response) };
    } catch (error) {
      if (error instanceof LatchkeyError) throw error;
      signal?.throwIfAborted();
      if (ends.signal.aborted) return { lost: new LatchkeyUnreachable("timeout", `${timeout} ms`, this.baseUrl) };
      return { lost: new LatchkeyUnreachable("network", networkCode(error), this.baseUrl) };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
    }
  }
}

const takesToken = ({ as, body = {} }: Call): boolean =>
  as === undefined || (as === "unless-in-body" && Object.values(body).every((value) => value === undefined));

/** Whether the same call may be answered otherwise a little later. */
function isWorthRepeating({ status, headers }: Answer, wasLost: boolean): boolean {
  if (status === 429 || status === 503) return true;
  // What an attempt without an answer did may stand in the way for a moment, and the API then says for how long.
  return status === 409 && wasLost && headers.has("retry-after");
}

/** Milliseconds: what the answer asks for and a little more, or twice as long each time; never the same for all callers. */
function waitBefore(attempt: number, headers: Headers | null): number {
  const asked = headers ? retryAfterSeconds(headers) : null;
  if (asked !== null) return asked * 1000 + Math.random() * 250;
  return Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_OWN_WAIT_MS) * (0.5 + Math.random() / 2);
}

/** Seconds, from either form of the header (RFC 9110, 10.2.3); null where there is none. */
function retryAfterSeconds(headers: Headers): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const content = await response.text();
  if (content === "") return { status, headers, body: undefined };
  try {
    return { status, headers, body: JSON.parse(content) };
  } catch {
    if (status >= 400) return { status, headers, body: undefined };
    throw new LatchkeyError(`The answer (${status}) is not JSON: is this the address of Latchkey?`);
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return orAborted(over, signal).finally(() => clearTimeout(timer));
}

/** The same, unless the signal is aborted before. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** What a runtime calls the failure, such as ECONNREFUSED. Its message is left out: some repeat the headers. */
function networkCode(error: unknown): string {
  const cause = isRecord(error) ? error.cause : undefined;
  const code = (isRecord(cause) && text(cause.code)) || (isRecord(error) && text(error.code));
  return code || "the network or the server is away";
}

/** What a login or a refresh answers, as it is kept. */
export function sessionOf(grant: Grant & { refresh_token: string }): LatchkeySession {
  return {
    accessToken: grant.access_token,
    accessTokenExpiresAt: inSeconds(grant.expires_in),
    refreshToken: grant.refresh_token,
    ...(grant.refresh_expires_in === undefined ? {} : { refreshTokenExpiresAt: inSeconds(grant.refresh_expires_in) }),
  };
}

/** RFC 3339, so many seconds from now. */
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

function originOf(address: string): string {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new LatchkeyError("baseUrl is not an address: give one such as https://tokens.example.com.");
  }
  if (!["http:", "https:"].includes(url.protocol)) throw new LatchkeyError("baseUrl starts with https:// or http://.");
  if (url.username || url.password || url.search || url.hash)
    throw new LatchkeyError("baseUrl is an origin alone: no user, no query, nothing secret.");
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

const CREDENTIALS = ["token", "clientId", "clientSecret", "email", "password", "session"];

/** Refuses here what a runtime would refuse later with the value in its message. */
function checkCredentials(options: LatchkeyOptions): void {
  const { token, clientId, clientSecret, email, password, session } = options;
  const ways = [token, clientId ?? clientSecret, email ?? password ?? session].filter((way) => way !== undefined);
  // One that is named and not there is a mistake, and calls without a credential would only be refused later.
  if (ways.length === 0 && CREDENTIALS.some((name) => name in options))
    throw new LatchkeyError("The credential is undefined: is its variable set? For calls without one, leave it out.");
  if (ways.length > 1) throw new LatchkeyError("Give one credential: a token, a client, or a person's.");
  if ((clientId === undefined) !== (clientSecret === undefined))
    throw new LatchkeyError("A client has two halves: give clientId and clientSecret.");
  if ((email === undefined) !== (password === undefined)) throw new LatchkeyError("Give email and password together.");
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new LatchkeyError("The token is empty, or has a character that no token has, such as a line's end.");
}

/** An id in an address. Any other text there would be another address, which may do something else. */
function part(id: string): string {
  if (!/^(?!self$)[0-9A-Za-z-]{1,64}$/.test(id)) throw new LatchkeyError("This is not an id.");
  return id;
}

/** Values of a list are repeated; what is undefined or null is left out. */
function queryText(query: object | undefined): string {
  const parts = parameters(query ?? {}).toString();
  return parts && `?${parts}`;
}

const formText = (form: object) => parameters(form).toString();

function parameters(values: object): URLSearchParams {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) found.append(name, String(one));
  return found;
}

/** Unlike any other. It is no secret, so it may do without `crypto`, which older runtimes and plain http lack. */
function newKey(): string {
  const bytes = new Uint8Array(16);
  if (globalThis.crypto?.getRandomValues) globalThis.crypto.getRandomValues(bytes);
  else for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(Math.random() * 256);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is read of an answer or an error that may hold anything. */
type Unknown = Partial<
  Record<
    | ("code" | "error" | "errors" | "detail" | "title" | "error_description" | "request_id" | "type" | "error_uri")
    | ("secret" | "cause" | "field"),
    unknown
  >
>;

const isRecord = (value: unknown): value is Unknown => typeof value === "object" && value !== null;
const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** What an answer says of what went wrong. Its detail may be its title in the words of the organization: then once is enough. */
function saidBy({ title, detail, error_description }: Unknown): string | null {
  const [general, own] = [text(title) ?? text(error_description), text(detail)];
  if (general === null || own === null) return own ?? general;
  const words = general.split(" ");
  const isSame = words.filter((word) => own.split(" ").includes(word)).length > words.length / 2;
  return isSame ? own : `${general} ${own}`;
}

function fieldErrors(value: unknown): { field: string; detail: string }[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map(({ field, detail }) => ({ field: text(field) ?? "", detail: text(detail) ?? "" }));
}

// --- Made from the OpenAPI document by `npm run clients`. Changes below this line are lost. ---

/** Every code that the API answers with in this version. */
export type KnownProblemCode =
  | "token_in_query"
  | "two_credentials"
  | "address_not_allowed"
  | "invalid_input"
  | "invalid_json"
  | "invalid_idempotency_key"
  | "incomplete_body"
  | "tokens_disabled"
  | "idempotency_in_progress"
  | "not_an_api_token"
  | "not_by_access_token"
  | "rotated_just_now"
  | "other_secret_waits"
  | "secret_superseded"
  | "already_deleted"
  | "idempotency_key_reused"
  | "no_rotation"
  | "sign_in_failed"
  | "no_organization"
  | "organization_required"
  | "organization_unknown"
  | "scope_exceeds_yours"
  | "scope_too_long"
  | "too_many_attempts"
  | "unavailable"
  | "refresh_token_invalid"
  | "too_many_misses"
  | "too_many_refreshes"
  | "missing_token"
  | "invalid_token"
  | "client_secret_not_accepted"
  | "not_a_login"
  | "invalid_request"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "invalid_scope"
  | "invalid_target"
  | "invalid_client"
  | "temporarily_unavailable"
  | "server_error"
  | "invalid_cursor"
  | "insufficient_scope"
  | "not_an_issuer"
  | "role_exceeds_yours"
  | "token_cannot_mint"
  | "exceeds_this_token"
  | "role_exceeds_account"
  | "account_sees_more"
  | "account_not_yours"
  | "organization_limit_reached"
  | "issuer_limit_reached"
  | "name_taken"
  | "role_required"
  | "role_not_allowed"
  | "role_not_found"
  | "expiry_required"
  | "expiry_not_allowed"
  | "expiry_too_far"
  | "expiry_in_past"
  | "description_too_short"
  | "description_required"
  | "description_not_allowed"
  | "networks_outside_policy"
  | "name_required"
  | "not_found"
  | "not_yours_to_change"
  | "rotation_exceeds_yours"
  | "mirrors_its_issuer"
  | "token_expired"
  | "token_stopped"
  | "extension_exceeds_yours"
  | "extension_not_yours"
  | "expiry_not_its_own"
  | "does_not_expire"
  | "expiry_not_later"
  | "member_outranks_you"
  | "last_administrator"
  | "not_a_service_account"
  | "not_in_hub"
  | "member_not_found"
  | "group_not_found";

export interface AccessToken {
  /** To be sent as Bearer. Its text may change; only its length is bounded, at 4096. */
  access_token: string;
  /** How it is sent: Authorization: Bearer, and the token. */
  token_type: "Bearer";
  /** Seconds: an hour, or less where the client ends before. */
  expires_in: number;
  /** What it may do: permissions with one space between. */
  scope: string;
}

export interface AuditEvent {
  /** Of the event; later ones have larger ids. */
  id: string;
  /** When it happened. */
  at: string;
  /** What was done, such as token.created. New ones may come. */
  action: string;
  /** Who did it, and through what. */
  by: {
    /** token: a member, through it. system: by a rule, or on a mishap. */
    kind: "member" | "token" | "system";
    /** Who did it, or whose token; null for the system, and for somebody whom the token does not see. */
    member: {
      /** Stays when the name changes. */
      id: string;
      /** As people know it now. */
      name: string;
      /** null for a service account. */
      email: string | null;
    } | null;
    /** Through which token it was done; null for whoever needed none, and for one that the reader does not see. */
    token: {
      /** As in the list of tokens. */
      id: string;
      /** What people call it. */
      name: string;
    } | null;
    /** The sign-in to the API through which a member did it; null for the console. */
    login: string | null;
  };
  /** What it was done to. */
  subject: {
    /** What sort of thing it was done to. */
    kind: "token" | "member" | "organization" | "session" | "role" | "group" | "permission" | "policy" | "invitation";
    /** null where it leads nowhere for the reader. */
    id: string | null;
    /** null where it has none, or none for the reader. */
    name: string | null;
  };
  /** Facts of this action: what was before and what is now. */
  details: Record<string, unknown>;
  /** Where the call came from; null for the system, and where that is not known. */
  ip: string | null;
}

export interface CreateTokenBody {
  /**
   * 1 to 200 characters. May be left out where the policy asks for none: clients are called as their description
   * begins.
   */
  name?: string;
  /** Up to 500 characters, where the policy has descriptions. */
  description?: string | null;
  /** A role that allows no more than the issuer may do. Leave it out where tokens mirror their issuer. */
  role_id?: string | null;
  /** RFC 3339. null for never; leave it out where the policy fixes it. */
  expires_at?: string | null;
  /** A service account that the token's issuer answers for. Leave it out to issue the token oneself. */
  issuer_id?: string | null;
  /**
   * From where it may be used: up to 50 addresses and CIDR blocks, IPv4 and IPv6, within those of the policy. Leave
   * it out for wherever the policy allows.
   */
  allowed_networks?: string[];
}

export interface EndedLogin {
  /** Of the login, as in the audit log. */
  id: string;
  /** The same in every such answer. */
  status: "ended";
  /** From when on its refresh token and all its access tokens are refused. */
  ended_at: string;
}

export interface EndedToken {
  /** Of the token; of the access token where one ended itself: its jti. */
  id: string;
  /** The same in every such answer. */
  status: "deleted";
  /** From when on it is refused. */
  deleted_at: string;
}

export interface ExtendTokenBody {
  /** RFC 3339, later than its expiry now. null for never. */
  expires_at: string | null;
}

export interface Group {
  /** Stays when the name changes. */
  id: string;
  /** As people know it now. */
  name: string;
  /** How many are in it. */
  members: number;
  /** Who says who is in it, beside the administrators of the organization; null where the token may read no members. */
  administrators:
    | {
        /** Stays when the name changes. */
        id: string;
        /** As people know it now. */
        name: string;
      }[]
    | null;
  /** When the group was made. */
  created_at: string;
}

export type Introspection =
  | {
      /** Not to be let in; why is not told. */
      active: false;
    }
  | {
      /** It works at this moment. */
      active: true;
      /** The client of an access token; of any other token, its id. */
      client_id: string;
      /** Who issued the token, or signed in. */
      username: string;
      /** The client of a client's access token; otherwise the member on whose behalf it acts. */
      sub: string;
      /** What it may do at this moment, with a space between permissions. */
      scope: string;
      /** How it is sent. */
      token_type: "Bearer";
      /** This server, as in its metadata. */
      iss: string;
      /** Seconds since 1970: when the access token was given, or any other token created. */
      iat: number;
      /** Seconds since 1970: when it ends. Left out where it does not expire. */
      exp?: number;
      /** Of an access token: whom it is for. */
      aud?: string;
      /** Of an access token: its id. */
      jti?: string;
    };

export interface KeySet {
  /** All whose signatures are believed, and the one that signs next. */
  keys: {
    /** A key on an elliptic curve. */
    kty: "EC";
    /** Which curve. */
    crv: "P-256";
    /** One coordinate of its point, in Base64url. */
    x: string;
    /** The other coordinate. */
    y: string;
    /** What the header of an access token names it by: its thumbprint (RFC 7638). */
    kid: string;
    /** For signatures alone. */
    use: "sig";
    /** The one algorithm that it is used with. */
    alg: "ES256";
  }[];
}

export interface LogInBody {
  /** As for the console. */
  email: string;
  /** Sent over HTTPS, and kept nowhere. */
  password: string;
  /**
   * Its short name or its id. Needed by who is an active member of several: organization_required lists them, to the
   * right password alone.
   */
  organization?: string;
  /**
   * Permissions with a space between them, all of them held by the person, for a login that may do less for as long
   * as it lives. Leave it out for whatever the person may do, now and later.
   */
  scope?: string;
}

export interface LogOutBody {
  /** Instead of an access token in the Authorization header; not beside one. */
  refresh_token?: string;
}

export interface LoginTokens {
  /** To send as Bearer with every call. */
  access_token: string;
  /** How it is sent: Authorization: Bearer, and the token. */
  token_type: "Bearer";
  /** Seconds for which the access token serves: an hour, or less at the very end of the login. */
  expires_in: number;
  /** For one use, at /api/v1/auth/refresh. */
  refresh_token: string;
  /** Seconds in which it can be used. */
  refresh_expires_in: number;
  /** Permissions, with a space between them. What the person may do no longer, the token may not either. */
  scope: string;
  /** The one that was signed in to. */
  organization: {
    /** Stays when the name changes. */
    id: string;
    /** Its short name, as the login takes it. */
    slug: string;
    /** As people know it now. */
    name: string;
  };
}

export interface Member {
  /** Of the membership: the same person has another in another organization. */
  id: string;
  /** service: an account for programs, which cannot sign in. */
  kind: "person" | "service";
  /** As people know them. */
  name: string;
  /** null for a service account. */
  email: string | null;
  /** What bounds all that the member and its tokens may do. */
  role: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
  };
  /** Those that the member belongs to. */
  groups: Membership[];
  /** Which of the two the member works in. */
  portal: "console" | "hub";
  /** While a member is deactivated, none of its tokens works. */
  status: "active" | "deactivated";
  /** Who answers for a service account, as far as the token sees them. */
  owner: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
    /** A member, or the administrators of a group. */
    kind: "member" | "group";
  } | null;
  /** When they joined the organization. */
  created_at: string;
  /** null while the member is active. */
  deactivated_at: string | null;
}

export interface Membership {
  /** Stays when the name changes. */
  id: string;
  /** As people know it now. */
  name: string;
  /** Whether the member administers this group. */
  is_administrator: boolean;
}

export interface Organization {
  /** Stays when the name changes. */
  id: string;
  /** As people know it now. */
  name: string;
  /** Its short name, as the login takes it. */
  slug: string;
  /** What its operator agreed with it. */
  plan: "starter" | "pro" | "premium" | "enterprise";
  /** Whether its tokens work; while they are switched off, each is refused. */
  tokens_enabled: boolean;
  /** Whether it works with groups. */
  teams_enabled: boolean;
  /** What the organization calls its groups. */
  group_noun: "group" | "team" | "business_unit" | "visibility_group";
  /** When the organization was made. */
  created_at: string;
}

export interface OwnToken {
  /** Of the token; of the sign-in where a person signed in to the API. */
  id: string;
  /** As in the list of tokens; login where a person signed in to the API. */
  kind: "pat" | "svc" | "cls" | "tmp" | "login";
  /** Of the token; of the client where the call came with its access token. */
  name: string;
  /** What it is for; null where nobody said, and for a sign-in. */
  description: string | null;
  /** null for a sign-in. */
  masked: string | null;
  /** The one that everything the token sees is in. */
  organization: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
    /** Its short name, as in addresses. */
    slug: string;
  };
  /** The member on whose behalf it acts. */
  issued_by: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
    /** null for a service account. */
    email: string | null;
    /** The member's own: what bounds the token beside its role. */
    role: {
      /** Stays when the name changes. */
      id: string;
      /** As people know it now. */
      name: string;
    };
  };
  /** null where the token mirrors its issuer. */
  role: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
  } | null;
  /** What it may do now. */
  permissions: string[];
  /** Those that the member belongs to. */
  groups: Membership[];
  /** When the token was created, the client of an access token, or the sign-in was made. */
  created_at: string;
  /** When what was sent ends: the token, the access token itself, or a secret that was replaced. null for never. */
  expires_at: string | null;
}

export interface OwnTokenAndRotation {
  /** Of the token; of the sign-in where a person signed in to the API. */
  id: string;
  /** As in the list of tokens; login where a person signed in to the API. */
  kind: "pat" | "svc" | "cls" | "tmp" | "login";
  /** Of the token; of the client where the call came with its access token. */
  name: string;
  /** What it is for; null where nobody said, and for a sign-in. */
  description: string | null;
  /** null for a sign-in. */
  masked: string | null;
  /** The one that everything the token sees is in. */
  organization: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
    /** Its short name, as in addresses. */
    slug: string;
  };
  /** The member on whose behalf it acts. */
  issued_by: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
    /** null for a service account. */
    email: string | null;
    /** The member's own: what bounds the token beside its role. */
    role: {
      /** Stays when the name changes. */
      id: string;
      /** As people know it now. */
      name: string;
    };
  };
  /** null where the token mirrors its issuer. */
  role: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
  } | null;
  /** What it may do now. */
  permissions: string[];
  /** Those that the member belongs to. */
  groups: Membership[];
  /** When the token was created, the client of an access token, or the sign-in was made. */
  created_at: string;
  /** When what was sent ends: the token, the access token itself, or a secret that was replaced. null for never. */
  expires_at: string | null;
  /** Where it has a second secret. */
  rotation: Rotation | null;
}

export interface OwnTokenWithSecret {
  /** Of the token; of the sign-in where a person signed in to the API. */
  id: string;
  /** As in the list of tokens; login where a person signed in to the API. */
  kind: "pat" | "svc" | "cls" | "tmp" | "login";
  /** Of the token; of the client where the call came with its access token. */
  name: string;
  /** What it is for; null where nobody said, and for a sign-in. */
  description: string | null;
  /** null for a sign-in. */
  masked: string | null;
  /** The one that everything the token sees is in. */
  organization: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
    /** Its short name, as in addresses. */
    slug: string;
  };
  /** The member on whose behalf it acts. */
  issued_by: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
    /** null for a service account. */
    email: string | null;
    /** The member's own: what bounds the token beside its role. */
    role: {
      /** Stays when the name changes. */
      id: string;
      /** As people know it now. */
      name: string;
    };
  };
  /** null where the token mirrors its issuer. */
  role: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
  } | null;
  /** What it may do now. */
  permissions: string[];
  /** Those that the member belongs to. */
  groups: Membership[];
  /** When the token was created, the client of an access token, or the sign-in was made. */
  created_at: string;
  /** When what was sent ends: the token, the access token itself, or a secret that was replaced. null for never. */
  expires_at: string | null;
  /** Where it has a second secret. */
  rotation: Rotation | null;
  /** The whole token. No other answer ever holds it, the same one replayed for an Idempotency-Key neither. */
  secret?: string;
  /** Of a replayed answer, in place of the secret: that it was shown before. */
  secret_notice?: string;
}

export interface Receipt {
  /** The token that was asked about. */
  token_id: string;
  /** null for a token that was not deleted. */
  deleted_at: string | null;
  /** Of the deletion in the revocation feed. */
  position: number | null;
  /** null while an instance has not said so. */
  refused_everywhere_after_ms: number | null;
  /** Those that served when the token was deleted. */
  instances: {
    /** Of one process, for as long as it lives. */
    id: string;
    /** The machine that it runs on. */
    host: string;
    /** app: console and API. gate: what proxies ask. */
    server: "app" | "gate";
    /**
     * confirmed: refuses the token. stopped: serves no more. waiting: lives and has not said so yet. silent: was not
     * heard of lately.
     */
    state: "confirmed" | "stopped" | "waiting" | "silent";
    /** Milliseconds from the deletion to the confirmation; null without one. */
    after_ms: number | null;
    /** Since when it is stopped, waiting or silent; null where it confirmed. */
    since: string | null;
  }[];
}

export interface RefreshLoginBody {
  /** The newest one of the login. */
  refresh_token: string;
}

export type Revoked = Record<string, unknown>;

export interface Role {
  /** Stays when the name changes. */
  id: string;
  /** As people know it now. */
  name: string;
  /** null for a role of the organization's own. */
  built_in: "administrator" | "engineer" | "user" | "viewer" | null;
  /** What it allows, by name and in their order. */
  permissions: string[];
  /** When the role was made. */
  created_at: string;
}

export interface RotateOwnTokenBody {
  /** 0 to 7; 1 where it is left out. The body may be left out too. */
  overlap_days?: number;
}

export interface RotateTokenBody {
  /** 0 to 7; 1 where it is left out. The body may be left out too. */
  overlap_days?: number;
}

export interface Rotation {
  /** Since when a new secret waits for its first use. */
  waiting_since: string | null;
  /** When the secret before this one ends. */
  previous_ends_at: string | null;
}

export interface ServerMetadata {
  /** This server, as iss of every access token names it. */
  issuer: string;
  /** Where a client exchanges its ID and secret for an access token. */
  token_endpoint: string;
  /** Where a client asks what a token is. */
  introspection_endpoint: string;
  /** Where a token is taken back. */
  revocation_endpoint: string;
  /** The public halves of the signing keys. */
  jwks_uri: string;
  /** Exchanging client credentials alone. */
  grant_types_supported: "client_credentials"[];
  /** None: there is no authorization endpoint. */
  response_types_supported: unknown[];
  /** An organization may have further ones of its own. */
  scopes_supported: string[];
  /** How a client shows its secret: as Basic or in the form. */
  token_endpoint_auth_methods_supported: ("client_secret_basic" | "client_secret_post")[];
  /** The same there. */
  introspection_endpoint_auth_methods_supported: ("client_secret_basic" | "client_secret_post")[];
  /** The same there, where a client has to show itself. */
  revocation_endpoint_auth_methods_supported: ("client_secret_basic" | "client_secret_post")[];
  /** Where people read about the API. */
  service_documentation: string;
}

export interface Token {
  /** Stays through every rotation; of a client it is the client ID. */
  id: string;
  /** pat: of a person. svc: of a service account. cls: a client. tmp: for a short time. */
  kind: "pat" | "svc" | "cls" | "tmp";
  /** What people call it. */
  name: string;
  /** What it is for; null where nobody said. */
  description: string | null;
  /** Its beginning, to know it again by. */
  masked: string;
  /** Whether it is over, and how. One whose issuer is deactivated is active, and refused. */
  status: "active" | "expired" | "deleted";
  /** The member on whose behalf it acts. */
  issued_by: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
    /** null for a service account. */
    email: string | null;
  };
  /** null where the token mirrors its issuer. */
  role: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
  } | null;
  /** What it may do now; empty once it is over. */
  permissions: string[];
  /** In what it differs from what the policy would allow now. */
  outside_policy: (
    | "credential"
    | "role_missing"
    | "role_kept"
    | "expiry_missing"
    | "expiry_too_far"
    | "description_missing"
    | "description_short"
    | "issuer_not_allowed"
  )[];
  /** Empty for wherever the policy allows. */
  allowed_networks: string[];
  /** Where it has a second secret. */
  rotation: Rotation | null;
  /** When the token was created; a rotation leaves it as it is. */
  created_at: string;
  /** From when on it is refused; null where it never expires. */
  expires_at: string | null;
  /** May lag a minute behind in a list. */
  last_used_at: string | null;
  /** Where that use came from; null where that is not known, or it was never used. */
  last_used_ip: string | null;
  /** When the policy deletes it, unless it is used before. */
  deletion_at: string | null;
  /** null while it is not deleted. */
  deleted_at: string | null;
}

export interface TokenWithSecret {
  /** Stays through every rotation; of a client it is the client ID. */
  id: string;
  /** pat: of a person. svc: of a service account. cls: a client. tmp: for a short time. */
  kind: "pat" | "svc" | "cls" | "tmp";
  /** What people call it. */
  name: string;
  /** What it is for; null where nobody said. */
  description: string | null;
  /** Its beginning, to know it again by. */
  masked: string;
  /** Whether it is over, and how. One whose issuer is deactivated is active, and refused. */
  status: "active" | "expired" | "deleted";
  /** The member on whose behalf it acts. */
  issued_by: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
    /** null for a service account. */
    email: string | null;
  };
  /** null where the token mirrors its issuer. */
  role: {
    /** Stays when the name changes. */
    id: string;
    /** As people know it now. */
    name: string;
  } | null;
  /** What it may do now; empty once it is over. */
  permissions: string[];
  /** In what it differs from what the policy would allow now. */
  outside_policy: (
    | "credential"
    | "role_missing"
    | "role_kept"
    | "expiry_missing"
    | "expiry_too_far"
    | "description_missing"
    | "description_short"
    | "issuer_not_allowed"
  )[];
  /** Empty for wherever the policy allows. */
  allowed_networks: string[];
  /** Where it has a second secret. */
  rotation: Rotation | null;
  /** When the token was created; a rotation leaves it as it is. */
  created_at: string;
  /** From when on it is refused; null where it never expires. */
  expires_at: string | null;
  /** May lag a minute behind in a list. */
  last_used_at: string | null;
  /** Where that use came from; null where that is not known, or it was never used. */
  last_used_ip: string | null;
  /** When the policy deletes it, unless it is used before. */
  deletion_at: string | null;
  /** null while it is not deleted. */
  deleted_at: string | null;
  /** The whole token. No other answer ever holds it, the same one replayed for an Idempotency-Key neither. */
  secret?: string;
  /** Of a replayed answer, in place of the secret: that it was shown before. */
  secret_notice?: string;
}

export interface UpdateMemberBody {
  /** Which role the member is to have. */
  role_id?: string;
  /** Where a person signs in: the console, or the hub, where nobody administers anything. */
  portal?: "console" | "hub";
  /** All groups that the member is to be in, of those that the issuer manages; the others stay. */
  group_ids?: string[];
  /** Who answers for a service account: a member, or the administrators of a group. */
  owner?: {
    /** A member, or the administrators of a group. */
    kind: "member" | "group";
    /** Of that member or group. */
    id: string;
  };
  /** deactivated shuts the member and its tokens out; active lets both in again. */
  status?: "active" | "deactivated";
}

export interface UpdateTokenBody {
  /** 1 to 200 characters. */
  name?: string;
  /** Up to 500 characters; null takes it away. */
  description?: string | null;
  /** The whole list, as when creating; empty takes the token's own away. */
  allowed_networks?: string[];
}

export interface ExchangeClientCredentialsForm {
  /** client_credentials */
  grant_type: "client_credentials";
  /** Takes away of what the client may do: permissions with one space between. All of it where it is left out. */
  scope?: string;
  /**
   * The API that it is for (RFC 8707): this one, or one of the setting ACCESS_TOKEN_AUDIENCES. This one where it is
   * left out.
   */
  resource?: string;
}

export interface IntrospectTokenForm {
  /** The token in question. */
  token: string;
  /** access_token or refresh_token. Passed over: what a token is its form tells. */
  token_type_hint?: string;
}

export interface RevokeTokenForm {
  /** The token to take back. */
  token: string;
  /** access_token or refresh_token. Passed over: what a token is its form tells. */
  token_type_hint?: string;
}

export interface ListTokensQuery {
  /** A part of the name, or the start of the id. */
  q?: string;
  /** Ids of members. Repeatable. */
  issued_by?: string[];
  /** Ids of roles; none for tokens that mirror their issuer. Repeatable. */
  role?: (string | "none")[];
  /** Repeatable. */
  status?: ("active" | "expired" | "deleted")[];
  /** Within that time; longer ago than 90 days; or never. */
  last_used?: "24h" | "7d" | "30d" | "90d" | "over_90d" | "never";
  /**
   * Active tokens that expire within seven days; or those of them that the issuer of the calling token has not
   * acknowledged in the console.
   */
  expires?: "soon" | "unacknowledged";
  /** Active tokens that the policy of now would allow, or would not. */
  policy?: "within" | "outside";
  /** A minus sign turns the order round. */
  sort?:
    | "created_at"
    | "-created_at"
    | "name"
    | "-name"
    | "last_used_at"
    | "-last_used_at"
    | "expires_at"
    | "-expires_at";
  /** How many at most. 50 where it is left out. */
  limit?: number;
  /** next_cursor of the page before. */
  cursor?: string;
}

export interface ListMembersQuery {
  /** How many at most. 50 where it is left out. */
  limit?: number;
  /** next_cursor of the page before. */
  cursor?: string;
}

export interface ListGroupsQuery {
  /** How many at most. 50 where it is left out. */
  limit?: number;
  /** next_cursor of the page before. */
  cursor?: string;
}

export interface ListRolesQuery {
  /** How many at most. 50 where it is left out. */
  limit?: number;
  /** next_cursor of the page before. */
  cursor?: string;
}

export interface ListAuditEventsQuery {
  /** How many at most. 50 where it is left out. */
  limit?: number;
  /** next_cursor of the page before. */
  cursor?: string;
  /** What it is about: tokens, members, groups, roles, settings or sessions. */
  kind?: ("tokens" | "members" | "groups" | "roles" | "settings" | "sessions")[];
  /**
   * The id of an event: only those that came after it. Of events that are written at the same moment one may come
   * with the smaller id and a little later, so ask from one that is a minute old, and leave out those that you know.
   */
  after?: string;
  /** The id of a member: what they did, also through their tokens. */
  by?: string[];
}

export interface GetDescriptionAnswer {
  /** The version of OpenAPI. */
  openapi: string;
  /** Every address with its operations. */
  paths: Record<string, unknown>;
}

export interface IsAliveAnswer {
  /** Nothing else is said here. */
  status: "ok";
}

export interface IsReadyAnswer {
  /** Nothing else is said with 200. */
  status: "ready";
}

class SelfCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Rotate this token.
   *
   * Answers with a new secret, this once. Nothing else changes: this one works until the new one is first used,
   * and then for the days of the overlap. An answer that was lost is made good by asking again: what it had
   * asked for itself and not used yet is replaced. Where somebody else asked, the answer is other_secret_waits.
   * Within five seconds of another rotation, or of the first use of one, it is rotated_just_now, and Retry-After
   * says when to come again. A new secret waits for its first use for 30 days. The first use of a new secret
   * also ends one whose overlap still runs. A secret that was replaced and has ended is no valid token;
   * presented here it deletes the token, and its issuer and the administrators are told. By an access token no
   * client gets a new secret (not_by_access_token): whoever has one need not have the secret.
   *
   * Every valid token may.
   */
  rotate(body: RotateOwnTokenBody = {}, options: CallOptions = {}): Promise<WithSecret<OwnTokenWithSecret>> {
    return this.#transport.send<WithSecret<OwnTokenWithSecret>>(
      { method: "POST", path: "/api/v1/tokens/self/rotate", body, secret: true },
      options,
    );
  }

  /**
   * Cancel this token's rotation.
   *
   * Takes back the secret that the token got itself and that waits: it never works. One that was used already
   * stays, and so does one that somebody else asked for.
   *
   * Every valid token may.
   */
  cancelRotation(options: CallOptions = {}): Promise<OwnTokenAndRotation> {
    return this.#transport.send<OwnTokenAndRotation>(
      { method: "DELETE", path: "/api/v1/tokens/self/rotation" },
      options,
    );
  }

  /**
   * End this token.
   *
   * Deletes the token that the request carries, for good: its next call is refused. Use it where a token may
   * have leaked. Of an access token it ends that one alone, as POST /oauth/revoke does; its client works on.
   *
   * Every valid token may.
   */
  delete(options: CallOptions = {}): Promise<EndedToken> {
    return this.#transport.send<EndedToken>({ method: "DELETE", path: "/api/v1/tokens/self" }, options);
  }
}

class AuthCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Sign in.
   *
   * Answers with an access token for an hour and a refresh token for 24 hours, this once. It is limited as
   * signing in to the console is: ten failures for one account from one address in 15 minutes, then
   * too_many_attempts. A wrong password and an unknown account are one answer, sign_in_failed. The login is an
   * event, as is a right password that led to none; it stands among the sessions in the profile, and ends there
   * too. A person has 50 of them in an organization at most; one more ends the oldest.
   */
  login(body: LogInBody, options: CallOptions = {}): Promise<LoginTokens> {
    return this.#transport.send<LoginTokens>(
      { method: "POST", path: "/api/v1/auth/login", body, as: "nobody", repeat: "never" },
      options,
    );
  }

  /**
   * Refresh.
   *
   * Exchanges a refresh token for the next pair, this once, and the login lives on for 24 hours, up to 30 days
   * in all. What the new access token may do is what the person may at that moment. A refresh token that comes a
   * second time is in two hands: the whole login ends, its access tokens with it, and the audit log says so.
   * Keep the new one before anything else, and let one process alone refresh. Unknown, over, used and ended are
   * one answer, refresh_token_invalid. A login that was refreshed 100 times within 24 hours waits, and its
   * refresh token stays good: too_many_refreshes.
   */
  refresh(body: RefreshLoginBody, options: CallOptions = {}): Promise<LoginTokens> {
    return this.#transport.send<LoginTokens>(
      { method: "POST", path: "/api/v1/auth/refresh", body, as: "nobody", repeat: "never" },
      options,
    );
  }

  /**
   * Sign out.
   *
   * Ends the login with all of its tokens: the one whose access token the request carries as Bearer, or the one
   * of the refresh token in the body. By the time of the answer their next call is refused.
   *
   * Sends the credential that other calls are made with, unless the body has one.
   */
  logout(body: LogOutBody = {}, options: CallOptions = {}): Promise<EndedLogin> {
    return this.#transport.send<EndedLogin>(
      { method: "POST", path: "/api/v1/auth/logout", body, as: "unless-in-body" },
      options,
    );
  }
}

class OauthCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Get an access token.
   *
   * The client credentials grant (RFC 6749, 4.4). The client shows its ID and secret as Basic or in the form,
   * and never both. The access token is a JWT (RFC 9068), signed with a key of /.well-known/jwks.json. Here it
   * is checked at every call as any token is: whatever is taken from the client is taken from it at once. Each
   * exchange is a use of the client and counts as a call of it.
   *
   * Sends `clientId` and `clientSecret`, where the client was made with them.
   */
  token(form: ExchangeClientCredentialsForm, options: CallOptions = {}): Promise<AccessToken> {
    return this.#transport.send<AccessToken>(
      { method: "POST", path: "/api/v1/oauth/token", form, as: "client" },
      options,
    );
  }

  /**
   * Introspect a token.
   *
   * What a token is and may do at this moment (RFC 7662). A client hears of its own access tokens always, and of
   * other tokens of its organization where it has tokens:read and sees them. Everything else, refresh tokens and
   * client secrets among it, is not active, whatever the reason. An answer that is active counts as a use of the
   * token, or of the client whose access token it is.
   *
   * Sends `clientId` and `clientSecret`, where the client was made with them.
   */
  introspect(form: IntrospectTokenForm, options: CallOptions = {}): Promise<Introspection> {
    return this.#transport.send<Introspection>(
      { method: "POST", path: "/api/v1/oauth/introspect", form, as: "client" },
      options,
    );
  }

  /**
   * Revoke a token.
   *
   * Takes a token back (RFC 7009): by the time of the answer its next call here is refused, and whoever verifies
   * access tokens by their signature alone goes on until they expire. A client takes back its own access tokens,
   * and itself by its own secret. A refresh token, an access token of a login or a token of another kind is
   * taken back without a client, by whoever holds it; a refresh token ends its login. The answer is 200 also
   * where nothing was taken back: what is unknown, over or somebody else's is not told apart.
   *
   * Sends `clientId` and `clientSecret`, where the client was made with them.
   */
  revoke(form: RevokeTokenForm, options: CallOptions = {}): Promise<Revoked> {
    return this.#transport.send<Revoked>({ method: "POST", path: "/api/v1/oauth/revoke", form, as: "client" }, options);
  }
}

class DiscoveryCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Discover the endpoints.
   *
   * Authorization server metadata (RFC 8414): OAuth libraries need this address alone.
   */
  authorizationServer(options: CallOptions = {}): Promise<ServerMetadata> {
    return this.#transport.send<ServerMetadata>(
      { method: "GET", path: "/.well-known/oauth-authorization-server", as: "nobody" },
      options,
    );
  }

  /**
   * Read the signing keys.
   *
   * The public keys that access tokens are signed with (RFC 7517), for APIs that check them by themselves. A key
   * stands here for a day before it signs, and until all that it signed is over. Whoever checks without asking
   * here hears of a revocation when the access token expires, and no sooner.
   */
  keys(options: CallOptions = {}): Promise<KeySet> {
    return this.#transport.send<KeySet>({ method: "GET", path: "/.well-known/jwks.json", as: "nobody" }, options);
  }

  /**
   * Read the OpenAPI document.
   *
   * This API as OpenAPI 3.1 has it, made of the very schemas that it reads and answers by.
   */
  openapi(options: CallOptions = {}): Promise<GetDescriptionAnswer> {
    return this.#transport.send<GetDescriptionAnswer>(
      { method: "GET", path: "/api/v1/openapi.json", as: "nobody" },
      options,
    );
  }
}

class TokensCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List tokens.
   *
   * Newest first, with the filters of the table in the console. Filters that take several values are repeated.
   * last_used_at may lag a minute behind here.
   *
   * Needs the permission `tokens:read`.
   */
  list(query: ListTokensQuery = {}, options: CallOptions = {}): Pages<Token> {
    return this.#transport.list<Token>({ method: "GET", path: "/api/v1/tokens", query }, options);
  }

  /**
   * Create a token.
   *
   * Answers with the whole token as secret, this once. Only where the organization's policy lets tokens create
   * tokens; otherwise the answer is token_cannot_mint, and people create them in the console.
   *
   * Needs the permission `tokens:create`.
   */
  create(body: CreateTokenBody, options: KeyedCallOptions = {}): Promise<WithSecret<TokenWithSecret>> {
    return this.#transport.send<WithSecret<TokenWithSecret>>(
      { method: "POST", path: "/api/v1/tokens", body, repeat: "key", secret: true },
      options,
    );
  }

  /**
   * Read a token.
   *
   * A token that one does not see is not found, whether it exists or not. deletion_at is when a token that
   * nobody uses is deleted by the policy, unless it is used before; null where that is not so.
   *
   * Needs the permission `tokens:read`.
   */
  get(id: string, options: CallOptions = {}): Promise<Token> {
    return this.#transport.send<Token>({ method: "GET", path: `/api/v1/tokens/${part(id)}` }, options);
  }

  /**
   * Change a token.
   *
   * Its name, its description and from where it may be used. Its role stays as it was made. A token changes none
   * that may do more than itself.
   *
   * Needs the permission `tokens:manage`.
   */
  update(id: string, body: UpdateTokenBody, options: CallOptions = {}): Promise<Token> {
    return this.#transport.send<Token>({ method: "PATCH", path: `/api/v1/tokens/${part(id)}`, body }, options);
  }

  /**
   * Delete a token.
   *
   * For good. By the time of the answer, its next call is refused. A token ends none that may do more than
   * itself, and always itself.
   *
   * Needs the permission `tokens:manage`.
   */
  delete(id: string, options: CallOptions = {}): Promise<Token> {
    return this.#transport.send<Token>({ method: "DELETE", path: `/api/v1/tokens/${part(id)}` }, options);
  }

  /**
   * Rotate a token.
   *
   * Answers with a new secret for the same token, this once. The old one works until the new one is first used,
   * and then for the days of the overlap. Where the calling token may create tokens, the expiry moves as well at
   * that first use, but for its own: as far ahead as it was, or as the policy fixes it. A token rotates none
   * that may do or see more than itself, and of others' tokens that mirror their issuer only one of an
   * administrator rotates any. The new secret waits for 30 days, and no longer than whoever asked for it might
   * ask again. The issuer is told.
   *
   * Needs the permission `tokens:manage`.
   */
  rotate(id: string, body: RotateTokenBody = {}, options: CallOptions = {}): Promise<WithSecret<TokenWithSecret>> {
    return this.#transport.send<WithSecret<TokenWithSecret>>(
      { method: "POST", path: `/api/v1/tokens/${part(id)}/rotate`, body, secret: true },
      options,
    );
  }

  /**
   * Cancel a rotation.
   *
   * Takes back the secret that waits: it never works. One that was used already stays.
   *
   * Needs the permission `tokens:manage`.
   */
  cancelRotation(id: string, options: CallOptions = {}): Promise<Token> {
    return this.#transport.send<Token>({ method: "DELETE", path: `/api/v1/tokens/${part(id)}/rotation` }, options);
  }

  /**
   * Extend a token.
   *
   * Lets it live longer, as far as the policy would let one created now. Only where the organization's policy
   * lets tokens create tokens, and never the calling token itself. The issuer is told.
   *
   * Needs the permission `tokens:manage`.
   */
  extend(id: string, body: ExtendTokenBody, options: KeyedCallOptions = {}): Promise<Token> {
    return this.#transport.send<Token>(
      { method: "POST", path: `/api/v1/tokens/${part(id)}/extend`, body, repeat: "key" },
      options,
    );
  }

  /**
   * Read the receipt of a deletion.
   *
   * Which of the serving instances refuse the token, and after how many milliseconds;
   * refused_everywhere_after_ms once all do. The server of an instance is app, with console and API, or gate.
   * Kept for a day. Without a position for a token that was not deleted.
   *
   * Needs the permission `tokens:read`.
   */
  receipt(id: string, options: CallOptions = {}): Promise<Receipt> {
    return this.#transport.send<Receipt>({ method: "GET", path: `/api/v1/tokens/${part(id)}/receipt` }, options);
  }
}

class MembersCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List members.
   *
   * In the order in which they joined.
   *
   * Needs the permission `members:read`.
   */
  list(query: ListMembersQuery = {}, options: CallOptions = {}): Pages<Member> {
    return this.#transport.list<Member>({ method: "GET", path: "/api/v1/members", query }, options);
  }

  /**
   * Read a member.
   *
   * With role, groups, status and, for a service account, who answers for it.
   *
   * Needs the permission `members:read`.
   */
  get(id: string, options: CallOptions = {}): Promise<Member> {
    return this.#transport.send<Member>({ method: "GET", path: `/api/v1/members/${part(id)}` }, options);
  }

  /**
   * Change a member.
   *
   * Gives another role, portal or owner, changes the groups, or deactivates and reactivates: all of it or
   * nothing. What is left out stays. It bears on the member's next request and on the next call of its tokens. A
   * token changes nobody who may do more than the token itself, gives no role that allows more, and leaves the
   * organization its last administrator.
   *
   * Needs the permission `members:write`.
   */
  update(id: string, body: UpdateMemberBody, options: CallOptions = {}): Promise<Member> {
    return this.#transport.send<Member>({ method: "PATCH", path: `/api/v1/members/${part(id)}`, body }, options);
  }
}

class GroupsCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List groups.
   *
   * In the order in which they were made: all of them, or the issuer's own where groups bound what it sees.
   *
   * Needs the permission `groups:read`.
   */
  list(query: ListGroupsQuery = {}, options: CallOptions = {}): Pages<Group> {
    return this.#transport.list<Group>({ method: "GET", path: "/api/v1/groups", query }, options);
  }

  /**
   * Read a group.
   *
   * How many are in it, and who administers it. The list of members says who is in which group.
   *
   * Needs the permission `groups:read`.
   */
  get(id: string, options: CallOptions = {}): Promise<Group> {
    return this.#transport.send<Group>({ method: "GET", path: `/api/v1/groups/${part(id)}` }, options);
  }
}

class RolesCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List roles.
   *
   * The four built-in ones and the organization's own.
   *
   * Needs the permission `roles:read`.
   */
  list(query: ListRolesQuery = {}, options: CallOptions = {}): Pages<Role> {
    return this.#transport.list<Role>({ method: "GET", path: "/api/v1/roles", query }, options);
  }
}

class OrganizationCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Read the organization.
   *
   * Its name, plan and what is switched on.
   *
   * Needs the permission `organization:read`.
   */
  get(options: CallOptions = {}): Promise<Organization> {
    return this.#transport.send<Organization>({ method: "GET", path: "/api/v1/organization" }, options);
  }
}

class AuditEventsCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List events.
   *
   * Newest first, with the filters of the page in the console. Filters that take several values are repeated.
   * Where groups bound what the issuer sees, these are the events of its groups, without facts about anybody
   * else.
   *
   * Needs the permission `audit:read`.
   */
  list(query: ListAuditEventsQuery = {}, options: CallOptions = {}): Pages<AuditEvent> {
    return this.#transport.list<AuditEvent>({ method: "GET", path: "/api/v1/audit-events", query }, options);
  }
}

class HealthCalls {
  #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Alive.
   *
   * The process answers. It does not ask the database.
   */
  alive(options: CallOptions = {}): Promise<IsAliveAnswer> {
    return this.#transport.send<IsAliveAnswer>({ method: "GET", path: "/healthz", as: "nobody" }, options);
  }

  /**
   * Ready.
   *
   * The database answers and has this version's schema; otherwise 503.
   */
  ready(options: CallOptions = {}): Promise<IsReadyAnswer> {
    return this.#transport.send<IsReadyAnswer>({ method: "GET", path: "/readyz", as: "nobody" }, options);
  }
}

/**
 * The API of one Latchkey, as one caller. Calls that were not answered are tried again where that does no harm: on 429
 * and 503, as the answer asks, and where the network fails.
 *
 * Throws LatchkeyProblem where the API says no, and LatchkeyUnreachable where it says nothing.
 */
export class Latchkey {
  readonly #transport: Transport;
  /** The token that the client calls with. */
  readonly self: SelfCalls;
  /** Signing in as a person. A client that was made with email and password does all of it by itself. */
  readonly auth: AuthCalls;
  /** OAuth 2.0. A client that was made with clientId and clientSecret exchanges them by itself. */
  readonly oauth: OauthCalls;
  /** What the server tells everybody of itself: addresses, keys, this API. */
  readonly discovery: DiscoveryCalls;
  /** The tokens that the caller sees. */
  readonly tokens: TokensCalls;
  /** The people and service accounts of the organization. */
  readonly members: MembersCalls;
  /** The groups of the organization that the caller sees. */
  readonly groups: GroupsCalls;
  /** Named sets of permissions. */
  readonly roles: RolesCalls;
  /** The organization that the caller belongs to. */
  readonly organization: OrganizationCalls;
  /** What happened, newest first. */
  readonly auditEvents: AuditEventsCalls;
  /** Whether the server lives and can work. No credential. */
  readonly health: HealthCalls;

  constructor(options: LatchkeyOptions) {
    this.#transport = new Transport(options);
    this.self = new SelfCalls(this.#transport);
    this.auth = new AuthCalls(this.#transport);
    this.oauth = new OauthCalls(this.#transport);
    this.discovery = new DiscoveryCalls(this.#transport);
    this.tokens = new TokensCalls(this.#transport);
    this.members = new MembersCalls(this.#transport);
    this.groups = new GroupsCalls(this.#transport);
    this.roles = new RolesCalls(this.#transport);
    this.organization = new OrganizationCalls(this.#transport);
    this.auditEvents = new AuditEventsCalls(this.#transport);
    this.health = new HealthCalls(this.#transport);
  }

  /** The login as it is now, to be kept for the next run; undefined where no person signed in. */
  get session(): LatchkeySession | undefined {
    return this.#transport.session;
  }

  /** Where it calls: all that a print of it shows. */
  get baseUrl(): string {
    return this.#transport.baseUrl;
  }

  /**
   * Who am I.
   *
   * The organization, issuer, role and groups behind the token, what it may do at this moment, and when it
   * expires.
   *
   * Every valid token may.
   */
  me(options: CallOptions = {}): Promise<OwnToken> {
    return this.#transport.send<OwnToken>({ method: "GET", path: "/api/v1/me" }, options);
  }

  /** Without credentials. */
  toJSON(): { baseUrl: string } {
    return { baseUrl: this.baseUrl };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Latchkey { baseUrl: "${this.baseUrl}" }`;
  }
}
