"use client";

import { Pencil, UserRoundCheck, UserRoundX } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { type ComponentProps, type ReactNode, useState } from "react";
import { CreateTokenButton } from "@/components/tokens/create-token-button";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { CalendarDate } from "@/components/ui/relative-time";
import type { MemberView } from "@/lib/members/member-list";
import type { GroupWords } from "@/lib/organizations/group-words";
import { plainSentence } from "@/lib/refusal";
import { AccountOwner } from "./account-owner";
import { EditMemberDialog } from "./edit-member-dialog";
import type { MemberActions } from "./member-actions";
import { MemberMarks, MemberStanding, PORTALS } from "./member-standing";
import { tokensOf } from "./member-table";
import { StandingDialog } from "./standing-dialog";

type MemberScreenProps = {
  view: MemberView;
  words: GroupWords;
  /** The organization's name for the page of tokens. */
  tokensTitle: string;
  /** For the dialog that creates a token of a service account. */
  creating: Pick<ComponentProps<typeof CreateTokenButton>, "create" | "organizationName" | "apiUrl">;
  actions: Pick<MemberActions, "update" | "deactivate" | "reactivate" | "tokens">;
};

/** A member's own page: who it is, what it belongs to, what runs in its name. */
export function MemberScreen({ view, words, tokensTitle, creating, actions }: MemberScreenProps) {
  const { member, choices, accounts, answering, tokenOptions } = view;
  const [dialog, setDialog] = useState<"edit" | "standing" | null>(null);
  const locked = member.locked && plainSentence(member.locked);
  const active = member.status === "active";
  return (
    <>
      <PageHeader
        back={{ href: "/members", label: "Members" }}
        title={
          <span className="flex flex-wrap items-center gap-3">
            <Avatar name={member.name} seed={member.email ?? member.id} size="lg" />
            <span dir="auto">{member.name}</span>
            <span className="flex text-sm">
              <MemberMarks member={member} />
            </span>
          </span>
        }
        actionsAt="top"
        actions={
          choices && (
            <>
              <Button disabledReason={locked} onClick={() => setDialog("edit")}>
                <Pencil aria-hidden="true" className="size-4" />
                Change
              </Button>
              {active ? (
                <Button variant="danger-quiet" disabledReason={locked} onClick={() => setDialog("standing")}>
                  <UserRoundX aria-hidden="true" className="size-4" />
                  Deactivate
                </Button>
              ) : (
                <Button variant="primary" disabledReason={locked} onClick={() => setDialog("standing")}>
                  <UserRoundCheck aria-hidden="true" className="size-4" />
                  Reactivate
                </Button>
              )}
            </>
          )
        }
      />
      {!active && (
        <div className="mt-5">
          <Notice tone="warning" title="Deactivated">
            {member.kind === "service"
              ? "Its tokens are refused for as long as it stays so."
              : "They cannot sign in, and their tokens are refused, for as long as it stays so."}
          </Notice>
        </div>
      )}
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <Card aria-label="Details">
          <CardHeader title="Details" />
          <CardBody className="py-1.5!">
            <DescriptionList>
              {member.email && <DescriptionItem term="Email">{member.email}</DescriptionItem>}
              {answering && (
                <DescriptionItem term="Answered for by">
                  <AccountOwner owner={member.owner} answering={answering} words={words} />
                </DescriptionItem>
              )}
              <DescriptionItem term="Role">
                <Badge dir="auto">{member.role.name}</Badge>
              </DescriptionItem>
              <DescriptionItem term="Status">
                <MemberStanding status={member.status} />
                {member.deactivatedAt && (
                  <span className="block text-soft text-xs">
                    since <CalendarDate value={member.deactivatedAt} />
                  </span>
                )}
              </DescriptionItem>
              {member.kind === "person" && <DescriptionItem term="Portal">{PORTALS[member.portal]}</DescriptionItem>}
              <DescriptionItem term={member.kind === "service" ? "Added" : "Joined"}>
                <CalendarDate value={member.createdAt} />
              </DescriptionItem>
              <DescriptionItem term="ID">
                <code className="font-mono text-xs">{member.id}</code>
              </DescriptionItem>
            </DescriptionList>
          </CardBody>
        </Card>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Tokens
            member={member}
            title={tokensTitle}
            create={
              tokenOptions && <CreateTokenButton options={tokenOptions} accountId={member.id} {...creating} short />
            }
          />
          <Listing
            title={words.title}
            empty={`In no ${words.one}.`}
            items={member.groups.map(({ id, name, isAdministrator }) => ({
              id,
              content: (
                <>
                  <bdi className="min-w-0 truncate">{name}</bdi>
                  {isAdministrator && <Badge className="shrink-0">{words.administrator}</Badge>}
                </>
              ),
            }))}
          />
          {accounts.length > 0 && (
            <Listing
              title="Service accounts"
              empty=""
              items={accounts.map(({ id, name, status }) => ({
                id,
                content: (
                  <>
                    <Link href={`/members/${id}` as Route} className="min-w-0 truncate hover:underline">
                      <bdi>{name}</bdi>
                    </Link>
                    <MemberStanding status={status} />
                  </>
                ),
              }))}
            />
          )}
        </div>
      </div>
      {choices && (
        <>
          <EditMemberDialog
            key={`${member.role.id} ${member.groups.length} ${member.portal} ${member.owner?.id}`}
            member={member}
            choices={choices}
            words={words}
            actions={actions}
            open={dialog === "edit"}
            onOpenChange={(open) => setDialog(open ? "edit" : null)}
          />
          <StandingDialog
            member={member}
            actions={actions}
            open={dialog === "standing"}
            onOpenChange={(open) => setDialog(open ? "standing" : null)}
          />
        </>
      )}
    </>
  );
}

type TokensProps = { member: MemberView["member"]; title: string; create: ReactNode };

function Tokens({ member, title, create }: TokensProps) {
  return (
    <Card aria-label={title}>
      <CardHeader
        title={title}
        action={
          <span className="flex flex-wrap items-center gap-2">
            {member.liveTokens !== null && (
              <Button asChild>
                <Link href={tokensOf(member.id) as Route}>Show tokens</Link>
              </Button>
            )}
            {create}
          </span>
        }
      />
      <CardBody className="text-sm">
        {member.liveTokens === null ? (
          <p className="text-soft">{member.kind === "service" ? "Its" : "Their"} tokens are not yours to see.</p>
        ) : member.liveTokens === 0 ? (
          <p className="text-soft">No active token.</p>
        ) : (
          <p>
            <span className="font-medium tabular-nums">{member.liveTokens.toLocaleString("en")}</span> active{" "}
            {member.liveTokens === 1 ? "token" : "tokens"}
            {member.status === "deactivated" && <span className="text-soft">, refused while deactivated</span>}
          </p>
        )}
      </CardBody>
    </Card>
  );
}

type ListingProps = { title: string; empty: string; items: { id: string; content: ReactNode }[] };

function Listing({ title, empty, items }: ListingProps) {
  return (
    <Card aria-label={title}>
      <CardHeader title={title} />
      {items.length === 0 ? (
        <CardBody className="text-soft text-sm">{empty}</CardBody>
      ) : (
        <ul className="divide-y divide-line">
          {items.map(({ id, content }) => (
            <li key={id} className="flex items-center justify-between gap-4 px-5 py-2.5 text-sm max-sm:px-4">
              {content}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
