"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type Refusal, refusalSentence } from "@/lib/refusal";
import type { TokenFacets, TokenPage, TokenRow } from "@/lib/tokens/token-row";
import { withoutSecret } from "@/lib/tokens/token-search-params";
import { DeleteTokenDialog } from "./delete-token-dialog";
import { EditTokenDialog } from "./edit-token-dialog";
import { useNewToken } from "./new-token";
import type { ActivityAction, DeleteAction, UpdateAction } from "./token-actions";
import { TokenCard } from "./token-card";
import { tokenColumns } from "./token-columns";
import { tokenFilters } from "./token-filters";
import { TokenRowMenu } from "./token-row-menu";

type TokenTableProps = {
  page: TokenPage;
  facets: TokenFacets;
  sees: "all" | "own";
  /** A token's own page is one step below. */
  path: string;
  descriptionField: "hidden" | "optional" | "required";
  /** Why the person cannot create a token; null where they can. */
  refusal: Refusal | null;
  organizationName: string;
  update: UpdateAction;
  remove: DeleteAction;
  activity: ActivityAction;
};

export function TokenTable(props: TokenTableProps) {
  const { page, facets, sees, path, descriptionField, refusal, update, remove, activity } = props;
  // The token stays while its dialog closes, so that the words do not vanish before the dialog does.
  const [subject, setSubject] = useState<TokenRow | null>(null);
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const href = (row: TokenRow) => `${path}/${row.id}`;

  function open(which: "edit" | "delete", row: TokenRow) {
    setSubject(row);
    setDialog(which);
  }

  return (
    <>
      <DataTable
        label="API tokens"
        noun={{ one: "token", many: "tokens" }}
        columns={tokenColumns(sees)}
        rows={page.rows}
        page={{
          from: page.first,
          to: page.first + page.rows.length - 1,
          total: page.total,
          previous: page.previousCursor,
          next: page.nextCursor,
        }}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowHref={href}
        card={(row) => <TokenCard token={row} sees={sees} />}
        rowMenu={(row) => (
          <TokenRowMenu
            token={row}
            href={href(row)}
            onEdit={() => open("edit", row)}
            onDelete={() => open("delete", row)}
          />
        )}
        freshRow={useNewToken()}
        defaultSort="-created_at"
        filters={tokenFilters(facets, sees)}
        searchPlaceholder="Search by name or ID"
        searchText={withoutSecret}
        empty={<NoTokens refusal={refusal} organizationName={props.organizationName} />}
      />
      {subject && (
        <>
          <EditTokenDialog
            key={`edit ${subject.id}`}
            token={subject}
            descriptionField={descriptionField}
            open={dialog === "edit"}
            onOpenChange={(on) => setDialog(on ? "edit" : null)}
            update={update}
          />
          <DeleteTokenDialog
            key={`delete ${subject.id}`}
            token={subject}
            open={dialog === "delete"}
            onOpenChange={(on) => setDialog(on ? "delete" : null)}
            remove={remove}
            activity={activity}
          />
        </>
      )}
    </>
  );
}

function NoTokens({ refusal, organizationName }: { refusal: Refusal | null; organizationName: string }) {
  if (refusal?.code === "not_an_issuer") {
    return (
      <EmptyState
        icon={KeyRound}
        title="You can’t create API tokens"
        description={
          <>
            In <bdi className="[overflow-wrap:anywhere]">{organizationName}</bdi>, administrators create them.
          </>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={KeyRound}
      title="No API tokens yet"
      description={
        refusal?.code === "tokens_disabled"
          ? "They are switched off for this organization, so none can be created now."
          : refusal
            ? `A token lets a script, a job or an integration call the API for whoever created it. ${refusalSentence(refusal)}`
            : "A token lets a script, a job or an integration call the API for you. Its secret is shown once, when you create it."
      }
      action={
        !refusal && (
          <Button variant="primary" onClick={() => window.dispatchEvent(new Event("latchkey:create-token"))}>
            Create your first token
          </Button>
        )
      }
    />
  );
}
