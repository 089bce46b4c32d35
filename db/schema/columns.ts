import { customType, timestamp } from "drizzle-orm/pg-core";

/** `timestamptz` as a Date, microseconds dropped to what a Date holds. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });

/** `bytea` as a Buffer; used for hashes alone. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** `xid8`: a transaction's number, which never wraps. */
export const transactionId = customType<{ data: string }>({ dataType: () => "xid8" });
