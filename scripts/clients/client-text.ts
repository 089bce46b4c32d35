import { type ClientGroup, ENDPOINTS, type OperationId } from "@/lib/http/api-reference";
import { GROUP_WORDS } from "./group-words";
import type { OpenApiDocument, Operation, Parameter, Schema } from "./openapi-document";
import { comment, nameOfRef, objectText, typeText } from "./type-text";

interface Method {
  /** Empty for a method of the client itself. */
  group: string;
  name: string;
  text: string;
  /** Types of its own that it takes and answers. */
  types: [name: string, schema: Schema][];
}

/** Under a key, a repetition is answered without the secret; without one, it makes a new one in place of the lost one. */
const REPEATED_WITHOUT_KEY: readonly string[] = ["rotateToken", "rotateOwnToken"] satisfies OperationId[];
/** A second use of a refresh token ends the login; a second attempt with a password counts. */
const NEVER_REPEATED: readonly string[] = ["logIn", "refreshLogin"] satisfies OperationId[];

/** What `latchkey.ts` has below its mark: the types and the methods of every operation in the document. */
export function clientText(document: OpenApiDocument): string {
  const methods = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => operation?.operationId)
      .map(([verb, operation]) => methodOf(document, path, verb.toUpperCase(), operation)),
  );
  return [codesText(document), typesText(document, methods), classesText(methods)].join("\n");
}

function methodOf(document: OpenApiDocument, path: string, verb: string, operation: Operation): Method {
  const { operationId } = operation;
  const called = ENDPOINTS.find((endpoint) => endpoint.operationId === operationId)?.clientMethod;
  if (!called) throw new Error(`The reference has no ${operationId}.`);
  const [group, name] = called.includes(".") ? (called.split(".") as [string, string]) : ["", called];
  const types: Method["types"] = [];
  /** The name of a type, which is new where the document gives it none. */
  const named = (schema: Schema, as: string): string => {
    if (schema.$ref) return nameOfRef(schema.$ref);
    types.push([as, schema]);
    return as;
  };

  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, part = ""]) => part);
  const parameters = (operation.parameters ?? []).map((parameter) =>
    "$ref" in parameter ? parameterNamed(document, parameter.$ref) : parameter,
  );
  const query = querySchema(parameters);
  const content = Object.entries(operation.requestBody?.content ?? {});
  const [type, { schema: body = undefined } = {}] =
    content.find(([media]) => media === "application/json") ?? content[0] ?? [];
  const answer = answerOf(operation);
  const item = answer && itemOf(document, answer);
  const as = credentialOf(document, operation);
  const isForm = type === "application/x-www-form-urlencoded";
  const takesKey = parameters.some((parameter) => parameter.in === "header" && parameter.name === "Idempotency-Key");
  const isKeyed = takesKey && !REPEATED_WITHOUT_KEY.includes(operationId);
  const hasSecret = answer !== undefined && fieldsOf(document, answer).includes("secret");

  const given = inPath.map((part) => `${part}: string`);
  if (query)
    given.push(`query: ${named(query, `${pascal(operationId)}Query`)}${query.required?.length ? "" : " = {}"}`);
  if (body) {
    const bodyType = named(withoutClient(resolved(document, body), body), `${pascal(operationId)}Form`);
    given.push(`${isForm ? "form" : "body"}: ${bodyType}${operation.requestBody?.required ? "" : " = {}"}`);
  }
  given.push(`options: ${isKeyed ? "KeyedCallOptions" : "CallOptions"} = {}`);

  const call = [
    `method: "${verb}"`,
    `path: ${inPath.length > 0 ? `\`${path.replace(/\{(\w+)\}/g, (_, name) => `\${part(${name})}`)}\`` : `"${path}"`}`,
    ...(query ? ["query"] : []),
    ...(body ? [isForm ? "form" : "body"] : []),
    ...(as === "token" ? [] : [`as: "${as}"`]),
    ...(isKeyed ? ['repeat: "key"'] : NEVER_REPEATED.includes(operationId) ? ['repeat: "never"'] : []),
    ...(hasSecret ? ["secret: true"] : []),
  ].join(", ");
  const said = item ? typeText(item) : answer ? named(answer, `${pascal(operationId)}Answer`) : "void";
  const answerType = hasSecret ? `WithSecret<${said}>` : said;
  const text =
    `${comment(wordsOn(operation, as), 108)}${name}(${given.join(", ")}): ` +
    `${item ? "Pages" : "Promise"}<${answerType}> {\n` +
    `return this.#transport.${item ? "list" : "send"}<${answerType}>({ ${call} }, options);\n}\n`;
  return { group, name, text, types };
}

/** Everything that may stand after the question mark, as one object; undefined where nothing may. */
function querySchema(parameters: Parameter[]): Schema | undefined {
  const found = parameters.filter((parameter) => parameter.in === "query");
  if (found.length === 0) return undefined;
  return {
    type: "object",
    properties: Object.fromEntries(
      found.map(({ name, schema, description }) => [
        name,
        { ...schema, description: description ?? schema.description },
      ]),
    ),
    required: found.filter(({ required }) => required).map(({ name }) => name),
  };
}

function answerOf({ responses }: Operation): Schema | undefined {
  const status = Object.keys(responses).find((code) => /^2\d\d$/.test(code)) ?? "";
  return Object.values(responses[status]?.content ?? {})[0]?.schema;
}

/** What a list is a list of; undefined for any other answer. */
function itemOf(document: OpenApiDocument, schema: Schema): Schema | undefined {
  const { properties = {} } = resolved(document, schema);
  return properties.next_cursor ? properties.data?.items : undefined;
}

