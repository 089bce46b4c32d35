const WORDS: Record<string, string> = {
  address_invalid: "That is no address of mail.",
  cannot_be_written: "It cannot be put into words here: see the log.",
  not_wanted: "The receiver wants no such mail any more.",
  no_way: "No way to send was set.",
  no_answer: "No answer came: it may have arrived.",
  edns: "The mail server's name is not known.",
  econnection: "The mail server cannot be reached.",
  esocket: "The connection to the mail server broke.",
  etimedout: "The mail server took too long.",
  etls: "The mail server and Latchkey agree on no encryption.",
  eauth: "The mail server does not take the user or the password.",
  enoauth: "The mail server wants a user and a password.",
  rate_limit_exceeded: "Too many messages at once.",
  daily_quota_exceeded: "The day's messages are used up.",
  monthly_quota_exceeded: "The month's messages are used up.",
  missing_api_key: "The key is not taken.",
  invalid_api_key: "The key is not taken.",
  restricted_api_key: "The key may not send.",
  invalid_from_address: "MAIL_FROM is no sender that is taken.",
  validation_error: "The message was not taken as it is.",
};

/** What the code of a failed attempt says to whoever hosts Latchkey; null where the code is all there is. */
export function failureWords(code: string): string | null {
  const status = Number(/^smtp_(\d{3})$/.exec(code)?.[1] ?? 0);
  if (status >= 500) return `The mail server refused it for good (${status}).`;
  if (status >= 400) return `The mail server asked to try later (${status}).`;
  const [, ofServer] = /^server_(\d{3})$/.exec(code) ?? [];
  if (ofServer) return `The mail server takes nothing from Latchkey now (${ofServer}).`;
  return WORDS[code] ?? null;
}
