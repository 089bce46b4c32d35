#!/usr/bin/env node
// Latchkey on the command line, whole in this one file: copy it. It needs Node.js 20.19 or newer and nothing else.
// Made from clients/cli by `npm run clients`: changes are made there.

// clients/typescript/latchkey.ts
var LatchkeyError = class extends Error {
  name = "LatchkeyError";
};
var LatchkeyProblem = class extends LatchkeyError {
  name = "LatchkeyProblem";
  /** What programs compare. Unknown to this version of the client only where the server is newer. */
  code;
  /** What went wrong, for people. */
  sentence;
  /** Of the answer, as in HTTP. */
  status;
  /** By which the log of the server and *Explain a refused call* find the call. */
  requestId;
  /** What is wrong with which field of the input. */
  errors;
  /** Seconds after which it is worth trying again; null where the answer does not say. */
  retryAfter;
  /** A page that says what happened and how it is mended. */
  type;
  constructor(answer) {
    const body = isRecord(answer.body) ? answer.body : {};
    const code = text(body.code) ?? text(body.error) ?? "unexpected_answer";
    const errors = fieldErrors(body.errors);
    const sentence = saidBy(body) ?? "That is no answer of the API.";
    const others = errors.filter(({ detail }) => detail !== sentence).map(({ field, detail }) => ` ${field}: ${detail}`);
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
  get fields() {
    return Object.fromEntries([...this.errors].reverse().map(({ field, detail }) => [field, detail]));
  }
  /** Whether it is this problem: `problem.is("name_taken")`, which the compiler knows the codes of. */
  is(...codes) {
    return codes.includes(this.code);
  }
};
var LatchkeyUnreachable = class extends LatchkeyError {
  name = "LatchkeyUnreachable";
  reason;
  constructor(reason, detail, host) {
    super(reason === "timeout" ? `No answer from ${host} within ${detail}.` : `No answer from ${host}: ${detail}.`);
    this.reason = reason;
  }
};
var LatchkeySecretLost = class extends LatchkeyError {
  name = "LatchkeySecretLost";
  made;
  constructor(made) {
    super("It was made, but the answer with its secret was lost. Rotate it for a new secret, or delete it.");
    this.made = made;
  }
};
var ENDS = { token: "/api/v1/oauth/token", login: "/api/v1/auth/login", refresh: "/api/v1/auth/refresh" };
var DEFAULTS = { timeout: 3e4, retries: 3, longestWait: 6e4 };
var FIRST_WAIT_MS = 500;
var LONGEST_OWN_WAIT_MS = 8e3;
var RENEW_BEFORE_MS = 6e4;
var LOST_BEHIND_A_PROXY = [502, 504];
var Transport = class {
  baseUrl;
  #options;
  #fetch;
  #session;
  #access;
  #exchange;
  constructor(options) {
    this.baseUrl = originOf(options.baseUrl);
    checkCredentials(options);
    this.#options = options;
    const given = options.fetch;
    this.#fetch = given ? (...asked) => given(...asked) : (...asked) => fetch(...asked);
    this.#session = options.session;
    if (options.session) {
      const { accessToken, accessTokenExpiresAt } = options.session;
      this.#access = { token: accessToken, renewAt: Date.parse(accessTokenExpiresAt) - RENEW_BEFORE_MS };
    }
  }
  /** What an operation answers; throws what went wrong. */
  async send(call, options = {}) {
    const access = takesToken(call) ? await this.#bearer(options.signal) : void 0;
    const key = call.repeat === "key" ? options.idempotencyKey ?? newKey() : void 0;
    let answer = await this.#persist(call, this.#headers(call, access?.token, key), options);
    if (answer.status === 401 && access && this.#renews() && !call.as) {
      if (this.#access === access) this.#access = void 0;
      const renewed = await this.#bearer(options.signal);
      answer = await this.#persist(call, this.#headers(call, renewed?.token, key), options);
    }
    if (answer.status >= 400) throw new LatchkeyProblem(answer);
    if (call.secret && !(isRecord(answer.body) && typeof answer.body.secret === "string"))
      throw new LatchkeySecretLost(answer.body);
    return answer.body;
  }
  /** A list, as a page and as everything that it has. */
  list(call, options = {}) {
    const page = (cursor) => this.send(cursor === void 0 ? call : { ...call, query: { ...call.query, cursor } }, options);
    const first = page();
    return Object.assign(first, {
      async *[Symbol.asyncIterator]() {
        for (let current = await first; ; current = await page(current.next_cursor)) {
          yield* current.data;
          if (current.next_cursor === null) return;
        }
      }
    });
  }
  /** The session as it is now, of a client that a person signed in with. */
  get session() {
    return this.#session;
  }
  #renews() {
    return this.#options.token === void 0;
  }
  /** The access token to call with; one exchange for all who ask meanwhile. Undefined where nobody calls. */
  async #bearer(signal) {
    const { token, clientId, email } = this.#options;
    if (token !== void 0) return { token, renewAt: Number.POSITIVE_INFINITY };
    if (clientId === void 0 && email === void 0 && !this.#session) return void 0;
    if (this.#access && Date.now() < this.#access.renewAt) return this.#access;
    this.#exchange ??= this.#obtain().finally(() => {
      this.#exchange = void 0;
    });
    return orAborted(this.#exchange, signal);
  }
  async #obtain() {
    const { clientId, scope, resource, email, password, organization } = this.#options;
    if (clientId !== void 0) {
      const form = { grant_type: "client_credentials", scope: scope?.join(" "), resource };
      return this.#keep(await this.send({ method: "POST", path: ENDS.token, form, as: "client" }));
    }
    if (this.#session) {
      const body2 = { refresh_token: this.#session.refreshToken };
      const call = { method: "POST", path: ENDS.refresh, body: body2, as: "nobody", repeat: "never" };
      try {
        return await this.#keep(await this.send(call));
      } catch (error) {
        const isOver2 = error instanceof LatchkeyProblem && [400, 401].includes(error.status);
        if (email === void 0 || !isOver2) throw error;
        this.#session = void 0;
      }
    }
    const body = { email, password, organization, scope: scope?.join(" ") };
    return this.#keep(await this.send({ method: "POST", path: ENDS.login, body, as: "nobody", repeat: "never" }));
  }
  async #keep(grant) {
    const life = grant.expires_in * 1e3;
    this.#access = { token: grant.access_token, renewAt: Date.now() + life - Math.min(RENEW_BEFORE_MS, life / 2) };
    if (grant.refresh_token !== void 0) {
      this.#session = sessionOf({ ...grant, refresh_token: grant.refresh_token });
      await this.#options.onSession?.(this.#session);
    }
    return this.#access;
  }
  #headers(call, bearer, key) {
    const headers = new Headers(this.#options.headers);
    headers.set("Accept", "application/json");
    if (call.body) headers.set("Content-Type", "application/json");
    if (call.form) headers.set("Content-Type", "application/x-www-form-urlencoded");
    if (key !== void 0) headers.set("Idempotency-Key", key);
    const { clientId, clientSecret } = this.#options;
    const halves = [clientId ?? "", clientSecret ?? ""].map(
      (half) => new URLSearchParams([["", half]]).toString().slice(1)
    );
    if (call.as === "client" && clientId !== void 0) headers.set("Authorization", `Basic ${btoa(halves.join(":"))}`);
    else if (bearer !== void 0) headers.set("Authorization", `Bearer ${bearer}`);
    return headers;
  }
  /** Tries until there is an answer to give, or no use in going on. */
  async #persist(call, headers, options) {
    const retries = options.retries ?? this.#options.retries ?? DEFAULTS.retries;
    const longestWait = this.#options.longestWait ?? DEFAULTS.longestWait;
    let wasLost = false;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#attempt(call, headers, options);
      const isLost = "lost" in outcome || LOST_BEHIND_A_PROXY.includes(outcome.answer.status);
      const wait = waitBefore(attempt, "answer" in outcome ? outcome.answer.headers : null);
      const goesOn = attempt < retries && wait <= longestWait && (isLost ? call.repeat !== "never" : "answer" in outcome && isWorthRepeating(outcome.answer, wasLost));
      if (!goesOn) {
        if ("lost" in outcome) throw outcome.lost;
        return outcome.answer;
      }
      wasLost ||= isLost;
      await (this.#options.wait ?? pause)(wait, options.signal);
    }
  }
  /** Sends it once. Throws the reason of the caller's signal, and what trying again would not change. */
  async #attempt(call, headers, options) {
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
        credentials: "omit"
      });
      if (response.type === "opaqueredirect" || response.status >= 300 && response.status < 400)
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
};
var takesToken = ({ as, body = {} }) => as === void 0 || as === "unless-in-body" && Object.values(body).every((value) => value === void 0);
function isWorthRepeating({ status, headers }, wasLost) {
  if (status === 429 || status === 503) return true;
  return status === 409 && wasLost && headers.has("retry-after");
}
function waitBefore(attempt, headers) {
  const asked = headers ? retryAfterSeconds(headers) : null;
  if (asked !== null) return asked * 1e3 + Math.random() * 250;
  return Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_OWN_WAIT_MS) * (0.5 + Math.random() / 2);
}
function retryAfterSeconds(headers) {
  const value = headers.get("retry-after");
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1e3));
}
async function readAnswer(response) {
  const { status, headers } = response;
  const content = await response.text();
  if (content === "") return { status, headers, body: void 0 };
  try {
    return { status, headers, body: JSON.parse(content) };
  } catch {
    if (status >= 400) return { status, headers, body: void 0 };
    throw new LatchkeyError(`The answer (${status}) is not JSON: is this the address of Latchkey?`);
  }
}
function pause(milliseconds, signal) {
  let timer;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return orAborted(over, signal).finally(() => clearTimeout(timer));
}
function orAborted(work, signal) {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
function networkCode(error) {
  const cause = isRecord(error) ? error.cause : void 0;
  const code = isRecord(cause) && text(cause.code) || isRecord(error) && text(error.code);
  return code || "the network or the server is away";
}
function sessionOf(grant) {
  return {
    accessToken: grant.access_token,
    accessTokenExpiresAt: inSeconds(grant.expires_in),
    refreshToken: grant.refresh_token,
    ...grant.refresh_expires_in === void 0 ? {} : { refreshTokenExpiresAt: inSeconds(grant.refresh_expires_in) }
  };
}
var inSeconds = (seconds) => new Date(Date.now() + seconds * 1e3).toISOString();
function originOf(address) {
  let url;
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
var CREDENTIALS = ["token", "clientId", "clientSecret", "email", "password", "session"];
function checkCredentials(options) {
  const { token, clientId, clientSecret, email, password, session } = options;
  const ways = [token, clientId ?? clientSecret, email ?? password ?? session].filter((way) => way !== void 0);
  if (ways.length === 0 && CREDENTIALS.some((name) => name in options))
    throw new LatchkeyError("The credential is undefined: is its variable set? For calls without one, leave it out.");
  if (ways.length > 1) throw new LatchkeyError("Give one credential: a token, a client, or a person's.");
  if (clientId === void 0 !== (clientSecret === void 0))
    throw new LatchkeyError("A client has two halves: give clientId and clientSecret.");
  if (email === void 0 !== (password === void 0)) throw new LatchkeyError("Give email and password together.");
  if (token !== void 0 && !/^[\x21-\x7e]+$/.test(token))
    throw new LatchkeyError("The token is empty, or has a character that no token has, such as a line's end.");
}
function part(id) {
  if (!/^(?!self$)[0-9A-Za-z-]{1,64}$/.test(id)) throw new LatchkeyError("This is not an id.");
  return id;
}
function queryText(query) {
  const parts = parameters(query ?? {}).toString();
  return parts && `?${parts}`;
}
var formText = (form) => parameters(form).toString();
function parameters(values) {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== void 0 && one !== null) found.append(name, String(one));
  return found;
}
function newKey() {
  const bytes = new Uint8Array(16);
  if (globalThis.crypto?.getRandomValues) globalThis.crypto.getRandomValues(bytes);
  else for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(Math.random() * 256);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
var isRecord = (value) => typeof value === "object" && value !== null;
var text = (value) => typeof value === "string" ? value : null;
function saidBy({ title, detail, error_description }) {
  const [general, own] = [text(title) ?? text(error_description), text(detail)];
  if (general === null || own === null) return own ?? general;
  const words = general.split(" ");
  const isSame = words.filter((word) => own.split(" ").includes(word)).length > words.length / 2;
  return isSame ? own : `${general} ${own}`;
}
function fieldErrors(value) {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map(({ field, detail }) => ({ field: text(field) ?? "", detail: text(detail) ?? "" }));
}
var SelfCalls = class {
  #transport;
  constructor(transport) {
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
  rotate(body = {}, options = {}) {
    return this.#transport.send(
      { method: "POST", path: "/api/v1/tokens/self/rotate", body, secret: true },
      options
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
  cancelRotation(options = {}) {
    return this.#transport.send(
      { method: "DELETE", path: "/api/v1/tokens/self/rotation" },
      options
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
  delete(options = {}) {
    return this.#transport.send({ method: "DELETE", path: "/api/v1/tokens/self" }, options);
  }
};
var AuthCalls = class {
  #transport;
  constructor(transport) {
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
  login(body, options = {}) {
    return this.#transport.send(
      { method: "POST", path: "/api/v1/auth/login", body, as: "nobody", repeat: "never" },
      options
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
  refresh(body, options = {}) {
    return this.#transport.send(
      { method: "POST", path: "/api/v1/auth/refresh", body, as: "nobody", repeat: "never" },
      options
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
  logout(body = {}, options = {}) {
    return this.#transport.send(
      { method: "POST", path: "/api/v1/auth/logout", body, as: "unless-in-body" },
      options
    );
  }
};
var OauthCalls = class {
  #transport;
  constructor(transport) {
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
  token(form, options = {}) {
    return this.#transport.send(
      { method: "POST", path: "/api/v1/oauth/token", form, as: "client" },
      options
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
  introspect(form, options = {}) {
    return this.#transport.send(
      { method: "POST", path: "/api/v1/oauth/introspect", form, as: "client" },
      options
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
  revoke(form, options = {}) {
    return this.#transport.send({ method: "POST", path: "/api/v1/oauth/revoke", form, as: "client" }, options);
  }
};
var DiscoveryCalls = class {
  #transport;
  constructor(transport) {
    this.#transport = transport;
  }
  /**
   * Discover the endpoints.
   *
   * Authorization server metadata (RFC 8414): OAuth libraries need this address alone.
   */
  authorizationServer(options = {}) {
    return this.#transport.send(
      { method: "GET", path: "/.well-known/oauth-authorization-server", as: "nobody" },
      options
    );
  }
  /**
   * Read the signing keys.
   *
   * The public keys that access tokens are signed with (RFC 7517), for APIs that check them by themselves. A key
   * stands here for a day before it signs, and until all that it signed is over. Whoever checks without asking
   * here hears of a revocation when the access token expires, and no sooner.
   */
  keys(options = {}) {
    return this.#transport.send({ method: "GET", path: "/.well-known/jwks.json", as: "nobody" }, options);
  }
  /**
   * Read the OpenAPI document.
   *
   * This API as OpenAPI 3.1 has it, made of the very schemas that it reads and answers by.
   */
  openapi(options = {}) {
    return this.#transport.send(
      { method: "GET", path: "/api/v1/openapi.json", as: "nobody" },
      options
    );
  }
};
var TokensCalls = class {
  #transport;
  constructor(transport) {
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
  list(query = {}, options = {}) {
    return this.#transport.list({ method: "GET", path: "/api/v1/tokens", query }, options);
  }
  /**
   * Create a token.
   *
   * Answers with the whole token as secret, this once. Only where the organization's policy lets tokens create
   * tokens; otherwise the answer is token_cannot_mint, and people create them in the console.
   *
   * Needs the permission `tokens:create`.
   */
  create(body, options = {}) {
    return this.#transport.send(
      { method: "POST", path: "/api/v1/tokens", body, repeat: "key", secret: true },
      options
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
  get(id, options = {}) {
    return this.#transport.send({ method: "GET", path: `/api/v1/tokens/${part(id)}` }, options);
  }
  /**
   * Change a token.
   *
   * Its name, its description and from where it may be used. Its role stays as it was made. A token changes none
   * that may do more than itself.
   *
   * Needs the permission `tokens:manage`.
   */
  update(id, body, options = {}) {
    return this.#transport.send({ method: "PATCH", path: `/api/v1/tokens/${part(id)}`, body }, options);
  }
  /**
   * Delete a token.
   *
   * For good. By the time of the answer, its next call is refused. A token ends none that may do more than
   * itself, and always itself.
   *
   * Needs the permission `tokens:manage`.
   */
  delete(id, options = {}) {
    return this.#transport.send({ method: "DELETE", path: `/api/v1/tokens/${part(id)}` }, options);
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
  rotate(id, body = {}, options = {}) {
    return this.#transport.send(
      { method: "POST", path: `/api/v1/tokens/${part(id)}/rotate`, body, secret: true },
      options
    );
  }
  /**
   * Cancel a rotation.
   *
   * Takes back the secret that waits: it never works. One that was used already stays.
   *
   * Needs the permission `tokens:manage`.
   */
  cancelRotation(id, options = {}) {
    return this.#transport.send({ method: "DELETE", path: `/api/v1/tokens/${part(id)}/rotation` }, options);
  }
  /**
   * Extend a token.
   *
   * Lets it live longer, as far as the policy would let one created now. Only where the organization's policy
   * lets tokens create tokens, and never the calling token itself. The issuer is told.
   *
   * Needs the permission `tokens:manage`.
   */
  extend(id, body, options = {}) {
    return this.#transport.send(
      { method: "POST", path: `/api/v1/tokens/${part(id)}/extend`, body, repeat: "key" },
      options
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
  receipt(id, options = {}) {
    return this.#transport.send({ method: "GET", path: `/api/v1/tokens/${part(id)}/receipt` }, options);
  }
};
var MembersCalls = class {
  #transport;
  constructor(transport) {
    this.#transport = transport;
  }
  /**
   * List members.
   *
   * In the order in which they joined.
   *
   * Needs the permission `members:read`.
   */
  list(query = {}, options = {}) {
    return this.#transport.list({ method: "GET", path: "/api/v1/members", query }, options);
  }
  /**
   * Read a member.
   *
   * With role, groups, status and, for a service account, who answers for it.
   *
   * Needs the permission `members:read`.
   */
  get(id, options = {}) {
    return this.#transport.send({ method: "GET", path: `/api/v1/members/${part(id)}` }, options);
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
  update(id, body, options = {}) {
    return this.#transport.send({ method: "PATCH", path: `/api/v1/members/${part(id)}`, body }, options);
  }
};
var GroupsCalls = class {
  #transport;
  constructor(transport) {
    this.#transport = transport;
  }
  /**
   * List groups.
   *
   * In the order in which they were made: all of them, or the issuer's own where groups bound what it sees.
   *
   * Needs the permission `groups:read`.
   */
  list(query = {}, options = {}) {
    return this.#transport.list({ method: "GET", path: "/api/v1/groups", query }, options);
  }
  /**
   * Read a group.
   *
   * How many are in it, and who administers it. The list of members says who is in which group.
   *
   * Needs the permission `groups:read`.
   */
  get(id, options = {}) {
    return this.#transport.send({ method: "GET", path: `/api/v1/groups/${part(id)}` }, options);
  }
};
var RolesCalls = class {
  #transport;
  constructor(transport) {
    this.#transport = transport;
  }
  /**
   * List roles.
   *
   * The four built-in ones and the organization's own.
   *
   * Needs the permission `roles:read`.
   */
  list(query = {}, options = {}) {
    return this.#transport.list({ method: "GET", path: "/api/v1/roles", query }, options);
  }
};
var OrganizationCalls = class {
  #transport;
  constructor(transport) {
    this.#transport = transport;
  }
  /**
   * Read the organization.
   *
   * Its name, plan and what is switched on.
   *
   * Needs the permission `organization:read`.
   */
  get(options = {}) {
    return this.#transport.send({ method: "GET", path: "/api/v1/organization" }, options);
  }
};
var AuditEventsCalls = class {
  #transport;
  constructor(transport) {
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
  list(query = {}, options = {}) {
    return this.#transport.list({ method: "GET", path: "/api/v1/audit-events", query }, options);
  }
};
var HealthCalls = class {
  #transport;
  constructor(transport) {
    this.#transport = transport;
  }
  /**
   * Alive.
   *
   * The process answers. It does not ask the database.
   */
  alive(options = {}) {
    return this.#transport.send({ method: "GET", path: "/healthz", as: "nobody" }, options);
  }
  /**
   * Ready.
   *
   * The database answers and has this version's schema; otherwise 503.
   */
  ready(options = {}) {
    return this.#transport.send({ method: "GET", path: "/readyz", as: "nobody" }, options);
  }
};
var Latchkey = class {
  #transport;
  /** The token that the client calls with. */
  self;
  /** Signing in as a person. A client that was made with email and password does all of it by itself. */
  auth;
  /** OAuth 2.0. A client that was made with clientId and clientSecret exchanges them by itself. */
  oauth;
  /** What the server tells everybody of itself: addresses, keys, this API. */
  discovery;
  /** The tokens that the caller sees. */
  tokens;
  /** The people and service accounts of the organization. */
  members;
  /** The groups of the organization that the caller sees. */
  groups;
  /** Named sets of permissions. */
  roles;
  /** The organization that the caller belongs to. */
  organization;
  /** What happened, newest first. */
  auditEvents;
  /** Whether the server lives and can work. No credential. */
  health;
  constructor(options) {
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
  get session() {
    return this.#transport.session;
  }
  /** Where it calls: all that a print of it shows. */
  get baseUrl() {
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
  me(options = {}) {
    return this.#transport.send({ method: "GET", path: "/api/v1/me" }, options);
  }
  /** Without credentials. */
  toJSON() {
    return { baseUrl: this.baseUrl };
  }
  [/* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom")]() {
    return `Latchkey { baseUrl: "${this.baseUrl}" }`;
  }
};

// clients/cli/command.ts
var COMMON_OPTIONS = [
  { name: "json", words: "JSON instead of a table, errors too." },
  { name: "profile", takes: "NAME", words: "Another login than the current one." },
  { name: "host", takes: "URL", words: "Where Latchkey is. A kept login goes to its own host only." },
  { name: "help", words: "This." }
];

// clients/cli/read-arguments.ts
import { parseArgs } from "node:util";

// clients/cli/exit-codes.ts
var EXIT = {
  ok: 0,
  /** The API refused it, or what was verified is not valid. */
  refused: 1,
  /** It was not called as it has to be. */
  usage: 2,
  /** Nobody is signed in, or no longer. */
  notSignedIn: 3,
  notFound: 4,
  /** No answer, or one that says to come again later. */
  unavailable: 5,
  /** Ctrl-C, as shells have it. */
  interrupted: 130
};
var CommandEnd = class extends Error {
  constructor(sentence, exit, hints = []) {
    super(sentence);
    this.exit = exit;
    this.hints = hints;
  }
  exit;
  hints;
  name = "CommandEnd";
};
var usage = (sentence, ...hints) => new CommandEnd(sentence, EXIT.usage, hints);

// clients/cli/suggest.ts
function suggest(typed, known) {
  const most = typed.length <= 3 ? 1 : 2;
  return known.map((word) => ({ word, far: word.startsWith(typed) && typed.length > 1 ? 0 : distance(typed, word) })).filter(({ far }) => far <= most).sort((a, b) => a.far - b.far).slice(0, 3).map(({ word }) => word);
}
function distance(a, b) {
  const rows = Array.from({ length: a.length + 1 }, (_, at) => [at]);
  const cell = (row, column) => rows[row]?.[column] ?? 0;
  for (let column = 1; column <= b.length; column++) rows[0]?.push(column);
  for (let row = 1; row <= a.length; row++)
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min(cell(row - 1, column) + 1, cell(row, column - 1) + 1, cell(row - 1, column - 1) + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, cell(row - 2, column - 2) + 1);
      rows[row]?.push(least);
    }
  return cell(a.length, b.length);
}

// clients/cli/read-arguments.ts
function findCommand(words, commands) {
  return [...commands].sort((a, b) => b.path.length - a.path.length).find(({ path }) => path.split(" ").every((word, at) => words[at] === word));
}
function readArguments(argv, commands) {
  const command = findCommand(argv, commands);
  if (!command) throw unknownCommand(argv, commands);
  const known = [...COMMON_OPTIONS, ...command.options ?? []];
  const { tokens } = parseArgs({
    args: argv.slice(command.path.split(" ").length),
    options: Object.fromEntries(
      known.map(({ name, takes }) => [name, { type: takes ? "string" : "boolean" }])
    ),
    strict: false,
    tokens: true
  });
  const args = [];
  const options = /* @__PURE__ */ new Map();
  for (const token of tokens) {
    if (token.kind === "positional") args.push(token.value);
    if (token.kind !== "option") continue;
    const option = known.find(({ name }) => name === token.name);
    if (!option) throw unknownOption(token.rawName, known, command);
    options.set(option.name, [...options.get(option.name) ?? [], givenFor(option, token, options)]);
  }
  if (!options.has("help")) checkArgs(command, args);
  return { command, args, options };
}
function givenFor({ name, takes, choices, many }, { value, inlineValue }, before) {
  if (!takes) {
    if (inlineValue) throw usage(`--${name} takes no value. A secret is asked for, or read from stdin.`);
    return "";
  }
  if (value === void 0 || !inlineValue && /^-./.test(value)) throw usage(`--${name} takes a value: ${takes}.`);
  if (before.has(name) && !many) throw usage(`--${name} may be given once.`);
  if (choices && !choices.includes(value)) {
    const [meant] = suggest(value, choices);
    throw usage(`--${name} is one of ${choices.join(", ")}.${meant ? ` Did you mean ${meant}?` : ""}`);
  }
  return value;
}
function checkArgs({ path, takes = [] }, args) {
  const more = `latchkey ${path} --help`;
  const missing = takes[args.length];
  if (missing) throw usage(`${missing.name} is missing.`, more);
  if (args.length > takes.length && !takes.at(-1)?.many)
    throw usage(
      takes.length === 0 ? `latchkey ${path} takes no argument.` : `latchkey ${path} takes ${takes.length} and no more.`,
      more
    );
  for (const [at, { name, choices }] of takes.entries())
    if (choices && !choices.includes(args[at] ?? "")) throw usage(`${name} is one of ${choices.join(", ")}.`, more);
}
function unknownCommand(argv, commands) {
  const words = argv.filter((word) => !word.startsWith("-"));
  const [first = "", second = ""] = words;
  if (first === "") return usage("Say what to do.", "latchkey --help");
  const inGroup = commands.filter(({ path }) => path.startsWith(`${first} `)).map(({ path }) => path.slice(first.length + 1));
  if (inGroup.length > 0) {
    const meant2 = suggest(second, inGroup).map((word) => `latchkey ${first} ${word}`);
    return usage(
      second === "" ? `latchkey ${first} is followed by one of ${inGroup.join(", ")}.` : `latchkey ${first} has no such command.`,
      meant2.length > 0 ? `Did you mean: ${meant2.join(", ")}` : `latchkey ${first} --help`
    );
  }
  const firsts = [...new Set(commands.map(({ path }) => path.split(" ")[0] ?? ""))];
  const meant = suggest(first, firsts).map((word) => `latchkey ${[word, ...words.slice(1, 2)].join(" ")}`);
  return usage(
    "There is no such command.",
    ...meant.length > 0 ? [`Did you mean: ${meant.join(", ")}`] : ["latchkey --help"]
  );
}
function unknownOption(raw, known, { path }) {
  const meant = suggest(
    raw.replace(/^-+/, ""),
    known.map(({ name }) => name)
  ).map((name) => `--${name}`);
  return usage(
    `latchkey ${path} has no option ${/^--?[\w-]{1,30}$/.test(raw) ? raw : "of that name"}.`,
    meant.length > 0 ? `Did you mean: ${meant.join(", ")}` : `latchkey ${path} --help`
  );
}

// clients/cli/complete.ts
function candidates(typed, commands, profiles) {
  const before = typed.slice(0, -1);
  const begun = typed.at(-1) ?? "";
  return fitting(before, begun, commands, profiles).filter(({ word }) => word.startsWith(begun));
}
function fitting(before, begun, commands, profiles) {
  const command = findCommand(before, commands);
  if (!command) return nextWords(before, commands);
  const options = [...command.options ?? [], ...COMMON_OPTIONS];
  const asked = options.find(({ name, takes }) => takes && before.at(-1) === `--${name}`);
  if (asked?.name === "profile") return profiles.map((word) => ({ word, words: "A login that is kept here." }));
  if (asked) return (asked.choices ?? []).map((word) => ({ word, words: asked.words }));
  if (begun.startsWith("-"))
    return options.filter(({ name, many }) => many || !before.includes(`--${name}`)).map(({ name, words }) => ({ word: `--${name}`, words }));
  const given = before.slice(command.path.split(" ").length).filter((word) => !word.startsWith("-"));
  const argument = command.takes?.[given.length];
  if (argument?.choices) return argument.choices.map((word) => ({ word, words: argument.name }));
  return argument?.name.endsWith("|self") ? [{ word: "self", words: "The token that is called with." }] : [];
}
function nextWords(before, commands) {
  if (before.some((word) => word.startsWith("-"))) return [];
  const found = /* @__PURE__ */ new Map();
  for (const { path, words } of commands) {
    const parts = path.split(" ");
    const next = parts[before.length];
    if (path === "complete" || next === void 0 || !before.every((word, at) => word === parts[at])) continue;
    found.set(
      next,
      found.has(next) || parts.length > before.length + 1 ? groupWords(parts.slice(0, before.length + 1)) : words
    );
  }
  return [...found].map(([word, words]) => ({ word, words }));
}
var groupWords = (parts) => `Commands about ${parts.join(" ")}.`;

// clients/cli/commands/completion.ts
var SHELLS = ["bash", "zsh", "fish"];
var SCRIPTS = {
  bash: `_latchkey() {
  local IFS=$'\\n'
  COMPREPLY=($(latchkey complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _latchkey latchkey`,
  zsh: `#compdef latchkey
_latchkey() {
  local -a found
  found=("\${(@f)$(latchkey complete --described colon -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if (( \${#found[1]} )); then _describe 'latchkey' found; else _files; fi
}
if [[ "$funcstack[1]" == "_latchkey" ]]; then _latchkey "$@"; else compdef _latchkey latchkey; fi`,
  fish: `function __latchkey_complete
    set -l words (commandline -opc)
    set -e words[1]
    latchkey complete --described tab -- $words (commandline -ct) 2>/dev/null
end
complete -c latchkey -f -a "(__latchkey_complete)"`
};
var HOW = {
  bash: 'eval "$(latchkey completion bash)"   # in ~/.bashrc',
  zsh: 'eval "$(latchkey completion zsh)"    # in ~/.zshrc, after compinit',
  fish: "latchkey completion fish > ~/.config/fish/completions/latchkey.fish"
};
var completionCommands = (commands) => [
  {
    path: "completion",
    words: "Prints a script that completes commands and options in your shell.",
    takes: [{ name: "SHELL", choices: SHELLS }],
    more: ["It asks latchkey itself, which has to be found by that name."],
    examples: SHELLS.map((shell) => [HOW[shell] ?? "", `For ${shell}`]),
    async run({ args, print }) {
      print.line(SCRIPTS[args[0] ?? ""] ?? "");
    }
  },
  {
    path: "complete",
    words: "Says what may follow, for the scripts of completion.",
    takes: [{ name: "WORD", many: true }],
    options: [{ name: "described", takes: "SEPARATOR", choices: ["colon", "tab"], words: "With a word on each." }],
    examples: [["latchkey complete -- tokens li", "What a shell asks"]],
    async run(call) {
      const kept = await call.profiles.read();
      const described = call.text("described");
      for (const { word, words } of candidates(call.args, commands(), Object.keys(kept.profiles))) {
        const colon = `${word.replaceAll(":", "\\:")}:${words}`;
        call.print.line(described === "tab" ? `${word}	${words}` : described === "colon" ? colon : word);
      }
    }
  }
];

// clients/cli/signed-in.ts
var LONGEST_WAIT_MS = 15e3;
var RENEW_BEFORE_MS2 = 6e4;
var HOST_HINT = "Say where Latchkey is: --host https://tokens.example.com, or LATCHKEY_HOST.";
var latchkeyAt = (host, credentials = {}) => new Latchkey({
  baseUrl: host,
  longestWait: LONGEST_WAIT_MS,
  headers: { "User-Agent": "latchkey-cli" },
  ...credentials
});
async function callerOf({ profile: named, host }, env, profiles) {
  const fromEnvironment = named ? null : credentialsOf(env);
  if (fromEnvironment) {
    const where = host ?? env.LATCHKEY_HOST;
    const variable = credentialVariable(env);
    if (!where)
      throw usage(
        `${variable} is set, and goes before every kept login, without a host.`,
        HOST_HINT,
        `For a kept login instead: unset ${variable}, or say --profile NAME.`
      );
    originOf2(where);
    return { host: where, credentials: fromEnvironment };
  }
  const kept = await profiles.read();
  const name = named ?? (env.LATCHKEY_PROFILE || kept.current);
  const profile = kept.profiles[name];
  if (!profile) throw new CommandEnd(`Nobody is signed in as ${name}.`, EXIT.notSignedIn, ["latchkey login"]);
  if (host !== void 0 && originOf2(host) !== originOf2(profile.host))
    throw new CommandEnd(`The login ${name} is of another host, and goes to no other.`, EXIT.notSignedIn, [
      `latchkey login --host ${originOf2(host)} --profile NAME`
    ]);
  return { host: profile.host, credentials: await credentialsIn(profile, name, profiles) };
}
var credentialVariable = (env) => ["LATCHKEY_TOKEN", "LATCHKEY_CLIENT_ID", "LATCHKEY_CLIENT_SECRET"].find((name) => env[name]);
function wordOnEnvironment(env, logins) {
  const variable = credentialVariable(env);
  return variable && `${variable} is set, and goes before ${logins}.
  Unset it, or say --profile NAME with each command.`;
}
function credentialsOf(env) {
  const { LATCHKEY_TOKEN, LATCHKEY_CLIENT_ID, LATCHKEY_CLIENT_SECRET } = env;
  if (LATCHKEY_TOKEN) return { token: LATCHKEY_TOKEN };
  if (LATCHKEY_CLIENT_ID || LATCHKEY_CLIENT_SECRET)
    return { clientId: LATCHKEY_CLIENT_ID || void 0, clientSecret: LATCHKEY_CLIENT_SECRET || void 0 };
  return null;
}
async function credentialsIn(profile, name, profiles) {
  if (profile.kind === "token") return { token: profile.token };
  if (profile.kind === "client")
    return { clientId: profile.clientId, clientSecret: profile.clientSecret, scope: profile.scope };
  if (!isOver(profile)) return { token: profile.session.accessToken };
  return profiles.change(async (kept) => {
    const current = kept.profiles[name];
    if (current?.kind !== "session") return signInAgain(name);
    if (isOver(current)) {
      const grant = await latchkeyAt(current.host).auth.refresh({ refresh_token: current.session.refreshToken }, { retries: 0 }).catch(
        (error) => error?.status >= 400 && error.status < 500 && error.status !== 429 ? signInAgain(name) : Promise.reject(error)
      );
      current.session = sessionOf(grant);
    }
    return { token: current.session.accessToken };
  });
}
var isOver = ({ session }) => Date.parse(session.accessTokenExpiresAt) - RENEW_BEFORE_MS2 <= Date.now();
function signInAgain(name) {
  throw new CommandEnd(`The login ${name} is over.`, EXIT.notSignedIn, ["latchkey login"]);
}
async function hostOf({ text: text2, terminal, profiles }) {
  const kept = await profiles.read();
  const named = text2("profile");
  const ofProfile = kept.profiles[named ?? (terminal.env.LATCHKEY_PROFILE || kept.current)]?.host;
  const host = text2("host") ?? (named ? ofProfile : terminal.env.LATCHKEY_HOST || ofProfile);
  if (!host) throw usage("The host is missing.", HOST_HINT);
  return originOf2(host);
}
function originOf2(host) {
  const url = URL.canParse(host) ? new URL(host) : null;
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw usage("The host is no address: it begins with https:// or http://.", HOST_HINT);
  if (url.username || url.password || url.search || url.hash)
    throw usage("The host is an address alone: no user, no query, nothing secret.", HOST_HINT);
  return url.origin;
}
var isReadableOnTheWay = (host) => host.startsWith("http:") && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/.test(new URL(host).hostname);

// clients/cli/terminal.ts
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
var SILENT = new Writable({ write: (_, __, done) => done() });
async function ask(terminal, question, { secret = false } = {}) {
  if (!terminal.stdin.isTTY) throw usage("There is nobody to ask: stdin is no terminal.");
  terminal.stderr.write(question);
  const lines = createInterface({
    input: terminal.stdin,
    output: secret ? SILENT : terminal.stderr,
    terminal: true
  });
  try {
    return await new Promise((resolve, reject) => {
      lines.once("line", resolve);
      lines.once("SIGINT", () => reject(new CommandEnd("Nothing was done.", EXIT.interrupted)));
      lines.once("close", () => reject(new CommandEnd("Nothing was done.", EXIT.interrupted)));
    });
  } finally {
    lines.close();
    if (secret) terminal.stderr.write("\n");
  }
}
async function readSecret(terminal, what) {
  const secret = terminal.stdin.isTTY ? await ask(terminal, `${what}: `, { secret: true }) : await firstLine(terminal.stdin, what);
  if (secret.trim() === "")
    throw usage(
      `There is no ${what.toLowerCase()}.`,
      ...terminal.stdin.isTTY ? [] : ["It is the first line of stdin where stdin is no terminal."]
    );
  return secret;
}
var LONGEST = 16384;
async function firstLine(input, what) {
  let text2 = "";
  for await (const chunk of input) {
    text2 += chunk.toString();
    if (text2.includes("\n")) break;
    if (text2.length > LONGEST) throw usage(`That is longer than any ${what.toLowerCase()}.`);
  }
  return (text2.split("\n", 1)[0] ?? "").replace(/\r$/, "");
}
async function confirm(terminal, question) {
  return /^y(es)?$/i.test((await ask(terminal, `${question} [y/N] `)).trim());
}

// clients/cli/words.ts
var when = (time) => time ? `${time.slice(0, 10)} ${time.slice(11, 16)} UTC` : "–";
var whenCell = (time, none = "–") => time ? { text: when(time), short: time.slice(0, 10) } : none;
var STATUS_STYLES = { active: "green", expired: "yellow", deleted: "dim", deactivated: "dim" };
var statusCell = (status) => {
  const style = STATUS_STYLES[status];
  return style ? { text: status, style } : status;
};
var UNITS = { m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
function readMoment(text2, now) {
  if (text2 === "never") return null;
  const [, count, unit] = /^(\d{1,6})([mhdw])$/.exec(text2) ?? [];
  if (count && unit) return new Date(now.getTime() + Number(count) * (UNITS[unit] ?? 0)).toISOString();
  const whole = /^\d{4}-\d\d-\d\d$/.test(text2) ? `${text2}T23:59:59Z` : text2;
  const at = /^\d{4}-\d\d-\d\dT/.test(whole) ? Date.parse(whole) : Number.NaN;
  if (Number.isNaN(at))
    throw usage(
      "That is no time.",
      "Say 90d, 12h, 2027-01-31 (the end of that day, UTC), 2027-01-31T12:00:00Z or never."
    );
  return new Date(at).toISOString();
}
function readCount(text2, name, least, most) {
  const count = Number(text2);
  if (!/^\d+$/.test(text2) || count < least || count > most)
    throw usage(`--${name} takes a whole number from ${least} to ${most}.`);
  return count;
}

// clients/cli/commands/login.ts
var nameOf = ({ issued_by, organization }) => `${issued_by.name} at ${organization.name}`;
async function hostFor(call) {
  const { terminal, profiles, print } = call;
  const kept = await profiles.read();
  const known = call.text("host") ?? (terminal.env.LATCHKEY_HOST || kept.profiles[nameFor(call, kept.current)]?.host);
  const host = known ?? (terminal.stdin.isTTY ? (await ask(terminal, "Host, such as https://tokens.example.com: ")).trim() : "");
  if (host === "") throw usage("The host is missing.", HOST_HINT);
  const origin = originOf2(host);
  if (isReadableOnTheWay(origin))
    print.note(`Careful: ${origin} is plain http. Whoever is on the way reads your credentials.`);
  return origin;
}
var nameFor = (call, current) => call.text("profile") ?? (call.terminal.env.LATCHKEY_PROFILE || current);
async function profileFor(call, host) {
  const { terminal } = call;
  const clientId = call.text("client-id");
  const scope = call.text("scope")?.split(/[\s,]+/).filter((part2) => part2 !== "");
  if (clientId !== void 0) {
    const clientSecret = await readSecret(terminal, "Client secret");
    return { host, kind: "client", clientId, clientSecret, ...scope ? { scope } : {} };
  }
  if (call.has("token")) return { host, kind: "token", token: (await readSecret(terminal, "Token")).trim() };
  const email = call.text("email") ?? (terminal.stdin.isTTY ? (await ask(terminal, "Email: ")).trim() : "");
  if (email === "") throw usage("Whose login is it? Say --email, --token or --client-id.");
  const password = await readSecret(terminal, "Password");
  const logIn = (organization) => latchkeyAt(host).auth.login({ email, password, organization, scope: scope?.join(" ") });
  const grant = await logIn(call.text("organization")).catch(async (error) => {
    const isAsked = error instanceof LatchkeyProblem && error.is("organization_required") && terminal.stdin.isTTY;
    if (!isAsked) throw error;
    call.print.note(error.sentence);
    return logIn((await ask(terminal, "Organization: ")).trim());
  });
  return { host, kind: "session", email, session: sessionOf(grant) };
}
function credentialsOf2(profile) {
  if (profile.kind === "token") return { token: profile.token };
  if (profile.kind === "session") return { token: profile.session.accessToken };
  return { clientId: profile.clientId, clientSecret: profile.clientSecret, scope: profile.scope };
}
async function endAtServer(profile) {
  if (profile.kind === "session")
    await latchkeyAt(profile.host).auth.logout({ refresh_token: profile.session.refreshToken }, { retries: 1 });
}
var loginCommands = [
  {
    path: "login",
    words: "Signs in, and keeps the login in a file that only you can read.",
    options: [
      {
        name: "email",
        takes: "EMAIL",
        words: "Asked for where it is left out. The password always is, or read from stdin."
      },
      { name: "organization", takes: "SLUG", words: "Needed by whoever is in several." },
      { name: "token", words: "With a token instead, asked for or read from stdin." },
      { name: "client-id", takes: "ID", words: "As a client instead; its secret is asked for or read from stdin." },
      {
        name: "scope",
        takes: "PERMISSIONS",
        words: "For a login that may do no more than these, with commas between them."
      }
    ],
    more: [
      "No secret is ever an argument: other people on the machine see those, and shells write them down.",
      "A login with a password renews itself, for 30 days at most."
    ],
    examples: [
      ["latchkey login --host https://tokens.example.com", "Asks for email and password"],
      ["latchkey login --profile work --organization acme", "Another login beside the first"],
      ["latchkey login --token < token.txt", "With a token out of a file"],
      ["printenv CLIENT_SECRET | latchkey login --client-id 4cTq8ZbN1xWe", "As a client"]
    ],
    async run(call) {
      const { print, profiles, terminal } = call;
      if (call.has("token") && call.text("client-id") !== void 0)
        throw usage("Say --token or --client-id, not both.");
      const host = await hostFor(call);
      const profile = await profileFor(call, host);
      const me = await latchkeyAt(host, credentialsOf2(profile)).me();
      profile.who = { name: me.issued_by.name, organization: me.organization.name };
      const { name, before } = await profiles.change((kept) => {
        const name2 = nameFor(call, kept.current);
        const before2 = kept.profiles[name2];
        kept.profiles[name2] = profile;
        kept.current = name2;
        return { name: name2, before: before2 };
      });
      if (before) await endAtServer(before).catch(() => void 0);
      if (print.isJson) print.json({ profile: name, host, ...me });
      else print.line(`Signed in to ${host} as ${nameOf(me)} (${name}).`);
      const word = wordOnEnvironment(terminal.env, "this login");
      if (word) print.note(word);
    }
  },
  {
    path: "logout",
    words: "Ends the login here and at the server, and forgets it.",
    more: [
      "A token or a client that was kept is forgotten, and goes on working elsewhere: delete it where that is meant."
    ],
    examples: [
      ["latchkey logout", "The current login"],
      ["latchkey logout --profile work", "Another one"]
    ],
    async run(call) {
      const { print, profiles } = call;
      const { name, profile } = await profiles.change((kept) => {
        const name2 = nameFor(call, kept.current);
        const profile2 = kept.profiles[name2];
        delete kept.profiles[name2];
        if (kept.current === name2) kept.current = Object.keys(kept.profiles)[0] ?? "default";
        return { name: name2, profile: profile2 };
      });
      if (!profile) throw new CommandEnd(`Nobody is signed in as ${name}.`, EXIT.notSignedIn);
      await endAtServer(profile).catch((error) => {
        if (error.status === void 0 || error.status === 429 || error.status >= 500)
          throw new CommandEnd("It is forgotten here, but the server could not be told.", EXIT.unavailable, [
            "End it there: Profile > Sessions."
          ]);
      });
      if (print.isJson) print.json({ profile: name, host: profile.host });
      else
        print.line(
          `Signed out of ${profile.host} (${name}).${profile.kind === "session" ? "" : " What was kept is forgotten, and still works."}`
        );
    }
  },
  {
    path: "whoami",
    words: "Says who calls, and what they may do now.",
    examples: [
      ["latchkey whoami", "The current login"],
      ["LATCHKEY_TOKEN=… latchkey whoami --host https://tokens.example.com --json", "The token of a script"]
    ],
    async run(call) {
      const latchkey = await call.client();
      const me = await latchkey.me();
      if (call.print.isJson) return call.print.json(me);
      call.print.facts([
        ["Host", latchkey.baseUrl],
        ["Organization", `${me.organization.name} (${me.organization.slug})`],
        ["Issuer", me.issued_by.email ? `${me.issued_by.name} <${me.issued_by.email}>` : me.issued_by.name],
        ["Role", me.role?.name ?? `${me.issued_by.role.name}, as its issuer`],
        ["May", me.permissions.join(", ") || "nothing"],
        ["Groups", me.groups.map(({ name }) => name).join(", ") || "–"],
        ["Kind", me.kind],
        ["Id", me.id],
        ["Expires", me.expires_at ? when(me.expires_at) : "never"]
      ]);
    }
  }
];

// clients/cli/print-list.ts
var USUAL = 50;
var PAGE = 100;
var MOST = 1e5;
async function printList(call, list, { heads, row, none }) {
  const limit = call.text("limit");
  const most = call.has("all") ? Number.POSITIVE_INFINITY : limit ? readCount(limit, "limit", 1, MOST) : USUAL;
  const { items, more } = await taken(list(Math.min(most, PAGE)), most);
  if (call.print.isJson) call.print.json(items);
  else call.print.table(heads, items.map(row), none);
  if (more) call.print.note(`There are more: --all, or --limit.`);
}
async function taken(pages, most) {
  const items = [];
  const first = await pages;
  if (first.data.length >= most) return { items: first.data.slice(0, most), more: first.next_cursor !== null };
  for await (const item of pages) {
    if (items.length === most) return { items, more: true };
    items.push(item);
  }
  return { items, more: false };
}

// clients/cli/commands/organization.ts
var PAGE_OPTIONS = [
  { name: "limit", takes: "COUNT", words: "How many; 50 where it is left out." },
  { name: "all", words: "All of them." }
];
var EVENT_KINDS = ["tokens", "members", "groups", "roles", "settings", "sessions"];
var administratorsOf = ({ administrators }) => administrators?.map(({ name }) => name).join(", ") || "–";
var groupsOf = ({ groups }) => groups.map(({ name }) => name).join(", ");
function printMember(member, print) {
  if (print.isJson) print.json(member);
  else
    print.facts([
      ["Name", member.name],
      ["Email", member.email],
      ["Id", member.id],
      ["Kind", member.kind],
      ["Role", member.role.name],
      ["Groups", groupsOf(member) || "–"],
      ["Portal", member.portal],
      ["Status", statusCell(member.status)],
      ["Owner", member.owner && `${member.owner.name} (${member.owner.kind})`],
      ["Joined", when(member.created_at)],
      ["Deactivated", member.deactivated_at && when(member.deactivated_at)]
    ]);
}
var organizationCommands = [
  {
    path: "members list",
    words: "Lists the people and service accounts of the organization.",
    options: PAGE_OPTIONS,
    examples: [["latchkey members list --all --json", "All of them, for another program"]],
    async run(call) {
      const { members } = await call.client();
      await printList(call, (limit) => members.list({ limit }), {
        heads: [
          { name: "Id", as: "whole" },
          "Name",
          { name: "Email", as: "spare" },
          { name: "Role", as: "spare" },
          { name: "Groups", as: "spare" },
          { name: "Status", as: "whole" }
        ],
        row: (member) => [
          member.id,
          member.name,
          member.email ?? "–",
          member.role.name,
          groupsOf(member) || "–",
          statusCell(member.status)
        ],
        none: "There is nobody to see."
      });
    }
  },
  {
    path: "members show",
    words: "Shows a member.",
    takes: [{ name: "ID" }],
    examples: [["latchkey members show 0198a4d2-6f04-7c2b-8a6d-2f0c9b1e4a57", "By the id of the list"]],
    async run({ args, client, print }) {
      printMember(await (await client()).members.get(args[0] ?? ""), print);
    }
  },
  {
    path: "members update",
    words: "Changes a member's role, groups or portal, or shuts them out and lets them in again.",
    takes: [{ name: "ID" }],
    options: [
      { name: "role", takes: "ROLE-ID", words: "Another role." },
      { name: "group", takes: "GROUP-ID", many: true, words: "All groups that the member is to be in." },
      { name: "no-groups", words: "Out of all groups." },
      { name: "portal", takes: "PORTAL", choices: ["console", "hub"], words: "Where the person signs in." },
      {
        name: "status",
        takes: "STATUS",
        choices: ["active", "deactivated"],
        words: "deactivated stops the member's tokens too."
      }
    ],
    examples: [
      ["latchkey members update 0198a4d2-6f04-7c2b-8a6d-2f0c9b1e4a57 --status deactivated", "Shut somebody out"]
    ],
    async run(call) {
      const groups = call.texts("group");
      if (groups.length > 0 && call.has("no-groups")) throw usage("Say --group or --no-groups, not both.");
      const body = {
        role_id: call.text("role"),
        group_ids: groups.length > 0 ? groups : call.has("no-groups") ? [] : void 0,
        portal: call.text("portal"),
        status: call.text("status")
      };
      if (Object.values(body).every((value) => value === void 0)) throw usage("Say what is to change.");
      const { members } = await call.client();
      printMember(await members.update(call.args[0] ?? "", body), call.print);
    }
  },
  {
    path: "groups list",
    words: "Lists the groups that you see.",
    options: PAGE_OPTIONS,
    examples: [["latchkey groups list", "With how many are in each"]],
    async run(call) {
      const { groups } = await call.client();
      await printList(call, (limit) => groups.list({ limit }), {
        heads: [
          { name: "Id", as: "whole" },
          "Name",
          { name: "Members", as: "whole" },
          { name: "Administrators", as: "spare" }
        ],
        row: (group) => [group.id, group.name, String(group.members), administratorsOf(group)],
        none: "There are no groups to see."
      });
    }
  },
  {
    path: "groups show",
    words: "Shows a group.",
    takes: [{ name: "ID" }],
    examples: [["latchkey groups show 0198a4d3-01aa-7d3f-b6b1-64c2d2a9f0c3", "By the id of the list"]],
    async run({ args, client, print }) {
      const group = await (await client()).groups.get(args[0] ?? "");
      if (print.isJson) return print.json(group);
      print.facts([
        ["Name", group.name],
        ["Id", group.id],
        ["Members", String(group.members)],
        ["Administrators", administratorsOf(group)],
        ["Created", when(group.created_at)]
      ]);
    }
  },
  {
    path: "roles list",
    words: "Lists the roles, with what each allows.",
    options: PAGE_OPTIONS,
    examples: [["latchkey roles list", "The built-in ones and your own"]],
    async run(call) {
      const { roles } = await call.client();
      await printList(call, (limit) => roles.list({ limit }), {
        heads: [{ name: "Id", as: "whole" }, "Name", { name: "Allows", as: "spare" }],
        row: ({ id, name, permissions }) => [id, name, permissions.join(", ") || "nothing"],
        none: "There are no roles."
      });
    }
  },
  {
    path: "organization show",
    words: "Shows the organization, its plan and what is switched on.",
    examples: [["latchkey organization show", "The one that you are signed in to"]],
    async run({ client, print }) {
      const organization = await (await client()).organization.get();
      if (print.isJson) return print.json(organization);
      print.facts([
        ["Name", organization.name],
        ["Slug", organization.slug],
        ["Id", organization.id],
        ["Plan", organization.plan],
        ["Tokens", organization.tokens_enabled ? "on" : "off"],
        ["Groups", organization.teams_enabled ? `on, called ${organization.group_noun.replace("_", " ")}` : "off"],
        ["Created", when(organization.created_at)]
      ]);
    }
  },
  {
    path: "audit list",
    words: "Lists what happened, newest first.",
    options: [
      { name: "kind", takes: "KIND", choices: EVENT_KINDS, many: true, words: "What it is about." },
      { name: "by", takes: "MEMBER-ID", many: true, words: "What this member did, also through their tokens." },
      ...PAGE_OPTIONS
    ],
    examples: [["latchkey audit list --kind tokens --limit 20", "What happened to tokens of late"]],
    async run(call) {
      const { auditEvents } = await call.client();
      const query = { kind: call.texts("kind"), by: call.texts("by") };
      await printList(call, (limit) => auditEvents.list({ ...query, limit }), {
        heads: [
          { name: "At", as: "whole" },
          { name: "What", as: "whole" },
          "By",
          { name: "On", as: "spare" },
          { name: "From", as: "spare" }
        ],
        row: ({ at, action, by, subject, ip }) => [
          when(at),
          action,
          [by.member?.name ?? by.kind, ...by.token ? [`by ${by.token.name}`] : []].join(" "),
          subject.name ?? subject.id ?? subject.kind,
          ip ?? "–"
        ],
        none: "Nothing of that kind happened."
      });
    }
  },
  {
    path: "status",
    words: "Says whether the server lives and can work. Nobody has to be signed in.",
    examples: [["latchkey status --host https://tokens.example.com", "Ends with 5 where it cannot"]],
    async run(call) {
      const { health } = latchkeyAt(await hostOf(call));
      const alive = await health.alive({ retries: 0 });
      const ready = await health.ready({ retries: 0 });
      if (call.print.isJson) call.print.json({ alive: alive.status, ready: ready.status });
      else call.print.line("It lives, and is ready.");
    }
  }
];

// clients/cli/commands/profiles.ts
var KINDS = { session: "a person", token: "a token", client: "a client" };
var profileCommands = [
  {
    path: "profiles list",
    words: "Lists the logins that are kept here.",
    more: ["A token or a client in the environment goes before all of them. whoami says who calls."],
    examples: [["latchkey profiles list", "The current one has a star"]],
    async run({ profiles, print, terminal }) {
      const kept = await profiles.read();
      const all = Object.entries(kept.profiles).map(([name, profile]) => ({
        name,
        host: profile.host,
        kind: profile.kind,
        ...profile.kind === "session" ? { email: profile.email } : {},
        ...profile.kind === "client" ? { client_id: profile.clientId } : {},
        ...profile.who ? { issued_by: profile.who.name, organization: profile.who.organization } : {},
        current: name === kept.current
      }));
      if (print.isJson) return print.json(all);
      print.table(
        ["", { name: "Name", as: "whole" }, "Host", "As", "Organization"],
        all.map(({ name, host, kind, email, client_id, issued_by, organization, current }) => [
          current ? "*" : "",
          name,
          host,
          email ?? [KINDS[kind], client_id ?? (issued_by && `of ${issued_by}`)].filter(Boolean).join(" "),
          organization ?? "–"
        ]),
        "Nobody is signed in."
      );
      const word = wordOnEnvironment(terminal.env, all.length > 0 ? "all of these" : "what is kept here");
      if (word) print.note(word);
    }
  },
  {
    path: "profiles use",
    words: "Makes another login the current one.",
    takes: [{ name: "NAME" }],
    examples: [["latchkey profiles use work", "From now on"]],
    async run({ args, profiles, print }) {
      const [name = ""] = args;
      await profiles.change((kept) => {
        if (!kept.profiles[name]) throw new CommandEnd(`Nobody is signed in as ${name}.`, EXIT.notSignedIn);
        kept.current = name;
      });
      if (print.isJson) print.json({ current: name });
      else print.line(`From now on, ${name}.`);
    }
  },
  {
    path: "access-token",
    words: "Prints an access token for an hour, for another program.",
    more: [
      "Of a client that is signed in, a new one; of a person, the one of the login.",
      "Hand it on by a pipe, and not as an argument: other people on the machine see those for as long as the call lasts."
    ],
    options: [{ name: "header", words: "As the line of a header, which curl reads with -H @-." }],
    examples: [
      ["latchkey access-token --header | curl -H @- https://tokens.example.com/api/v1/me", "A call of one's own"]
    ],
    async run(call) {
      const { host, credentials } = await call.caller();
      const { clientId, token, scope } = credentials;
      if (clientId === void 0 && !token?.includes("."))
        throw new CommandEnd("A token needs no access token: it is one by itself.", EXIT.refused);
      const grant = clientId === void 0 ? { access_token: token } : await latchkeyAt(host, credentials).oauth.token({
        grant_type: "client_credentials",
        scope: scope?.join(" ")
      });
      if (call.print.isJson) call.print.json(grant);
      else call.print.line(`${call.has("header") ? "Authorization: Bearer " : ""}${grant.access_token ?? ""}`);
    }
  }
];

// clients/cli/commands/tokens.ts
var STATUSES = ["active", "expired", "deleted"];
var LAST_USED = ["24h", "7d", "30d", "90d", "over_90d", "never"];
var SORTS = ["created_at", "name", "last_used_at", "expires_at"].flatMap((column) => [column, `-${column}`]);
var roleOf = ({ role }) => role?.name ?? "as its issuer";
function printToken(token, print) {
  if (print.isJson) print.json(token);
  else
    print.facts([
      ["Name", token.name],
      ["Description", token.description],
      ["Id", token.id],
      ["Token", token.masked],
      ["Status", statusCell(token.status)],
      [
        "Issued by",
        token.issued_by.email ? `${token.issued_by.name} <${token.issued_by.email}>` : token.issued_by.name
      ],
      ["Role", roleOf(token)],
      ["May", token.permissions.join(", ") || "nothing"],
      ["Networks", token.allowed_networks.join(", ") || null],
      ["Outside policy", token.outside_policy.join(", ") || null],
      ["Created", when(token.created_at)],
      ["Expires", token.expires_at ? when(token.expires_at) : "never"],
      [
        "Last used",
        token.last_used_at ? `${when(token.last_used_at)}, from ${token.last_used_ip ?? "somewhere"}` : "never"
      ],
      ["Deleted unless used", token.deletion_at && when(token.deletion_at)],
      ["Deleted", token.deleted_at && when(token.deleted_at)],
      ["New secret waits", token.rotation?.waiting_since && `since ${when(token.rotation.waiting_since)}`],
      ["Old secret ends", token.rotation?.previous_ends_at && when(token.rotation.previous_ends_at)],
      ["Secret", token.secret === void 0 ? null : { text: token.secret, style: "bold" }]
    ]);
}
function printSecret(token, { alone, print }) {
  if (alone) print.line(token.secret);
  else printToken(token, print);
  if (!alone && !print.isJson) print.note("\nThe secret is shown this once. Keep it where your secrets are.");
}
var tokenCommands = [
  {
    path: "tokens list",
    words: "Lists tokens, newest first.",
    options: [
      { name: "status", takes: "STATUS", choices: STATUSES, many: true, words: "Tokens of this status." },
      { name: "search", takes: "TEXT", words: "A part of the name, or the start of the id." },
      { name: "issued-by", takes: "MEMBER-ID", many: true, words: "Tokens of this member." },
      {
        name: "role",
        takes: "ROLE-ID",
        many: true,
        words: "Tokens with this role; none for those that mirror their issuer."
      },
      { name: "last-used", takes: "WHEN", choices: LAST_USED, words: "Used within that time, longer ago, or never." },
      { name: "expires", takes: "WHEN", choices: ["soon", "unacknowledged"], words: "Expiring within seven days." },
      {
        name: "policy",
        takes: "STANDING",
        choices: ["within", "outside"],
        words: "By what the policy would allow now."
      },
      { name: "sort", takes: "COLUMN", choices: SORTS, words: "A minus sign turns the order round: --sort=-name." },
      { name: "limit", takes: "COUNT", words: "How many; 50 where it is left out." },
      { name: "all", words: "All of them." }
    ],
    examples: [
      ["latchkey tokens list --status active", "Those that work"],
      [
        "latchkey tokens list --last-used over_90d --all --json",
        "All that nobody has used for long, for another program"
      ]
    ],
    async run(call) {
      const { tokens } = await call.client();
      const query = {
        status: call.texts("status"),
        q: call.text("search"),
        issued_by: call.texts("issued-by"),
        role: call.texts("role"),
        last_used: call.text("last-used"),
        expires: call.text("expires"),
        policy: call.text("policy"),
        sort: call.text("sort")
      };
      await printList(call, (limit) => tokens.list({ ...query, limit }), {
        heads: [
          { name: "Id", as: "whole" },
          "Name",
          { name: "Status", as: "whole" },
          { name: "Role", as: "spare" },
          { name: "Issued by", as: "spare" },
          { name: "Expires", as: "whole" },
          { name: "Last used", as: "whole" }
        ],
        row: (token) => [
          token.id,
          token.name,
          statusCell(token.status),
          roleOf(token),
          token.issued_by.name,
          whenCell(token.expires_at, "never"),
          whenCell(token.last_used_at, "never")
        ],
        none: "There are no such tokens."
      });
    }
  },
  {
    path: "tokens show",
    words: "Shows all there is to know of a token, but its secret.",
    takes: [{ name: "ID" }],
    examples: [["latchkey tokens show 1m9YQ2zk7hVd", "A token by its id"]],
    async run(call) {
      const { tokens } = await call.client();
      printToken(await tokens.get(call.args[0] ?? ""), call.print);
    }
  },
  {
    path: "tokens receipt",
    words: "Says which servers refuse a deleted token, and since when.",
    takes: [{ name: "ID" }],
    examples: [["latchkey tokens receipt 1m9YQ2zk7hVd", "For a day after the deletion"]],
    async run({ client, args, print }) {
      const receipt = await (await client()).tokens.receipt(args[0] ?? "");
      if (print.isJson) return print.json(receipt);
      const everywhere = receipt.refused_everywhere_after_ms;
      print.line(
        receipt.deleted_at === null ? "This token is not deleted." : `Deleted ${when(receipt.deleted_at)}; ${everywhere === null ? "not refused everywhere yet." : `refused everywhere after ${everywhere} ms.`}`
      );
      if (receipt.deleted_at !== null)
        print.table(
          ["Host", "Server", { name: "State", as: "whole" }, { name: "After", as: "whole" }],
          receipt.instances.map(({ host, server, state, after_ms }) => [
            host,
            server,
            state,
            after_ms === null ? "–" : `${after_ms} ms`
          ]),
          ""
        );
    }
  }
];

// clients/cli/commands/tokens-changed.ts
var ID = { name: "ID" };
var ID_OR_SELF = { name: "ID|self" };
var SECRET_ONLY = { name: "secret-only", words: "Nothing but the secret, for a script." };
var NETWORK = {
  name: "network",
  takes: "CIDR",
  many: true,
  words: "From where it may be used: an address or a block."
};
var UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
async function roleId({ roles }, wish) {
  if (UUID.test(wish)) return wish;
  const names = [];
  for await (const { id, name } of roles.list({ limit: 100 })) {
    if (name.toLowerCase() === wish.toLowerCase()) return id;
    names.push(name);
  }
  throw usage("There is no role of that name.", `There are ${names.join(", ")}.`);
}
var wordsOf = (many) => many === 1 ? "this token" : `these ${many} tokens`;
async function isSure(call, latchkey) {
  const { args, terminal, print } = call;
  if (call.has("yes")) return true;
  if (!terminal.stdin.isTTY) throw usage("There is nobody to ask whether you are sure. Say --yes.");
  for (const id of args) {
    const { name, masked } = id === "self" ? await latchkey.me() : await latchkey.tokens.get(id);
    print.note(`${masked}  ${name}`);
  }
  return confirm(terminal, `Delete ${wordsOf(args.length)} for good?`);
}
var changingTokenCommands = [
  {
    path: "tokens create",
    words: "Creates a token, and shows its secret this once.",
    options: [
      { name: "name", takes: "NAME", words: "What people call it." },
      { name: "description", takes: "TEXT", words: "What it is for, where the policy has descriptions." },
      { name: "role", takes: "ROLE", words: "By name or id. Left out where tokens mirror their issuer." },
      { name: "expires", takes: "WHEN", words: "90d, 12h, 2027-01-31 or never. Left out where the policy fixes it." },
      { name: "issuer", takes: "MEMBER-ID", words: "A service account of yours that issues it." },
      NETWORK,
      SECRET_ONLY
    ],
    examples: [
      ['latchkey tokens create --name "Order sync" --role Engineer --expires 90d', "A token for a job"],
      [
        "latchkey tokens create --name CI --role Viewer --expires 30d --secret-only > token.txt",
        "Its secret alone, into a file"
      ]
    ],
    async run(call) {
      const latchkey = await call.client();
      const [role, expires] = [call.text("role"), call.text("expires")];
      const body = {
        name: call.text("name"),
        description: call.text("description"),
        role_id: role && await roleId(latchkey, role),
        expires_at: expires && readMoment(expires, call.now),
        issuer_id: call.text("issuer"),
        allowed_networks: call.texts("network").length > 0 ? call.texts("network") : void 0
      };
      printSecret(await latchkey.tokens.create(body), { alone: call.has("secret-only"), print: call.print });
    }
  },
  {
    path: "tokens update",
    words: "Changes a token's name, description or networks.",
    takes: [ID],
    options: [
      { name: "name", takes: "NAME", words: "Its new name." },
      { name: "description", takes: "TEXT", words: "Its new description; an empty one takes it away." },
      NETWORK,
      { name: "any-network", words: "Takes its own networks away." }
    ],
    examples: [["latchkey tokens update 1m9YQ2zk7hVd --network 203.0.113.0/24", "Bind it to a network"]],
    async run(call) {
      const networks = call.texts("network");
      if (networks.length > 0 && call.has("any-network")) throw usage("Say --network or --any-network, not both.");
      const description = call.text("description");
      const body = {
        name: call.text("name"),
        description: description === "" ? null : description,
        allowed_networks: networks.length > 0 ? networks : call.has("any-network") ? [] : void 0
      };
      if (Object.values(body).every((value) => value === void 0)) throw usage("Say what is to change.");
      const { tokens } = await call.client();
      printToken(await tokens.update(call.args[0] ?? "", body), call.print);
    }
  },
  {
    path: "tokens rotate",
    words: "Makes a new secret for a token, and shows it this once.",
    takes: [ID_OR_SELF],
    options: [
      {
        name: "overlap-days",
        takes: "DAYS",
        words: "For how long the old secret goes on once the new one was used: 0 to 7, 1 where it is left out."
      },
      SECRET_ONLY
    ],
    more: [
      "The old secret works until the new one is first used. Nothing is lost where the new one never arrives: ask again."
    ],
    examples: [
      ["latchkey tokens rotate 1m9YQ2zk7hVd --secret-only > token.txt", "A new secret, into a file"],
      ["latchkey tokens rotate self --overlap-days 0", "For the token that is called with"]
    ],
    async run(call) {
      const [id = ""] = call.args;
      const days = call.text("overlap-days");
      const body = days === void 0 ? {} : { overlap_days: readCount(days, "overlap-days", 0, 7) };
      const latchkey = await call.client();
      const alone = call.has("secret-only");
      if (id !== "self") return printSecret(await latchkey.tokens.rotate(id, body), { alone, print: call.print });
      const own = await latchkey.self.rotate(body);
      if (call.print.isJson && !alone) return call.print.json(own);
      call.print.line(own.secret);
      if (!alone)
        call.print.note(`The new secret of ${own.name}, shown this once. The old one works until it is first used.`);
    }
  },
  {
    path: "tokens cancel-rotation",
    words: "Takes a new secret back that nobody has used yet.",
    takes: [ID_OR_SELF],
    examples: [["latchkey tokens cancel-rotation 1m9YQ2zk7hVd", "The old secret stays the only one"]],
    async run({ args, client, print }) {
      const [id = ""] = args;
      const latchkey = await client();
      if (id !== "self") return printToken(await latchkey.tokens.cancelRotation(id), print);
      const own = await latchkey.self.cancelRotation();
      if (print.isJson) print.json(own);
      else print.line(`The new secret of ${own.name} never works.`);
    }
  },
  {
    path: "tokens extend",
    words: "Lets a token live longer.",
    takes: [ID],
    options: [{ name: "expires", takes: "WHEN", words: "90d (from now), 2027-01-31 or never." }],
    examples: [["latchkey tokens extend 1m9YQ2zk7hVd --expires 90d", "90 days from now"]],
    async run(call) {
      const expires = call.text("expires");
      if (expires === void 0) throw usage("--expires is missing.");
      const { tokens } = await call.client();
      const body = { expires_at: readMoment(expires, call.now) };
      printToken(await tokens.extend(call.args[0] ?? "", body), call.print);
    }
  },
  {
    path: "tokens delete",
    words: "Deletes tokens for good. Their next call is refused.",
    takes: [{ ...ID_OR_SELF, many: true }],
    options: [{ name: "yes", words: "Without asking." }],
    examples: [
      ["latchkey tokens delete 1m9YQ2zk7hVd", "Asks first"],
      ["latchkey tokens delete self --yes", "The token that is called with, where it may have leaked"]
    ],
    async run(call) {
      const { args, print } = call;
      const latchkey = await call.client();
      if (!await isSure(call, latchkey)) throw new CommandEnd("Nothing was deleted.", EXIT.refused);
      const gone = [];
      for (const id of args) {
        const deleted = id === "self" ? await latchkey.self.delete() : await latchkey.tokens.delete(id);
        gone.push(deleted);
        if (!print.isJson) print.line(`Deleted ${deleted.id}.`);
      }
      if (print.isJson) print.json(gone);
    }
  }
];

// clients/cli/commands/verify.ts
function invalid(call, sentence, code) {
  if (call.print.isJson) call.print.json({ valid: false, code });
  else call.print.line(sentence);
  throw new CommandEnd("", EXIT.refused);
}
async function byCalling(call, token) {
  const me = await latchkeyAt(await hostOf(call), { token }).me().catch((error) => {
    if (!(error instanceof LatchkeyProblem) || error.status === 429 || error.status >= 500) throw error;
    return invalid(call, `Not valid: ${error.sentence}`, error.code);
  });
  if (call.print.isJson) return call.print.json({ valid: true, ...me });
  call.print.line(`Valid: ${me.name}, of ${me.issued_by.name} at ${me.organization.name}.`);
  call.print.line(`May ${me.permissions.join(", ") || "nothing"}.`);
  call.print.line(me.expires_at ? `Expires ${when(me.expires_at)}.` : "Does not expire.");
}
async function byIntrospection(call, token) {
  const said = await (await call.client()).oauth.introspect({ token });
  if (!said.active) return invalid(call, "Not active, as far as this client is told.", "inactive");
  if (call.print.isJson) return call.print.json({ valid: true, ...said });
  call.print.line(`Active. May ${said.scope || "nothing"}.`);
}
var verifyCommands = [
  {
    path: "verify",
    words: "Says whether a token is valid: ends with 0 where it is, with 1 where it is not.",
    options: [
      { name: "introspect", words: "Asks as the client that is signed in, in place of calling with the token." }
    ],
    more: [
      "The token is asked for, or read from stdin, and never an argument: other people on the machine see those, and shells write them down.",
      "Either way counts as a use of the token."
    ],
    examples: [
      ["latchkey verify --host https://tokens.example.com", "Asks for the token"],
      ["latchkey verify < token.txt && deploy", "In a script"]
    ],
    async run(call) {
      const token = (await readSecret(call.terminal, "Token")).trim();
      if (!/^[\x21-\x7e]+$/.test(token)) return invalid(call, "Not valid: no token has such characters.", "malformed");
      await (call.has("introspect") ? byIntrospection(call, token) : byCalling(call, token));
    }
  },
  {
    path: "revoke",
    words: "Takes a token back by itself: whoever holds it may end it.",
    more: [
      "The token is read as verify reads it. Nothing is said of a token that was not valid: OAuth has it so (RFC 7009)."
    ],
    examples: [["latchkey revoke < leaked.txt", "A token that was found somewhere"]],
    async run(call) {
      const token = (await readSecret(call.terminal, "Token")).trim();
      await latchkeyAt(await hostOf(call)).oauth.revoke({ token });
      if (call.print.isJson) call.print.json({ revoked: true });
      else call.print.line("It is not valid any more, if it was.");
    }
  }
];

// clients/cli/commands.ts
var COMMANDS = [
  ...loginCommands,
  ...tokenCommands,
  ...changingTokenCommands,
  ...verifyCommands,
  ...organizationCommands,
  ...profileCommands,
  ...completionCommands(() => COMMANDS)
];

// clients/cli/help.ts
function helpOf(command, width) {
  const { words, more = [], options = [], examples } = command;
  return sections([
    `${wrapped(words, "", width)}

  ${usageLine(command)}`,
    ...more.map((paragraph) => wrapped(paragraph, "", width)),
    options.length > 0 ? `Options
${optionLines(options, width)}` : "",
    `Options of every command
${optionLines(COMMON_OPTIONS, width)}`,
    `Examples
${examples.map(([line, about]) => `  # ${about}
  ${line}`).join("\n\n")}`
  ]);
}
function overview(commands, width) {
  return sections([
    wrapped("Latchkey on the command line: API tokens, and who holds them.", "", width),
    `Commands
${columns(
      commands.filter(({ path }) => path !== "complete").map((command) => [usageLine(command, true), command.words]),
      width
    )}`,
    `Options of every command
${optionLines(COMMON_OPTIONS, width)}`,
    `Environment
${columns(
      [
        ["LATCHKEY_HOST", "Where Latchkey is."],
        ["LATCHKEY_TOKEN", "A token to call with, in place of a kept login."],
        ["LATCHKEY_CLIENT_ID, LATCHKEY_CLIENT_SECRET", "A client to call as, likewise."],
        ["LATCHKEY_PROFILE", "Which kept login."],
        ["NO_COLOR", "No colours. There are none where stdout is no terminal."]
      ],
      width
    )}`,
    `How it ends
${columns(
      [
        ["0", "It was done, or is valid."],
        ["1", "It was refused, or is not valid."],
        ["2", "It was not called as it has to be."],
        ["3", "Nobody is signed in, or no longer."],
        ["4", "There is no such thing, or it is not yours to see."],
        ["5", "No answer, or one that says to come again later."]
      ],
      width
    )}`,
    "latchkey COMMAND --help says more, with examples."
  ]);
}
function usageLine({ path, takes = [], options = [] }, short = false) {
  const args = takes.map(({ name, choices, many }) => `${choices ? choices.join("|") : name}${many ? "…" : ""}`);
  return ["latchkey", path, ...args, ...options.length > 0 && !short ? ["[options]"] : []].slice(short ? 1 : 0).join(" ");
}
var optionLines = (options, width) => columns(
  options.map(({ name, takes, words, choices, many }) => [
    `--${name}${takes ? ` ${takes}` : ""}`,
    `${words}${choices ? ` One of ${choices.join(", ")}.` : ""}${many ? " May be repeated." : ""}`
  ]),
  width
);
function columns(rows, room) {
  const width = Math.min(30, Math.max(...rows.map(([name]) => name.length)));
  const indent = " ".repeat(width + 4);
  return rows.map(([name, words]) => {
    const said = wrapped(words, indent, room).slice(indent.length);
    return name.length > width ? `  ${name}
${indent}${said}` : `  ${name.padEnd(width)}  ${said}`;
  }).join("\n");
}
function wrapped(text2, indent, width) {
  const lines = [];
  for (const word of text2.split(" ")) {
    const last = lines.at(-1);
    if (last !== void 0 && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines.join("\n");
}
var sections = (parts) => parts.filter((part2) => part2 !== "").join("\n\n");

// clients/cli/text-width.ts
var plain = (text2) => text2.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, " ");
var WIDE = new RegExp("\\p{Emoji_Presentation}|[\\u1100-\\u115f\\u2e80-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff00-\\uff60\\uffe0-\\uffe6]", "u");
function widthOf(text2) {
  let width = 0;
  for (const character of text2) width += new RegExp("\\p{Mn}|\\p{Me}|\\p{Cf}", "u").test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}
function cut(text2, width) {
  if (widthOf(text2) <= width) return text2;
  const characters = [...text2];
  while (characters.length > 0 && widthOf(characters.join("")) > width - 1) characters.pop();
  return `${characters.join("")}…`;
}

// clients/cli/table.ts
var GAP = 2;
var LEAST = 8;
var nameOf2 = (head) => typeof head === "string" ? head : head.name;
function fitted(heads, rows, room) {
  const all = heads.map((head, at) => ({ at, as: typeof head === "string" ? "cut" : head.as }));
  const measured = (columns2, short) => columns2.map(({ at, as }) => ({ at, as, width: Math.max(...rows.map((row) => widthOf(shown(row[at], short)))) }));
  const asTheyAre = measured(all, false);
  if (takenBy(asTheyAre) <= room) return { columns: asTheyAre, short: false, left: [] };
  let kept = all;
  for (; ; ) {
    const columns2 = narrowed(measured(kept, true), room);
    const spare = kept.findLast(({ as }) => as === "spare");
    if (takenBy(columns2) <= room || !spare) {
      const left = all.filter((column) => !kept.includes(column)).map(({ at }) => nameOf2(heads[at] ?? ""));
      return { columns: columns2, short: true, left };
    }
    kept = kept.filter((column) => column !== spare);
  }
}
function narrowed(columns2, room) {
  for (; ; ) {
    const widest = columns2.filter(({ as, width }) => as !== "whole" && width > LEAST).reduce((most, column) => most && most.width >= column.width ? most : column, null);
    if (!widest || takenBy(columns2) <= room) return columns2;
    widest.width -= 1;
  }
}
var takenBy = (columns2) => columns2.reduce((sum, { width }) => sum + width, 0) + GAP * (columns2.length - 1);
var shown = (cell, short) => short && cell?.short || (cell?.text ?? "");
function placed(text2, { as, width }) {
  const fits = as === "whole" ? text2 : cut(text2, width);
  return { text: fits, space: " ".repeat(Math.max(0, width - widthOf(fits)) + GAP) };
}

// clients/cli/printer.ts
var STYLES = { bold: "1", dim: "2", red: "31", green: "32", yellow: "33" };
var USUAL2 = 80;
var NARROW = 60;
var WIDE2 = 100;
var Printer = class {
  #terminal;
  isJson;
  constructor(terminal, { json }) {
    this.#terminal = terminal;
    this.isJson = json;
  }
  /** A line of what was asked for. */
  line(text2) {
    this.#terminal.stdout.write(`${text2}
`);
  }
  json(value) {
    this.line(JSON.stringify(value, null, 2));
  }
  /** A word beside it, which no program reads. */
  note(text2) {
    this.#terminal.stderr.write(`${text2}
`);
  }
  /** Columns under their heads; only the heads' absence tells a program that there are none. */
  table(heads, rows, empty) {
    if (rows.length === 0) {
      this.note(empty);
      return;
    }
    const cells = rows.map(
      (row) => row.map((cell) => {
        const { text: text2, short: short2, style } = typeof cell === "string" ? { text: cell } : cell;
        return { text: plain(text2), ...short2 === void 0 ? {} : { short: short2 }, ...style ? { style } : {} };
      })
    );
    const all = [heads.map((head) => ({ text: nameOf2(head).toUpperCase(), style: "bold" })), ...cells];
    const { columns: columns2, short, left } = fitted(heads, all, this.#room());
    for (const row of all) {
      const line = columns2.map((column, nth) => {
        const { text: text2, space } = placed(shown(row[column.at], short), column);
        return `${this.#styled(text2, row[column.at]?.style)}${nth === columns2.length - 1 ? "" : space}`;
      });
      this.line(line.join(""));
    }
    if (left.length > 0) this.note(`There is no room for ${left.join(", ").toLowerCase()}: --json has all.`);
  }
  /** Places in a line; without an end where nobody looks. */
  #room() {
    const { isTTY, columns: columns2 } = this.#terminal.stdout;
    return isTTY && columns2 ? columns2 : Number.POSITIVE_INFINITY;
  }
  /** How wide text for people is wrapped. */
  get textWidth() {
    const { isTTY, columns: columns2 } = this.#terminal.stdout;
    return isTTY && columns2 ? Math.min(Math.max(columns2, NARROW), WIDE2) : USUAL2;
  }
  /** One thing: what it is called, and what it is. */
  facts(facts) {
    const shown2 = facts.filter((fact) => fact[1] !== null && fact[1] !== void 0);
    const width = Math.max(...shown2.map(([name]) => widthOf(name)));
    for (const [name, value] of shown2) {
      const { text: text2, style } = typeof value === "string" ? { text: value, style: void 0 } : value;
      const space = " ".repeat(width - widthOf(name) + GAP);
      this.line(`${this.#styled(name, "dim")}${space}${this.#styled(plain(text2), style)}`);
    }
  }
  #styled(text2, style) {
    const { env, stdout } = this.#terminal;
    if (!style || !stdout.isTTY || env.NO_COLOR || env.TERM === "dumb") return text2;
    return `\x1B[${STYLES[style]}m${text2}\x1B[0m`;
  }
};

// clients/cli/profiles.ts
import { chmod, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
var STALE_LOCK_MS = 6e4;
var Profiles = class {
  path;
  constructor(env) {
    const config = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config");
    this.path = join(config, "latchkey", "profiles.json");
  }
  async read() {
    const text2 = await readFile(this.path, "utf8").catch((error) => {
      if (error.code === "ENOENT") return "";
      throw new CommandEnd(`${this.path} cannot be read.`, EXIT.notSignedIn);
    });
    if (text2 === "") return { current: "default", profiles: {} };
    try {
      const kept = JSON.parse(text2);
      if (typeof kept.current === "string" && typeof kept.profiles === "object") return kept;
    } catch {
    }
    throw new CommandEnd(`${this.path} is not what latchkey wrote.`, EXIT.notSignedIn, [
      "Remove it, then sign in again: latchkey login"
    ]);
  }
  /** Changes what is kept, while no other process does. */
  async change(work) {
    return this.#locked(async () => {
      const kept = await this.read();
      const answer = await work(kept);
      await this.#write(kept);
      return answer;
    });
  }
  /** Whole or not at all: written beside it and put in its place. */
  async #write(kept) {
    const beside = `${this.path}.${process.pid}`;
    const file = await open(beside, "w", 384);
    try {
      await file.writeFile(`${JSON.stringify(kept, null, 2)}
`);
      await chmod(beside, 384);
    } finally {
      await file.close();
    }
    await rename(beside, this.path);
  }
  async #locked(work) {
    const lock = `${this.path}.lock`;
    await mkdir(dirname(this.path), { recursive: true, mode: 448 });
    for (; ; ) {
      const file = await open(lock, "wx", 384).catch((error) => {
        if (error.code === "EEXIST") return null;
        throw new CommandEnd(`${this.path} cannot be written.`, EXIT.notSignedIn);
      });
      if (file) {
        await file.close();
        break;
      }
      const age = await stat(lock).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0
      );
      if (age > STALE_LOCK_MS) await rm(lock, { force: true });
      else await after(50);
    }
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  }
};

// clients/cli/run.ts
var VERSION = "0.1.0";
async function run(typed, terminal, now = /* @__PURE__ */ new Date()) {
  const argv = commandFirst(typed);
  const print = new Printer(terminal, { json: argv.includes("--json") });
  try {
    if (saysHelp(argv, print)) return EXIT.ok;
    const { command, args, options } = readArguments(argv, COMMANDS);
    const profiles = new Profiles(terminal.env);
    const text2 = (name) => options.get(name)?.at(-1);
    const caller = () => callerOf({ profile: text2("profile"), host: text2("host") }, terminal.env, profiles);
    await command.run({
      args,
      has: (name) => options.has(name),
      text: text2,
      texts: (name) => options.get(name) ?? [],
      terminal,
      print,
      profiles,
      caller,
      client: async () => {
        const { host, credentials } = await caller();
        return latchkeyAt(host, credentials);
      },
      now
    });
    return EXIT.ok;
  } catch (error) {
    return tell(error, print, argv, terminal.env);
  }
}
function commandFirst(typed) {
  const argv = typed.map((word) => word === "-h" ? "--help" : word);
  let at = 0;
  while (argv[at]?.startsWith("--") && argv[at] !== "--")
    at += argv[at] === "--profile" || argv[at] === "--host" ? 2 : 1;
  return [...argv.slice(at), ...argv.slice(0, at)];
}
function saysHelp(argv, print) {
  const [first] = argv;
  if (first === "--version") {
    print.line(VERSION);
    return true;
  }
  const asksFor = first === "help" ? argv.slice(1) : argv;
  const command = findCommand(asksFor, COMMANDS);
  const end = argv.indexOf("--");
  const isAsked = first === "help" || (end === -1 ? argv : argv.slice(0, end)).includes("--help") || argv.length === 0;
  if (!isAsked || asksFor.length > 0 && !asksFor[0]?.startsWith("-") && !command && !isGroup(asksFor[0]))
    return false;
  print.line(
    command ? helpOf(command, print.textWidth) : overview(
      COMMANDS.filter(({ path }) => !isGroup(asksFor[0]) || path.startsWith(`${asksFor[0]} `)),
      print.textWidth
    )
  );
  return true;
}
var isGroup = (word) => COMMANDS.some(({ path }) => path.startsWith(`${word} `));
var TYPING = {
  role_required: "Say --role NAME; latchkey roles list has them.",
  expiry_required: "Say --expires 90d.",
  not_found: "A token is named by its id, which latchkey tokens list shows first."
};
function tell(error, print, argv, env) {
  if (error instanceof CommandEnd) return say(print, error.exit, error.message, error.hints);
  if (error instanceof LatchkeyProblem) {
    const { status, code, requestId, sentence, type } = error;
    const hints = [requestId ? `${code}, request ${requestId}` : code, ...type ? [type] : []];
    const exit = exitOf(status);
    if (exit === EXIT.notSignedIn && argv[0] !== "login") hints.push(...mendOf(argv, env));
    const typing = TYPING[code];
    if (typing && argv[0] === "tokens") hints.push(typing);
    return say(print, exit, sentence, hints, {
      code,
      type,
      status,
      request_id: requestId,
      errors: error.errors,
      retry_after: error.retryAfter
    });
  }
  if (error instanceof LatchkeySecretLost) {
    const id = error.made?.id;
    return say(print, EXIT.unavailable, error.message, id ? [`latchkey tokens rotate ${id}`] : []);
  }
  if (error instanceof LatchkeyUnreachable) return say(print, EXIT.unavailable, error.message, []);
  if (error instanceof LatchkeyError) return say(print, EXIT.usage, error.message, []);
  throw error;
}
function mendOf(argv, env) {
  const variable = argv.some((word) => /^--profile(=|$)/.test(word)) ? null : credentialVariable(env);
  return variable ? [`${variable} is set, and goes before every kept login.`, "Mend it, unset it, or say --profile NAME."] : ["latchkey login signs you in again."];
}
function exitOf(status) {
  if (status === 401) return EXIT.notSignedIn;
  if (status === 404) return EXIT.notFound;
  return status === 429 || status >= 500 ? EXIT.unavailable : EXIT.refused;
}
function say(print, exit, sentence, hints, facts = {}) {
  if (sentence === "") return exit;
  if (print.isJson)
    print.note(JSON.stringify({ error: sentence, ...facts, ...hints.length > 0 ? { hints } : {}, exit }));
  else print.note([`latchkey: ${sentence}`, ...hints.map((hint) => `  ${hint}`)].join("\n"));
  return exit;
}

// clients/cli/main.ts
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});
process.exitCode = await run(process.argv.slice(2), process);
