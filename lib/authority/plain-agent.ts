const AGENT_LENGTH = 200;

/** A `User-Agent` as it is kept. Node reads header bytes as Latin-1, control characters among them. */
export const plainAgent = (agent: string) => withoutControls(agent.slice(0, AGENT_LENGTH));

export const withoutControls = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is dropped
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "");
