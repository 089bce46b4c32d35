export * from "./audit";
export * from "./authority";
export * from "./organizations";
export * from "./tokens";
export * from "./users";
