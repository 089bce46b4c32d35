"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { TableColumn } from "@/components/data-table/table-definition";
import { useFreshPage } from "@/components/shell/use-fresh-page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type Refusal, refusalSentence } from "@/lib/refusal";
import type { RenewalOptions } from "@/lib/tokens/token-extension";
import type { EditableFields } from "@/lib/tokens/token-naming";
import type { TokenFacets, TokenPage, TokenRow } from "@/lib/tokens/token-row";
import { withoutSecret } from "@/lib/tokens/token-search-params";
import type { TokenWords } from "@/lib/tokens/token-words";
import { DeleteTokenDialog } from "./delete-token-dialog";
import { EditTokenDialog } from "./edit-token-dialog";
import { ExtendTokenDialog } from "./extend-token-dialog";
import { useNewToken } from "./new-token";
import { RotateTokenDialog } from "./rotate-token-dialog";
import type {
  ActivityAction,
  DeleteAction,
  ExtendAction,
  ReceiptAction,
  RotateAction,
  UpdateAction,
} from "./token-actions";
import { TokenCard } from "./token-card";
import { tokenColumns } from "./token-columns";
import { tokenFilters } from "./token-filters";
import { TokenRowMenu } from "./token-row-menu";
import { useTokenWords } from "./token-words-context";

type TokenTableProps = {
  page: TokenPage;
  facets: TokenFacets;
  sees: "all" | "own";
  /** A token's own page is one step below. */
  path: string;
  fields: EditableFields;
  switchedOff: boolean;
  /** Some expire within seven days, or the list is of such. */
  offersExpiry: boolean;
  /** Why the person cannot create a token; null where they can. */
  refusal: Refusal | null;
  update: UpdateAction;
  remove: DeleteAction;
  activity: ActivityAction;
  receipt: ReceiptAction;
  rotate: RotateAction;
  extend: ExtendAction;
  renewal: RenewalOptions;
  apiUrl: string;
};

type Dialog = "edit" | "rotate" | "extend" | "remove";

export function TokenTable(props: TokenTableProps) {
  useFreshPage();
  const words = useTokenWords();
  const { page, facets, sees, path, fields, switchedOff, offersExpiry, refusal } = props;
  const { update, remove, activity, receipt, rotate, extend, renewal, apiUrl } = props;
  // The token stays while its dialog closes, so that the words do not vanish before the dialog does.
  const [subject, setSubject] = useState<TokenRow | null>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const href = (row: TokenRow) => `${path}/${row.id}`;

  function open(which: Dialog, row: TokenRow) {
    setSubject(row);
    setDialog(which);
  }

  const off = refusal?.code === "tokens_disabled" ? refusalSentence(refusal, words) : null;
  const columns = tokenColumns(sees, words);
  if (words.idColumn === "Client ID") columns.push(removeColumn(words, (row) => open("remove", row)));

  return (
    <>
      <DataTable
        label={words.title}
        noun={{ one: "token", many: "tokens" }}
        columns={columns}
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
            edit={{ onSelect: () => open("edit", row), disabledReason: off }}
            onRotate={() => open("rotate", row)}
            onExtend={() => open("extend", row)}
            onDelete={() => open("remove", row)}
          />
        )}
        freshRow={useNewToken()}
        defaultSort="-created_at"
        filters={tokenFilters(facets, { sees, words, switchedOff, offersExpiry })}
        searchPlaceholder={words.idColumn === "Client ID" ? "Search by description or ID" : "Search by name or ID"}
        searchText={withoutSecret}
        empty={<NoTokens refusal={refusal} />}
      />
      {subject && (
        <>
          <EditTokenDialog
            key={`edit ${subject.id}`}
            token={subject}
            fields={fields}
            open={dialog === "edit"}
            onOpenChange={(on) => setDialog(on ? "edit" : null)}
            update={update}
            activity={activity}
          />
          <RotateTokenDialog
            key={`rotate ${subject.id}`}
            token={subject}
            options={renewal}
            apiUrl={apiUrl}
            open={dialog === "rotate"}
            onOpenChange={(on) => setDialog(on ? "rotate" : null)}
            rotate={rotate}
          />
          <ExtendTokenDialog
            key={`extend ${subject.id}`}
            token={subject}
            options={renewal}
            open={dialog === "extend"}
            onOpenChange={(on) => setDialog(on ? "extend" : null)}
            extend={extend}
          />
          <DeleteTokenDialog
            key={`remove ${subject.id}`}
            token={subject}
            open={dialog === "remove"}
            onOpenChange={(on) => setDialog(on ? "remove" : null)}
            remove={remove}
            activity={activity}
            receipt={receipt}
            href={href(subject)}
          />
        </>
      )}
    </>
  );
}

/** Ends a client from its row. */
const removeColumn = (words: TokenWords, onRemove: (row: TokenRow) => void): TableColumn<TokenRow> => ({
  id: "remove",
  header: `${words.remove} access`,
  width: "w-30",
  hideable: false,
  cell: (row) =>
    row.status !== "deleted" && (
      <Button
        size="xs"
        disabledReason={row.locked && refusalSentence({ code: row.locked }, words)}
        onClick={() => onRemove(row)}
      >
        {words.remove}
        <span className="sr-only"> {row.name}</span>
      </Button>
    ),
});

function NoTokens({ refusal }: { refusal: Refusal | null }) {
  const words = useTokenWords();
  if (refusal?.code === "not_an_issuer") {
    return (
      <EmptyState
        icon={KeyRound}
        title={`You can’t create ${words.many}`}
        description="Ask an administrator of your organization where you need one."
      />
    );
  }
  return (
    <EmptyState
      icon={KeyRound}
      title={`No ${words.many} yet`}
      description={
        refusal?.code === "tokens_disabled"
          ? "None was created before they were switched off."
          : refusal
            ? `A token lets a script, a job or an integration call the API for whoever created it. ${refusalSentence(refusal, words)}`
            : "A token lets a script, a job or an integration call the API for you. Its secret is shown once, when you create it."
      }
      action={
        !refusal && (
          <Button variant="primary" onClick={() => window.dispatchEvent(new Event("latchkey:create-token"))}>
            {words.make === "create" ? "Create" : "Generate"} your first token
          </Button>
        )
      }
    />
  );
}
