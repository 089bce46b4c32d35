import { inject } from "vitest";

// This process makes tokens that the server accepts.
Object.assign(process.env, inject("servedSettings"));
