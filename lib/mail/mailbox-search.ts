/** What the address of the mailbox looks for: anything else is as if nothing was asked. */
export function mailboxSearch({ q }: Record<string, string | string[] | undefined>): string {
  return typeof q === "string" && q.length <= 200 && q.isWellFormed() && !/\p{Cc}/u.test(q) ? q.trim() : "";
}
