import recorded from "./recorded-examples.json";

/** Where the server of the recorded run would stand. */
export const EXAMPLE_ADDRESS = "https://tokens.acme.example";

/**
 * What an operation answered in the run that `npm run examples` recorded, as a server at `publicUrl` would say it. Undefined
 * where its answer is no example.
 */
export function recordedExample(operationId: string, publicUrl: string): unknown {
  const example = (recorded as Record<string, unknown>)[operationId];
  return example && JSON.parse(JSON.stringify(example).replaceAll(EXAMPLE_ADDRESS, publicUrl));
}
