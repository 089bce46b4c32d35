import postgres from "postgres";

/**
 * Lets a database tell the time that a test wants: for whoever connects from now on, whatever asks it for the time. The
 * clocks of processes go on.
 */
export async function fixDatabaseClock(url: string, moment: Date) {
  const run = async (statements: string) => {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    await sql.unsafe(statements);
    await sql.end();
  };
  const name = new URL(url).pathname.slice(1);
  const clock = (called: string) =>
    `create function fixed.${called}() returns timestamptz language sql stable as 'select at from fixed.clock'`;
  await run(`create schema fixed;
    create table fixed.clock as select '${moment.toISOString()}'::timestamptz as at;
    ${clock("now")}; ${clock("clock_timestamp")};
    alter database "${name}" set search_path = fixed, pg_catalog, public`);
  return { set: (to: Date) => run(`update fixed.clock set at = '${to.toISOString()}'`) };
}
