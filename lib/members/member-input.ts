import { z } from "zod";

export const memberId = z.uuid();
