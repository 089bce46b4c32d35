// Stands in for the package `server-only`, which throws on import outside a Next server bundle.
export {};
