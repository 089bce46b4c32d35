import { serverMetadata } from "@/lib/oauth/server-metadata";

/** Cut short, as nobody could use one from a page. */
export const accessTokenExample = {
  access_token: "eyJhbGciOiJFUzI1NiIsImtpZCI6Im84dWpE…",
  token_type: "Bearer",
  expires_in: 3600,
  scope: "members:read",
} as const;

const HERE = "https://tokens.example.com";

export const metadataExample = serverMetadata(HERE);

export const keySetExample = {
  keys: [
    {
      kty: "EC",
      crv: "P-256",
      x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
      y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
      kid: "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",
      use: "sig",
      alg: "ES256",
    },
  ],
};
