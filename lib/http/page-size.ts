import { z } from "zod";

const error = "Give a whole number from 1 to 100.";

/** How many entries of a list one answer holds. */
export const pageSize = z.coerce.number({ error }).int({ error }).min(1, { error }).max(100, { error }).default(50);
