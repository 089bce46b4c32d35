"use client";

import { Fragment, useRef } from "react";
import { FieldGroup } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { useScrollEdges } from "@/components/ui/scroll-edges";
import { type Refusal, refusalSentence } from "@/lib/refusal";
import type { CreateOptions } from "@/lib/tokens/create-options";
import type { TokenWords } from "@/lib/tokens/token-words";
import { MINTING, permissionsInBrief } from "./permission-words";
import { useTokenWords } from "./token-words-context";

type RoleFieldProps = {
  roles: CreateOptions["roles"];
  value: string | null | undefined;
  onValueChange: (id: string) => void;
  /** Whether the policy lets tokens create tokens. */
  tokensMayMint: boolean;
  error?: string;
};

/** What the token may do, the least first. Roles above one's own stay in sight and say why they are closed. */
export function RoleField({ roles, value, onValueChange, tokensMayMint, error }: RoleFieldProps) {
  const words = useTokenWords();
  const box = useRef<HTMLDivElement>(null);
  useScrollEdges(box);
  const usable = (role: Role) => role.permissions.filter((each) => tokensMayMint || each !== MINTING);
  const withheld = roles.some((role) => !role.refusal && usable(role).length < role.permissions.length);
  return (
    <FieldGroup
      label={words.role}
      aside="Required. The least powerful comes first."
      error={error}
      hint={`A token never allows more than you may do at the moment of the call.${withheld ? ` Whatever its role, it cannot create ${words.many}: in this organization only people do.` : ""}`}
    >
      <div className="overflow-hidden rounded-control border border-line">
        <div
          ref={box}
          // Half a row, and the fading, say that more follow. A phone's sheet scrolls as a whole: a box that scrolls by
          // itself would be a second one under the same thumb.
          className="overscroll-contain sm:max-h-46 sm:overflow-y-auto sm:data-[below]:[mask-image:linear-gradient(to_top,transparent,black_2.5rem)]"
        >
          <RadioGroup
            aria-label={words.role}
            aria-required
            value={value ?? ""}
            onValueChange={onValueChange}
            hints="wide"
            className="auto-rows-max gap-0! sm:[&>label]:min-h-10 [&>label]:rounded-none! [&>label]:border-line! [&>label]:border-x-0! [&>label]:border-t-0! [&>label:last-child]:border-b-0!"
            options={[...roles].sort(leastFirst).map((role) => ({
              value: role.id,
              label: <bdi className="font-medium text-sm [overflow-wrap:anywhere]">{role.name}</bdi>,
              hint: <Brief permissions={usable(role)} />,
              disabledReason: role.refusal && whyClosed(role.refusal, words),
            }))}
          />
        </div>
      </div>
    </FieldGroup>
  );
}

/** Wraps between what a role lets one do, not amid it; the dot before the first of a line lies beyond the edge. */
function Brief({ permissions }: { permissions: string[] }) {
  const phrases = permissionsInBrief(permissions);
  if (phrases.length === 0) return "Allows nothing yet";
  return (
    <span className="block overflow-hidden">
      <span className="-ml-2.5 flex flex-wrap">
        {phrases.map((phrase) => (
          <Fragment key={phrase}>
            <span className="flex before:w-2.5 before:shrink-0 before:text-center before:content-['·']">
              {phrase}
            </span>{" "}
          </Fragment>
        ))}
      </span>
    </span>
  );
}

/** What is chosen before the person chooses: nothing, unless there is no choice. */
export function onlyRole(roles: CreateOptions["roles"]): string | null {
  const [only, ...others] = roles.filter((role) => !role.refusal);
  return (others.length === 0 && only?.id) || null;
}

type Role = CreateOptions["roles"][number];

const leastFirst = (a: Role, b: Role) =>
  Number(a.refusal !== null) - Number(b.refusal !== null) ||
  a.permissions.length - b.permissions.length ||
  a.name.localeCompare(b.name);

/** Shorter than the refusal's own sentence, since it may stand at several roles. */
const whyClosed = (refusal: Refusal, words: TokenWords) =>
  refusal.code === "role_exceeds_yours"
    ? "Allows more than you may do yourself"
    : refusal.code === "role_exceeds_account"
      ? "Allows more than the service account may do"
      : refusalSentence(refusal, words);
