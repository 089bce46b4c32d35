import { mintingKeys } from "@/lib/tokens/minting-keys";
import { mintToken } from "@/lib/tokens/token-secret";
import type { Bearer, House, Person } from "./cast";
import { send } from "./requests";

export const bearing = (secret: string) => ({ authorization: `Bearer ${secret}` });

export const bearer = (label: string, issuer: Person, secret: string, rest: Partial<Bearer> = {}): Bearer => ({
  label,
  issuer,
  secret,
  roleId: null,
  refused: null,
  headers: bearing(secret),
  ...rest,
});

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});

const clientOf = ({ house, member }: Person) => house.world.addToken(member, { kind: "cls", roleId: null });

/** What clients of a house send in place of their secrets; it may do what the client may. */
export async function accessTokens({ people }: House, url: string): Promise<Bearer[]> {
  return Promise.all(
    people.slice(0, 2).map(async (issuer) => {
      const { id, secret } = await clientOf(issuer);
      const headers = { ...basic(id, secret), "content-type": "application/x-www-form-urlencoded" };
      const body = "grant_type=client_credentials";
      const { text } = await send({ url: `${url}/api/v1/oauth/token`, method: "POST", headers, body });
      return bearer(`${issuer.label}'s client's access token`, issuer, JSON.parse(text).access_token, {
        isAccessToken: true,
      });
    }),
  );
}

/** Who asks where clients are let in: a client of each of two houses, and whoever is none. */
export async function callersAsClients(first: House, second: House): Promise<Bearer[]> {
  const [admin, other] = [first.people[0] as Person, second.people[0] as Person];
  const [one, two] = [await clientOf(admin), await clientOf(other)];
  const as = (label: string, issuer: Person, headers: Record<string, string>, rest: Partial<Bearer> = {}) =>
    bearer(label, issuer, "", { headers, refused: "missing_token", ...rest });
  return [
    as(`${admin.label}'s client`, admin, basic(one.id, one.secret), { isClient: true, refused: null }),
    as(`${other.label}'s client`, other, basic(two.id, two.secret), { isClient: true, refused: null }),
    as("a client with another's secret", admin, basic(one.id, two.secret)),
    as("a client that was never made", admin, basic(mintToken(mintingKeys().prefix, "cls").id, one.secret)),
    as("an API token in place of a client", admin, basic(admin.token.id, admin.token.secret)),
    as("a bearer in place of a client", admin, bearing(one.secret)),
    as("a session in place of a client", admin, admin.headers),
    as("nobody", admin, {}),
  ];
}
