import * as oauth from "oauth4webapi";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { makeScene, type Scene, servedDatabase } from "./scene";

/** The library as it is published. The one thing it is told is that this server, on this machine, has no TLS. */
const plain = { [oauth.allowInsecureRequests]: true };
const { db } = servedDatabase();
const issuer = new URL(inject("servedUrl"));
const api = `${issuer.origin}/api/v1`;

let scene: Scene;
let as: oauth.AuthorizationServer;
let client: oauth.Client;

beforeAll(async () => {
  scene = await makeScene(db);
  const answer = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...plain });
  as = await oauth.processDiscoveryResponse(issuer, answer);
  client = { client_id: scene.client.id };
});

type Authentication = (secret: string) => oauth.ClientAuth;
const METHODS: readonly [string, Authentication][] = [
  ["client_secret_basic", oauth.ClientSecretBasic],
  ["client_secret_post", oauth.ClientSecretPost],
];

async function exchange(parameters: Record<string, string>, authentication: Authentication = oauth.ClientSecretBasic) {
  const proof = authentication(scene.client.secret);
  const answer = await oauth.clientCredentialsGrantRequest(as, client, proof, parameters, plain);
  return oauth.processClientCredentialsResponse(as, client, answer);
}

const calling = (token: string, path = "/me") =>
  new Request(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } });
const statusOf = async (token: string, path?: string) => (await fetch(calling(token, path))).status;
const validate = (token: string, audience = api) =>
  oauth.validateJwtAccessToken(as, calling(token), audience, { signingAlgorithms: ["ES256"], ...plain });

async function introspect(token: string, authentication: Authentication = oauth.ClientSecretBasic) {
  const proof = authentication(scene.client.secret);
  const answer = await oauth.introspectionRequest(as, client, proof, token, plain);
  return oauth.processIntrospectionResponse(as, client, answer);
}

async function revoke(token: string, authentication: Authentication = oauth.ClientSecretBasic) {
  const proof = authentication(scene.client.secret);
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, proof, token, plain));
}

