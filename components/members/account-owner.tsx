import type { Route } from "next";
import Link from "next/link";
import type { MemberView } from "@/lib/members/member-list";
import type { GroupWords } from "@/lib/organizations/group-words";

type AccountOwnerProps = {
  owner: MemberView["member"]["owner"];
  answering: NonNullable<MemberView["answering"]>;
  words: GroupWords;
};

/** Who answers for a service account, by name as far as the reader sees them, and what that means for its tokens. */
export function AccountOwner({ owner, answering, words }: AccountOwnerProps) {
  const { administrators, isHidden } = answering;
  const vacant = owner?.kind === "group" && administrators.length === 0;
  return (
    <>
      <Names owner={owner} administrators={administrators} isHidden={isHidden} words={words} />
      <span className="block text-pretty text-soft text-xs">
        {vacant
          ? "None now that you see. Whoever is appointed there creates its tokens."
          : "They create its tokens, as far as the token policy and their own role go."}
      </span>
    </>
  );
}

type NamesProps = Pick<AccountOwnerProps, "owner" | "words"> & AccountOwnerProps["answering"];

function Names({ owner, administrators, isHidden, words }: NamesProps) {
  if (isHidden) return <>Somebody outside your {words.many}</>;
  if (!owner) return <>The administrators of the organization</>;
  if (owner.kind === "member") return <MemberLink id={owner.id} name={owner.name} />;
  return (
    <>
      The administrators of the {words.one} <bdi>{owner.name}</bdi>
      {administrators.map(({ id, name }, index) => (
        <span key={id}>
          {index === 0 ? ": " : ", "}
          <MemberLink id={id} name={name} />
        </span>
      ))}
    </>
  );
}

const MemberLink = ({ id, name }: { id: string; name: string }) => (
  <Link href={`/members/${id}` as Route} className="underline decoration-line-strong underline-offset-3">
    <bdi>{name}</bdi>
  </Link>
);
