import type { ProblemTexts } from "./problem-text";

const WITH_BODY = "Every endpoint that takes a body.";

/** The request could not be read, or what it names is not there. */
export const REQUEST_TEXTS = {
  invalid_json: {
    what: "The body was not read as JSON, so nothing in it was looked at and nothing was done.",
    why: "A body has to be one JSON value in UTF-8. A comma after the last field, single quotes, comments, a byte order mark of another encoding and a name given twice are all refused, since two readers could take them differently.",
    mend: [
      "Let a library write the body rather than putting text together: `JSON.stringify` and its like cannot get it wrong.",
      "In a shell, put the body between single quotes, so that the shell leaves its double quotes alone, or read it from a file with `--data @body.json`.",
      "Give each field once.",
    ],
    answeredBy: WITH_BODY,
  },
  incomplete_body: {
    what: "The connection ended before as many bytes had come as the request announced. Nothing was done.",
    why: "Half a body can be valid JSON and still mean something else than the whole, so it is not used.",
    mend: [
      "Send the request again: nothing was changed by this one.",
      "If it happens again and again, look for a proxy or client with a time limit shorter than the upload, and for a `Content-Length` that counts characters rather than bytes.",
    ],
    answeredBy: WITH_BODY,
  },
  invalid_idempotency_key: {
    what: "The `Idempotency-Key` header holds no key, so nothing was done.",
    why: "A key is 1 to 255 visible characters of ASCII, bare or as a quoted string. A comma, a space or a second header of the name leaves open which key is meant.",
    mend: [
      "Send a UUID made for this request: `Idempotency-Key: 8e03978e-40d5-43dd-bc93-6894a57f9324`.",
      "Look for a client or proxy that sends the header twice.",
    ],
    answeredBy: "Every POST that takes a token.",
  },
  idempotency_key_reused: {
    what: "Another request was sent with this `Idempotency-Key` within the last 24 hours. Nothing was done for this one.",
    why: "A key stands for one request: the same method, address and body, byte for byte. Answering another request with the first one's answer would hide that it never happened.",
    mend: [
      "Make a new key for each new request, and keep it for repetitions of that request alone.",
      "Where a request is built anew for a repetition, build it the same: the order of fields and the spaces between them count.",
    ],
    answeredBy: "Every POST that takes a token.",
  },
  idempotency_in_progress: {
    what: "A request with this `Idempotency-Key` is being answered at this moment. It was waited for, and took longer than that.",
    why: "Two requests with one key are one request sent twice, so the second never begins before the first has its answer.",
    mend: ["Send the same request again after the seconds in `Retry-After`: it gets the answer of the first."],
    answeredBy: "Every POST that takes a token.",
  },
  invalid_cursor: {
    what: "The list was asked to go on at a place that it does not know.",
    why: "A cursor belongs to the list and the order that it came from. One that was shortened, changed by hand, taken from another list or used with another `sort` leads nowhere.",
    mend: [
      "Ask for the first page, without `cursor`, and follow `next_cursor` from there.",
      "Pass each cursor on as it came, and keep the filters and the order the same from page to page.",
      "In an address, encode it: `--data-urlencode` with `-G` does that in curl.",
    ],
    answeredBy: "Every list.",
  },
  body_too_large: {
    what: "The body is longer than 64 KiB. It was not read to its end, and nothing was done.",
    why: "No request of this API needs more, and a limit keeps one sender from taking the memory of all.",
    mend: [
      "Look at what is sent: usually a file or a whole list where one object belongs.",
      "Shorten long texts; the longest field of any body takes a few hundred characters.",
    ],
    answeredBy: WITH_BODY,
  },
  unsupported_media_type: {
    what: "The body came as something else than this address reads. It was not looked at.",
    why: "Endpoints of the API read `application/json`; those of OAuth and the gate's introspection read `application/x-www-form-urlencoded`. curl sends a form whenever nothing else is said. `detail` names the type.",
    mend: [
      'Add `-H "Content-Type: application/json"` where the body is JSON.',
      "For the token, introspection and revocation endpoints, send the fields as a form: `-d grant_type=client_credentials`.",
    ],
    answeredBy: WITH_BODY,
    detail: "Send JSON, with Content-Type: application/json.",
  },
  invalid_input: {
    what: "The request was understood, but a field or a parameter is missing, unknown or holds what it may not. Nothing was done.",
    why: "`errors` names each field and says what is expected of it. What is not known is refused rather than ignored: a misspelt filter would otherwise show everything, and a misspelt field would be lost.",
    mend: [
      "Read `errors`: one entry for each field, all of them at once.",
      "Compare with the endpoint in the reference, which is made from the very rules that refused this.",
    ],
    answeredBy: "Every endpoint that takes a body or parameters.",
    field: "expires_at",
  },
  method_not_allowed: {
    what: "There is something at this address, but it does not answer that method.",
    why: "Each address answers only the methods that mean something there. `Allow` in the answer lists them.",
    mend: [
      "Look at `Allow`, or at the endpoint in the reference.",
      "If the method was right, compare the path: creating goes to the list, changing and deleting to the one thing with its id.",
      "A redirect can turn a POST into a GET: call the address with the scheme and host of the API itself.",
    ],
    answeredBy: "Every address of the API.",
  },
  not_found: {
    what: "There is nothing at this address that the caller may see.",
    why: "What does not exist, what belongs to another organization and what the caller may not see are answered alike, so that nobody learns from an answer which ids exist. An address that is no endpoint gets this too.",
    mend: [
      "Compare the path with the reference; `detail` says so where it is no endpoint at all.",
      "Ask `GET /api/v1/me` which organization the token belongs to: an id of another one is never found.",
      "Where the thing exists, the issuer of the token may not see it. Bounded members see their own groups, and under some policies people see their own tokens only.",
    ],
    answeredBy: "Every address with an id, and every address that is none of the API's.",
    screen: "tokens",
  },
} as const satisfies ProblemTexts;