describe("oauth4webapi", () => {
  it("discovers every endpoint, and what it may ask of them", () => {
    expect(as).toMatchObject({
      issuer: issuer.origin,
      token_endpoint: `${api}/oauth/token`,
      introspection_endpoint: `${api}/oauth/introspect`,
      revocation_endpoint: `${api}/oauth/revoke`,
      jwks_uri: `${issuer.origin}/.well-known/jwks.json`,
    });
    expect(as.grant_types_supported).toContain("client_credentials");
    // None by way of a browser.
    expect(as.response_types_supported ?? []).toEqual([]);
    expect(as.authorization_endpoint).toBeUndefined();
    for (const endpoint of ["token", "introspection", "revocation"] as const) {
      expect(as[`${endpoint}_endpoint_auth_methods_supported`], endpoint).toEqual(
        expect.arrayContaining(METHODS.map(([method]) => method)),
      );
      expect(as[`${endpoint}_endpoint_auth_methods_supported`], endpoint).not.toContain("none");
    }
  });

  describe.each(METHODS)("with %s", (_, authentication) => {
    it("gets an access token of an hour that the API takes, and a server that only has the keys", async () => {
      const answer = await exchange({}, authentication);
      expect(answer).toMatchObject({ token_type: "bearer", expires_in: 3600 });
      expect(answer.refresh_token).toBeUndefined();
      const claims = await validate(answer.access_token);
      expect(claims).toMatchObject({ iss: issuer.origin, sub: scene.client.id, client_id: scene.client.id });
      expect(claims.exp - claims.iat).toBe(3600);
      expect(claims.scope?.split(" ")).toContain("tokens:read");
      expect(await statusOf(answer.access_token, "/tokens")).toBe(200);
    });

    it("introspects, revokes, and is told that the token is over", async () => {
      const { access_token: token } = await exchange({}, authentication);
      const { access_token: other } = await exchange({}, authentication);
      expect(await introspect(token, authentication)).toMatchObject({
        active: true,
        iss: issuer.origin,
        client_id: scene.client.id,
        sub: scene.client.id,
        token_type: "Bearer",
      });
      await revoke(token, authentication);
      expect(await introspect(token, authentication)).toEqual({ active: false });
      expect(await statusOf(token)).toBe(401);
      expect(await statusOf(other), "another token of the client").toBe(200);
      // What checks signatures by itself goes on until the token's own end.
      expect(await validate(token)).toMatchObject({ sub: scene.client.id });
    });

    it("may revoke what is no token, and twice", async () => {
      const { access_token: token } = await exchange({}, authentication);
      await revoke(token, authentication);
      await revoke(token, authentication);
      await revoke("no token of anybody", authentication);
    });

    it("is refused by another secret, as invalid_client and with a challenge", async () => {
      const proof = authentication("not its secret");
      const answer = await oauth.clientCredentialsGrantRequest(as, client, proof, {}, plain);
      const refused = oauth.processClientCredentialsResponse(as, client, answer);
      // With a challenge the library reports that, and without one the body.
      await expect(refused).rejects.toSatisfy((error) =>
        error instanceof oauth.WWWAuthenticateChallengeError
          ? error.status === 401 && error.cause[0]?.scheme === "basic"
          : error instanceof oauth.ResponseBodyError && error.error === "invalid_client",
      );
    });
  });

  it("narrows by scope, and the answer, the token and the API agree", async () => {
    const answer = await exchange({ scope: "members:read" });
    expect(answer.scope).toBe("members:read");
    expect((await validate(answer.access_token)).scope).toBe("members:read");
    expect((await introspect(answer.access_token)).scope).toBe("members:read");
    expect(await statusOf(answer.access_token, "/members")).toBe(200);
    expect(await statusOf(answer.access_token, "/tokens")).toBe(403);
  });

  it("names the API as the resource, and gets none for another", async () => {
    const answer = await exchange({ resource: api });
    expect((await validate(answer.access_token)).aud).toBe(api);
    await expect(validate(answer.access_token, "https://elsewhere.example")).rejects.toThrow(/aud/);
    await expect(exchange({ resource: "https://elsewhere.example/" })).rejects.toMatchObject({
      status: 400,
      error: "invalid_target",
    });
  });

  it.each([
    ["a scope that there is none of", { scope: "no:such" }, "invalid_scope"],
    ["a scope beyond the client's role", { scope: "roles:write" }, "invalid_scope"],
    ["a scope that is not well-formed", { scope: 'a"b' }, "invalid_scope"],
  ])("gets %s refused in the words of RFC 6749", async (_, parameters, error) => {
    await expect(exchange(parameters)).rejects.toMatchObject({ name: "ResponseBodyError", status: 400, error });
  });

  it("has a grant that is not served refused as such", async () => {
    const proof = oauth.ClientSecretBasic(scene.client.secret);
    const grant = "urn:ietf:params:oauth:grant-type:device_code";
    const answer = await oauth.genericTokenEndpointRequest(as, client, proof, grant, {}, plain);
    await expect(oauth.processGenericTokenEndpointResponse(as, client, answer)).rejects.toMatchObject({
      status: 400,
      error: "unsupported_grant_type",
    });
  });

  it("reads the challenge of a call whose token is over", async () => {
    const { access_token: token } = await exchange({});
    await revoke(token);
    const call = oauth.protectedResourceRequest(token, "GET", new URL(`${api}/me`), undefined, undefined, plain);
    await expect(call).rejects.toMatchObject({
      status: 401,
      cause: [{ scheme: "bearer", parameters: { realm: "latchkey", error: "invalid_token" } }],
    });
  });

  it("accepts nothing of a client that was deleted, at the very next call", async () => {
    const gone = await scene.world.addToken(scene.world.admin, { kind: "cls", roleId: scene.world.roleIds.engineer });
    const proof = oauth.ClientSecretBasic(gone.secret);
    const own = { client_id: gone.id };
    const answer = await oauth.clientCredentialsGrantRequest(as, own, proof, {}, plain);
    const { access_token: token } = await oauth.processClientCredentialsResponse(as, own, answer);
    expect(await statusOf(token)).toBe(200);
    const admin = await scene.world.addToken(scene.world.admin, { roleId: null });
    const headers = { authorization: `Bearer ${admin.secret}` };
    expect((await fetch(`${api}/tokens/${gone.id}`, { method: "DELETE", headers })).status).toBe(200);
    expect(await statusOf(token)).toBe(401);
    expect(await introspect(token)).toEqual({ active: false });
  });
});
