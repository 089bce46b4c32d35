import type { Terminal } from "./terminal";

const STYLES = { bold: "1", dim: "2", red: "31", green: "32", yellow: "33" } as const;
export type Style = keyof typeof STYLES;

/** A text of a table, with how it looks where there are colours. */
export type Cell = string | { text: string; style: Style };

const GAP = 2;

/** What goes to a person, or to the next program. */
export class Printer {
  readonly #terminal: Terminal;
  readonly isJson: boolean;

  constructor(terminal: Terminal, { json }: { json: boolean }) {
    this.#terminal = terminal;
    this.isJson = json;
  }

  /** A line of what was asked for. */
  line(text: string): void {
    this.#terminal.stdout.write(`${text}\n`);
  }

  json(value: unknown): void {
    this.line(JSON.stringify(value, null, 2));
  }

  /** A word beside it, which no program reads. */
  note(text: string): void {
    this.#terminal.stderr.write(`${text}\n`);
  }

  /** Columns under their heads; only the heads' absence tells a program that there are none. */
  table(heads: readonly string[], rows: readonly (readonly Cell[])[], empty: string): void {
    if (rows.length === 0) {
      this.note(empty);
      return;
    }
    const all = [heads.map((text): Cell => ({ text: text.toUpperCase(), style: "bold" })), ...rows].map((row) =>
      row.map((cell) => (typeof cell === "string" ? { text: plain(cell) } : { ...cell, text: plain(cell.text) })),
    );
    const widths = this.#fitted(heads.map((_, at) => Math.max(...all.map((row) => widthOf(row[at]?.text ?? "")))));
    for (const row of all) {
      const cells = row.map(({ text, ...style }, at) => {
        const shown = cut(text, widths[at] ?? 0);
        const space = at === row.length - 1 ? "" : " ".repeat((widths[at] ?? 0) - widthOf(shown) + GAP);
        return `${this.#styled(shown, "style" in style ? style.style : undefined)}${space}`;
      });
      this.line(cells.join(""));
    }
  }

  /** One thing: what it is called, and what it is. */
  facts(facts: readonly (readonly [name: string, value: Cell | null | undefined])[]): void {
    const shown = facts.filter((fact): fact is [string, Cell] => fact[1] !== null && fact[1] !== undefined);
    const width = Math.max(...shown.map(([name]) => widthOf(name)));
    for (const [name, value] of shown) {
      const { text, style } = typeof value === "string" ? { text: value, style: undefined } : value;
      const space = " ".repeat(width - widthOf(name) + GAP);
      this.line(`${this.#styled(name, "dim")}${space}${this.#styled(plain(text), style)}`);
    }
  }

  /** Nothing but a heads' width is taken from the widest columns until all fit into the terminal. */
  #fitted(widths: number[]): number[] {
    const { isTTY, columns } = this.#terminal.stdout;
    if (!isTTY || !columns) return widths;
    const fitted = [...widths];
    const room = columns - GAP * (widths.length - 1);
    while (fitted.reduce((sum, width) => sum + width, 0) > room) {
      const widest = fitted.indexOf(Math.max(...fitted));
      if ((fitted[widest] ?? 0) <= 8) break;
      fitted[widest] = (fitted[widest] ?? 0) - 1;
    }
    return fitted;
  }

  #styled(text: string, style: Style | undefined): string {
    const { env, stdout } = this.#terminal;
    if (!style || !stdout.isTTY || env.NO_COLOR || env.TERM === "dumb") return text;
    return `\u001b[${STYLES[style]}m${text}\u001b[0m`;
  }
}

/** On one line, and without anything that would tell the terminal what to do. */
const plain = (text: string) => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, " ");

const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Places that a text takes in a terminal. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /\p{Mn}|\p{Me}|\p{Cf}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && widthOf(characters.join("")) > width - 1) characters.pop();
  return `${characters.join("")}…`;
}
