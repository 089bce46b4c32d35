import { fitted, GAP, type Head, type Laid, nameOf, placed, shown } from "./table";
import type { Terminal } from "./terminal";
import { plain, widthOf } from "./text-width";

const STYLES = { bold: "1", dim: "2", red: "31", green: "32", yellow: "33" } as const;
export type Style = keyof typeof STYLES;

/** A text of a table, with how it looks where there are colours, and how it is said in less. */
export type Cell = string | { text: string; short?: string; style?: Style };

type Styled = Laid & { style?: Style };

/** Characters of a line of text: in a terminal of no known width, and the least and the most in any other. */
const USUAL = 80;
const NARROW = 60;
const WIDE = 100;

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
  table(heads: readonly Head[], rows: readonly (readonly Cell[])[], empty: string): void {
    if (rows.length === 0) {
      this.note(empty);
      return;
    }
    const cells = rows.map((row) =>
      row.map((cell): Styled => {
        const { text, short, style } = typeof cell === "string" ? { text: cell } : cell;
        return { text: plain(text), ...(short === undefined ? {} : { short }), ...(style ? { style } : {}) };
      }),
    );
    const all = [heads.map((head): Styled => ({ text: nameOf(head).toUpperCase(), style: "bold" })), ...cells];
    const { columns, short, left } = fitted(heads, all, this.#room());
    for (const row of all) {
      const line = columns.map((column, nth) => {
        const { text, space } = placed(shown(row[column.at], short), column);
        return `${this.#styled(text, row[column.at]?.style)}${nth === columns.length - 1 ? "" : space}`;
      });
      this.line(line.join(""));
    }
    if (left.length > 0) this.note(`There is no room for ${left.join(", ").toLowerCase()}: --json has all.`);
  }

  /** Places in a line; without an end where nobody looks. */
  #room(): number {
    const { isTTY, columns } = this.#terminal.stdout;
    return isTTY && columns ? columns : Number.POSITIVE_INFINITY;
  }

  /** How wide text for people is wrapped. */
  get textWidth(): number {
    const { isTTY, columns } = this.#terminal.stdout;
    return isTTY && columns ? Math.min(Math.max(columns, NARROW), WIDE) : USUAL;
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

  #styled(text: string, style: Style | undefined): string {
    const { env, stdout } = this.#terminal;
    if (!style || !stdout.isTTY || env.NO_COLOR || env.TERM === "dumb") return text;
    return `\u001b[${STYLES[style]}m${text}\u001b[0m`;
  }
}
