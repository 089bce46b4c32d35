import { nameInput } from "@/lib/text-input";
import type { TokenPolicy } from "./token-policy";

/** What a token is called where a person has one at most. */
const ONLY_ONE = "API token";

const aName = nameInput("a name");

/**
 * Where a token's name comes from: asked for; the beginning of its description, for clients, which are told apart by
 * what they are for; or given, where a person has a single one.
 */
export function tokenNaming(
  policy: Pick<TokenPolicy, "credential" | "description" | "maxPerIssuer">,
): "asked" | "description" | "given" {
  if (policy.credential === "client" && policy.description === "required") return "description";
  return policy.maxPerIssuer === 1 ? "given" : "asked";
}

/** Which words of a token its form asks for, in the dialog that creates it and in the one that changes it. */
export interface EditableFields extends Pick<TokenPolicy, "description" | "descriptionLength"> {
  name: boolean;
  /** Those of the policy, within which a token's own must lie; empty where it has none. */
  policyNetworks: readonly string[];
  /** Where the reader is now, to be added to a token's networks; null where that is not known. */
  address: string | null;
}

export const editableFields = (
  policy: Parameters<typeof tokenNaming>[0] & Pick<TokenPolicy, "descriptionLength" | "allowedNetworks">,
  address: string | null,
): EditableFields => ({
  name: tokenNaming(policy) === "asked",
  description: policy.description,
  descriptionLength: policy.descriptionLength,
  policyNetworks: policy.allowedNetworks,
  address,
});

/** The name of a token to be, and of one whose description changes; null where there is none. A name that was said counts. */
export function tokenName(
  policy: Parameters<typeof tokenNaming>[0],
  said: { name?: string | null; description: string | null },
): string | null {
  if (said.name) return said.name;
  switch (tokenNaming(policy)) {
    case "given":
      return ONLY_ONE;
    case "description": {
      const line = [...(said.description ?? "").replace(/\s+/g, " ")].slice(0, 200).join("");
      return aName.safeParse(line).data ?? null;
    }
    case "asked":
      return null;
  }
}
