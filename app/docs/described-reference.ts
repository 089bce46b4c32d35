import type { DescribedEndpoint } from "@/components/api-reference/endpoint-section";
import type { Endpoint } from "@/lib/http/api-reference";
import { describeFields } from "@/lib/http/describe-fields";

const REASONS = { 200: "200 OK", 201: "201 Created", 204: "204 No Content" } as const;

const EXAMPLE_IDS: Record<string, string> = {
  tokens: "1m9YQ2zk7hVd",
  members: "0198a4d2-6f04-7c2b-8a6d-2f0c9b1e4a57",
};

/** An endpoint in words and code, for the page. */
export function describeEndpoint(endpoint: Endpoint, origin: string): DescribedEndpoint {
  const { query, body, notes = {} } = endpoint;
  return {
    id: endpoint.title.toLowerCase().replaceAll(" ", "-"),
    method: endpoint.method,
    path: endpoint.path,
    permission: endpoint.permission,
    title: endpoint.title,
    summary: endpoint.summary,
    query: query ? describeFields(query, notes, { inQuery: true }) : [],
    body: body ? describeFields(body, notes) : [],
    curl: curlOf(endpoint, origin),
    answer: { status: REASONS[endpoint.status], body: JSON.stringify(endpoint.example, null, 2) },
    problems: [...(endpoint.problems ?? [])],
  };
}

function curlOf({ method, path, permission, queryExample = "", bodyExample }: Endpoint, origin: string): string {
  const [, , , noun = ""] = path.split("/");
  const address = `${origin}${path.replace("{id}", EXAMPLE_IDS[noun] ?? "")}${queryExample}`;
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}${queryExample ? `"${address}"` : address}`,
    ...(permission === null ? [] : [`-H "Authorization: Bearer $LATCHKEY_TOKEN"`]),
    ...(bodyExample ? [`-H "Content-Type: application/json"`, `-d '${JSON.stringify(bodyExample)}'`] : []),
  ];
  return lines.join(" \\\n  ");
}
