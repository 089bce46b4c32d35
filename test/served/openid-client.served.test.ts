import * as client from "openid-client";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { makeScene, type Scene, servedDatabase } from "./scene";

const { db } = servedDatabase();
const issuer = new URL(inject("servedUrl"));
const api = `${issuer.origin}/api/v1`;

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene(db);
});

const discover = (proof: (secret: string) => client.ClientAuth) =>
  client.discovery(issuer, scene.client.id, undefined, proof(scene.client.secret), {
    algorithm: "oauth2",
    // This server, on this machine, has no TLS.
    execute: [client.allowInsecureRequests],
  });

describe.each([
  ["client_secret_basic", client.ClientSecretBasic],
  ["client_secret_post", client.ClientSecretPost],
])("openid-client with %s", (method, proof) => {
  it("goes the whole way: discovery, token, call, introspection, revocation, and refused after it", async () => {
    const config = await discover(proof);
    const server = config.serverMetadata();
    expect(server.issuer).toBe(issuer.origin);
    expect(server.token_endpoint_auth_methods_supported).toContain(method);

    const answer = await client.clientCredentialsGrant(config, { scope: "members:read tokens:read", resource: api });
    expect(answer.expiresIn()).toBeGreaterThan(3590);
    expect(answer.scope?.split(" ").toSorted()).toEqual(["members:read", "tokens:read"]);
    expect(answer.claims()).toBeUndefined();
    const token = answer.access_token;

    const call = await client.fetchProtectedResource(config, token, new URL(`${api}/tokens`), "GET");
    expect(call.status).toBe(200);
    expect(await client.tokenIntrospection(config, token)).toMatchObject({ active: true, client_id: scene.client.id });

    await client.tokenRevocation(config, token);
    expect(await client.tokenIntrospection(config, token)).toEqual({ active: false });
    await expect(client.fetchProtectedResource(config, token, new URL(`${api}/me`), "GET")).rejects.toBeInstanceOf(
      client.WWWAuthenticateChallengeError,
    );
  });

  it("reads each refusal as the error that it is", async () => {
    const config = await discover(proof);
    const refused = (parameters: Record<string, string>) => client.clientCredentialsGrant(config, parameters);
    await expect(refused({ scope: "no:such" })).rejects.toMatchObject({ status: 400, error: "invalid_scope" });
    await expect(refused({ resource: "https://elsewhere.example" })).rejects.toMatchObject({
      status: 400,
      error: "invalid_target",
    });
    await expect(client.genericGrantRequest(config, "password", { username: "a" })).rejects.toMatchObject({
      status: 400,
      error: "unsupported_grant_type",
    });
  });
});

it("openid-client narrows nothing by asking for nothing, and finds no endpoint that takes a browser", async () => {
  const config = await discover(client.ClientSecretBasic);
  const { scope = "" } = await client.clientCredentialsGrant(config);
  expect(scope.split(" ")).toEqual(expect.arrayContaining(["members:read", "tokens:read"]));
  expect(() => client.buildAuthorizationUrl(config, {})).toThrow(/authorization_endpoint/);
});
