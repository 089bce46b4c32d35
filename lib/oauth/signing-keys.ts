import { generateKeyPairSync, type JsonWebKey, type KeyObject } from "node:crypto";
import { asc, eq, gt, sql } from "drizzle-orm";
import { calculateJwkThumbprint } from "jose";
import type { Db, Tx } from "@/db/client";
import { signingKeys } from "@/db/schema";
import type { Peppers } from "@/lib/tokens/token-peppers";
import { changesDue, type KeyTimes, signsAt } from "./key-schedule";
import { openKey, sealKey } from "./sealed-key";

/** Whoever changes the keys holds it, so that two processes which find none make one. */
const KEYS_LOCK = 0x6b657973;

type SigningKeyRow = typeof signingKeys.$inferSelect;

/** What seals keys, as far as it is told which can be opened. */
type KnownPeppers = { byId: { has(id: string): boolean } };

/** Opened once in a process: what opens them costs more than a signature. */
const opened = new Map<string, KeyObject>();

/** The keys whose signatures are believed, oldest first, with the database's time. */
export async function believedKeys(db: Db): Promise<{ keys: SigningKeyRow[]; now: Date }> {
  const rows = await db
    .select({ key: signingKeys, now: sql<string>`clock_timestamp()` })
    .from(signingKeys)
    .where(gt(signingKeys.believedUntil, sql`clock_timestamp()`))
    .orderBy(asc(signingKeys.signsFrom));
  const now = rows[0]?.now ?? (await db.execute<{ now: string }>(sql`select clock_timestamp() as now`))[0]?.now;
  return { keys: rows.map(({ key }) => key), now: new Date(now ?? Number.NaN) };
}

/** The key to sign with, made where there is none; and the database's time. */
export async function currentSigningKey(
  db: Db,
  peppers: Peppers,
): Promise<{ kid: string; privateKey: KeyObject; now: Date }> {
  const found = signingOne(await believedKeys(db), peppers);
  if (found) return found;
  const made = await db.transaction(async (tx) => {
    await keepKeys(tx, peppers);
    return signingOne(await believedKeys(tx), peppers);
  });
  if (!made) throw new Error("no signing key could be made");
  return made;
}

/** Every key that there is, oldest first, with the database's time; `signs` is the id of the one that signs under these peppers. */
export async function allKeys(
  db: Db,
  peppers: KnownPeppers,
): Promise<{ keys: KeyTimes[]; now: Date; signs: string | null }> {
  const { now } = await believedKeys(db);
  const keys = await db.select().from(signingKeys).orderBy(asc(signingKeys.signsFrom));
  return { keys, now, signs: newestSigning(keys, now, peppers)?.id ?? null };
}

function signingOne({ keys, now }: { keys: SigningKeyRow[]; now: Date }, peppers: Peppers) {
  const key = newestSigning(keys, now, peppers);
  return key && { kid: key.id, privateKey: privateKeyOf(key, peppers), now };
}

/** The newest of those that sign and can be opened here. */
const newestSigning = (keys: SigningKeyRow[], now: Date, peppers: KnownPeppers) =>
  openable(keys, peppers).findLast((one) => signsAt(one, now));

const openable = (keys: SigningKeyRow[], { byId }: KnownPeppers) => keys.filter(({ pepperId }) => byId.has(pepperId));

function privateKeyOf(row: SigningKeyRow, peppers: Peppers): KeyObject {
  const known = opened.get(row.id);
  if (known) return known;
  const pepper = peppers.byId.get(row.pepperId);
  if (!pepper) throw new Error(`signing key ${row.id} is sealed under a pepper that TOKEN_PEPPERS does not name`);
  const key = openKey(row.privateKey, row.id, pepper);
  if (opened.size >= 8) opened.clear();
  opened.set(row.id, key);
  return key;
}

/** Makes the keys and moves their times as the schedule says, one process after another. Returns how many were made. */
export async function keepKeys(tx: Tx, peppers: Peppers): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${KEYS_LOCK})`);
  const { keys, now } = await believedKeys(tx);
  const { make, move } = changesDue(openable(keys, peppers), now);
  if (move) await moveKey(tx, move);
  if (!make) return 0;
  await tx.insert(signingKeys).values({ ...(await newKey(peppers)), ...make, createdAt: now });
  return 1;
}

async function moveKey(tx: Tx, { id, signsFrom, signsUntil, believedUntil }: KeyTimes): Promise<void> {
  await tx.update(signingKeys).set({ signsFrom, signsUntil, believedUntil }).where(eq(signingKeys.id, id));
}

/** Its id is the thumbprint of its public half (RFC 7638). */
async function newKey({ current }: Peppers) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = publicKey.export({ format: "jwk" }) as JsonWebKey & { kty: "EC"; crv: string; x: string; y: string };
  const id = await calculateJwkThumbprint(jwk);
  return {
    id,
    algorithm: "ES256" as const,
    publicKey: jwk,
    privateKey: sealKey(privateKey, id, current),
    pepperId: current.id,
  };
}
