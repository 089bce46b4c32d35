const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const months = monthNames.map((name) => name.slice(0, 3).toLowerCase());

/** Reads "2026-03-12" or "12 March 2026" into "2026-03-12"; null when there is no such day. */
export function calendarDateFrom(text: string): string | null {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  if (iso) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const words = /^\s*(\d{1,2})\.?\s+(\p{L}{3,9})\.?,?\s+(\d{4})\s*$/u.exec(text);
  if (!words) return null;
  return existing(Number(words[3]), months.indexOf((words[2] ?? "").slice(0, 3).toLowerCase()) + 1, Number(words[1]));
}

/** What is wrong with a text that `calendarDateFrom` cannot read. */
export function calendarDateProblem(text: string): string {
  if (text.trim() === "") return "Choose a date.";
  const [year, month, day] = (/^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text) ?? []).slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return "Write it as YYYY-MM-DD.";
  const name = monthNames[month - 1];
  return name
    ? `There is no ${day} ${name}${month === 2 && day === 29 ? ` in ${year}` : ""}.`
    : `There is no month ${month}.`;
}

/** The local midnight of a calendar date, for a calendar that draws local days. */
export function localDay(date: string): Date {
  const [year = 1970, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(year, month - 1, day);
}

/** The calendar date that a local instant falls on. */
export function calendarDateOf(day: Date): string {
  return iso(day.getFullYear(), day.getMonth() + 1, day.getDate());
}

function existing(year: number, month: number, day: number): string | null {
  const made = new Date(Date.UTC(year, month - 1, day));
  const same = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return same ? iso(year, month, day) : null;
}

function iso(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