function parameterNamed({ components }: OpenApiDocument, ref: string): Parameter {
  const found = components.parameters?.[nameOfRef(ref)];
  if (!found) throw new Error(`The document has no ${ref}.`);
  return found;
}

const fieldsOf = (document: OpenApiDocument, schema: Schema) =>
  Object.keys(resolved(document, schema).properties ?? {});

const resolved = (document: OpenApiDocument, schema: Schema): Schema =>
  schema.$ref ? (document.components.schemas[nameOfRef(schema.$ref)] ?? {}) : schema;

/** Without a client's two halves, which go into the header. */
function withoutClient(resolvedBody: Schema, body: Schema): Schema {
  const { client_id, client_secret, ...properties } = resolvedBody.properties ?? {};
  if (!client_id && !client_secret) return body;
  return { ...resolvedBody, properties, required: resolvedBody.required?.filter((name) => name in properties) };
}

type As = "token" | "client" | "unless-in-body" | "nobody";

function credentialOf({ components }: OpenApiDocument, { security = [] }: Operation): As {
  const schemes = security.flatMap((choice) => Object.keys(choice)).map((name) => components.securitySchemes[name]);
  if (schemes.length === 0) return "nobody";
  if (schemes.some((scheme) => scheme?.scheme === "basic")) return "client";
  return security.some((choice) => Object.keys(choice).length === 0) ? "unless-in-body" : "token";
}

const WORDS_ON_CREDENTIALS: Record<As, string[]> = {
  client: ["Sends `clientId` and `clientSecret`, where the client was made with them."],
  "unless-in-body": ["Sends the credential that other calls are made with, unless the body has one."],
  token: [],
  nobody: [],
};

function wordsOn({ summary, description }: Operation, as: As): string[] {
  const words = [summary && `${summary}.`, ...(description?.split(/\n\s*\n/) ?? [])].filter(
    (part) => part !== undefined,
  );
  return [...words, ...WORDS_ON_CREDENTIALS[as]];
}

const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The codes that an operation may answer with, of problems and of OAuth, in the order in which they come up. */
function codesText({ paths }: OpenApiDocument): string {
  const refusals = Object.values(paths)
    .flatMap((item) => Object.values(item))
    .flatMap(({ responses }) => Object.entries(responses))
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([, { content = {} }]) => Object.values(content));
  const codes = refusals.flatMap(({ schema }) =>
    (schema?.allOf ?? []).flatMap(({ properties = {} }) => (properties.code ?? properties.error)?.enum ?? []),
  );
  if (codes.length === 0) throw new Error("The document does not list the codes of its problems.");
  return `${comment(["Every code that the API answers with in this version."])}export type KnownProblemCode = ${typeText({ enum: codes })};\n`;
}

/** The named types that methods use, and the types which those use. */
function typesText({ components }: OpenApiDocument, methods: Method[]): string {
  const own = methods.flatMap(({ types }) => types);
  const needed = new Set<string>();
  const need = (code: string) => {
    for (const [name] of code.matchAll(/\b[A-Z]\w+/g)) {
      const schema = components.schemas[name];
      if (!schema || needed.has(name)) continue;
      needed.add(name);
      need(typeText(schema));
    }
  };
  for (const { text } of methods) need(text.replace(/\/\*\*[\s\S]*?\*\//, ""));
  for (const [, schema] of own) need(typeText(schema));
  return [...Object.entries(components.schemas).filter(([name]) => needed.has(name)), ...own]
    .map(([name, schema]) => {
      const words = comment(schema.description ? [schema.description] : []);
      return Object.keys(schema.properties ?? {}).length > 0
        ? `${words}export interface ${name} ${objectText(schema)}\n`
        : `${words}export type ${name} = ${typeText(schema)};\n`;
    })
    .join("\n");
}

function classesText(methods: Method[]): string {
  const groups = [...new Set(methods.map(({ group }) => group))].filter((group) => group !== "");
  const transport = "#transport: Transport;\n\nconstructor(transport: Transport) {\nthis.#transport = transport;\n}\n";
  const methodsOf = (group: string) =>
    methods
      .filter((method) => method.group === group)
      .map(({ text }) => text)
      .join("\n");
  const classes = groups.map((group) => `class ${pascal(group)}Calls {\n${transport}\n${methodsOf(group)}}\n`);
  const fields = groups.map((group) => {
    const words = GROUP_WORDS[group as ClientGroup];
    return `${comment([words])}readonly ${group}: ${pascal(group)}Calls;\n`;
  });
  const made = groups.map((group) => `this.${group} = new ${pascal(group)}Calls(this.#transport);\n`);
  return `${classes.join("\n")}
/**
 * The API of one Latchkey, as one caller. Calls that were not answered are tried again where that does no harm: on 429
 * and 503, as the answer asks, and where the network fails.
 *
 * Throws LatchkeyProblem where the API says no, and LatchkeyUnreachable where it says nothing.
 */
export class Latchkey {
  readonly #transport: Transport;
${fields.join("")}
  constructor(options: LatchkeyOptions) {
    this.#transport = new Transport(options);
    ${made.join("")}}

  /** The login as it is now, to be kept for the next run; undefined where no person signed in. */
  get session(): LatchkeySession | undefined {
    return this.#transport.session;
  }

  /** Where it calls: all that a print of it shows. */
  get baseUrl(): string {
    return this.#transport.baseUrl;
  }

${methodsOf("")}
  /** Without credentials. */
  toJSON(): { baseUrl: string } {
    return { baseUrl: this.baseUrl };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return \`Latchkey { baseUrl: "\${this.baseUrl}" }\`;
  }
}
`;
}
