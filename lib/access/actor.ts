import type { Permission } from "./permission";

declare const proven: unique symbol;

interface Proven {
  /** Only `proveMember` and `proveToken` make an actor, and only sign-in and verification may call them (lint). */
  readonly [proven]: true;
}

interface Authority {
  readonly organizationId: string;
  /** The member who acts, or on whose behalf a token acts. */
  readonly memberId: string;
  /** What this actor may do now. */
  readonly permissions: ReadonlySet<Permission>;
  /** The groups of the member, live. */
  readonly groups: readonly { readonly id: string; readonly name: string; readonly isAdministrator: boolean }[];
  /** True where the member sees only what its groups see: see `isBounded`. */
  readonly bounded: boolean;
}

/** The access token by which somebody acts: what it ends with, and nothing of what it was given for. */
export interface ActingAccessToken {
  /** `jti`. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A signed-in member of an organization. */
export interface MemberActor extends Authority, Proven {
  readonly kind: "member";
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly roleId: string;
  readonly portal: "console" | "hub";
  /** The API login through which the member acts; without one, it is the console. */
  readonly loginId?: string;
  /** Where that login may do less than the member. */
  readonly narrowed?: true;
}

/** A token on a request, verified. */
export interface TokenActor extends Authority, Proven {
  readonly kind: "token";
  readonly tokenId: string;
  /** Where it came with a secret that another has replaced and that is about to end. */
  readonly superseded?: true;
  /** Where it came with an access token, for which somebody once showed the secret: whoever sends it need not have that. */
  readonly accessToken?: ActingAccessToken;
}

/** Whoever is doing something. Every domain verb takes one; holding one is the proof of who it is. */
export type Actor = MemberActor | TokenActor;

export const proveMember = (facts: Omit<MemberActor, "kind" | keyof Proven>) =>
  ({ kind: "member", ...facts }) as unknown as MemberActor;

export const proveToken = (facts: Omit<TokenActor, "kind" | keyof Proven>) =>
  ({ kind: "token", ...facts }) as unknown as TokenActor;

/**
 * Whether groups bound what somebody sees: all but administrators, where the organization has groups switched on. In no
 * group, one sees oneself; so leaving a group never shows more.
 */
export const isBounded = (groupsEnabled: boolean, permissions: readonly Permission[]) =>
  groupsEnabled && !permissions.includes("organization:manage");

/** Whether somebody may hold less than the member on whose behalf they act: what they make or change is held to it. */
export const actsInPart = (actor: Pick<Actor, "kind"> & { readonly narrowed?: true }) =>
  actor.kind === "token" || actor.narrowed === true;

/** Administrators are those who hold `organization:manage`, through whichever role. */
export const isAdministrator = (actor: Pick<Actor, "permissions">) => actor.permissions.has("organization:manage");
